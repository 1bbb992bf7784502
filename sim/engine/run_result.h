// What one run of one policy leaves behind: sums per workload and, where asked for, one record a request.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "sim/engine/observation.h"
#include "sim/engine/partition_plan.h"
#include "sim/engine/power_meter.h"
#include "sim/engine/target.h"

namespace autoscale {

// A settled request: finished or dropped, and its radio tail over.
struct RequestRecord {
  std::uint32_t workload = 0;
  std::uint64_t request = 0;  // within the workload
  SimTime arrival;
  SimTime finish;
  TargetId target = kNoTarget;  // as the policy chose; kPartitioned: a plan
  TargetId ran_on = kNoTarget;  // the same, or where it ran instead
  std::string_view plan;        // name of the plan; valid during the call, for observers only
  bool dropped = false;
  bool violates_qos = false;
  bool violates_accuracy = false;
  double latency_ms = 0.0;
  double accuracy_percent = 0.0;
  double energy_mj = 0.0;           // by the scenario's energy model
  EnergyAccount by_component;       // of energy_mj
  double oracle_energy_mj = 0.0;    // expected energy of the oracle's choice at the decision
  double expected_energy_mj = 0.0;  // expected energy of the target chosen
  bool oracle_match = false;        // same target as the oracle
  bool near_oracle = false;         // expected cost within 5 % of the oracle's
  bool offload_failed = false;   // a transfer took too long; it ran on the fallback or was dropped
  std::uint32_t handovers = 0;   // transfers begun anew on another link
  bool throttled = false;        // ran at a lower V/F step than chosen
  std::optional<double> reward;  // of policies that reckon with one; for observers only
  const Observation* seen = nullptr;  // at the decision; valid during the call, for observers only
};

// How far predictions of costs were from the truth; of policies that predict none it stays empty.
struct PredictionErrors {
  struct Sum {
    double relative = 0.0;  // of |predicted - true| / |true|
    std::uint64_t count = 0;
    void add(double predicted, double truth) {
      if (truth == 0.0) return;  // no prediction has a relative error there
      relative += std::abs((predicted - truth) / truth);
      ++count;
    }
    Sum& operator+=(const Sum& other) {
      relative += other.relative;
      count += other.count;
      return *this;
    }
  };
  Sum latency;
  Sum energy;

  PredictionErrors& operator+=(const PredictionErrors& other) {
    latency += other.latency;
    energy += other.energy;
    return *this;
  }
};

struct WorkloadTally {
  std::uint64_t inferences = 0;  // arrivals: finished and dropped
  std::uint64_t dropped = 0;
  std::uint64_t useful = 0;          // finished in time and accurate enough
  std::uint64_t qos_violations = 0;  // dropped ones included
  std::uint64_t accuracy_violations = 0;
  std::uint64_t oracle_matches = 0;
  std::uint64_t near_oracle = 0;
  std::uint64_t failed_offloads = 0;
  std::uint64_t handovers = 0;
  std::uint64_t throttled = 0;
  double energy_mj = 0.0;
  double oracle_energy_mj = 0.0;
  double accuracy_percent_sum = 0.0;  // finished ones
  double edge_energy_mj =
      0.0;  // the edge peer's and the cloud's own: reported, never the objective
  double cloud_energy_mj = 0.0;
  EnergyAccount by_component;
  PredictionErrors prediction;               // entered by who measures them, not by add()
  std::vector<double> latency_ms;            // finished ones; ascending after RunResult::close()
  std::vector<std::uint64_t> target_counts;  // [target], then those of partition plans together

  // Inline: it runs once per request.
  void add(const RequestRecord& r) {
    ++inferences;
    dropped += r.dropped;
    qos_violations += r.violates_qos;
    accuracy_violations += r.violates_accuracy;
    oracle_matches += r.oracle_match;
    near_oracle += r.near_oracle;
    failed_offloads += r.offload_failed;
    handovers += r.handovers;
    throttled += r.throttled;
    energy_mj += r.energy_mj;
    oracle_energy_mj += r.oracle_energy_mj;
    by_component += r.by_component;
    ++target_counts[std::min<std::size_t>(r.target, target_counts.size() - 1)];
    if (r.dropped) return;
    useful += !r.violates_qos && !r.violates_accuracy;
    accuracy_percent_sum += r.accuracy_percent;
    latency_ms.push_back(r.latency_ms);
  }
};

struct RunResult {
  std::vector<WorkloadTally> workloads;
  SimTime end;                // last event
  EnergyAccount phone_total;  // integral of the phone's power
  EnergyAccount requests;     // owners of it
  EnergyAccount co_runner;
  EnergyAccount baseline;
  std::optional<double> highest_c;  // temperature of the phone; with a thermal state
  std::uint64_t events = 0;

  // Puts latencies in ascending order, as metrics want them. Of runs that are reported: those of training are not.
  void close();
};

// Sees every settled request in order of settling.
class RequestObserver {
 public:
  virtual ~RequestObserver() = default;
  virtual void on_settled(const RequestRecord& record) = 0;
};

}  // namespace autoscale
