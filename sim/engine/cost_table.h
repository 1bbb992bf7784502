// Everything the event loop needs to know about costs, as arrays built once from the profiles: names and
// files are gone. Shared, read-only, by all replications and policies of a scenario.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "sim/base/shared.h"
#include "sim/config/scenario.h"
#include "sim/engine/target.h"
#include "sim/model/latency_model.h"
#include "sim/model/radio.h"
#include "sim/model/thermal.h"
#include "sim/workload/arrivals.h"

namespace autoscale {

// Servers of the world: a processor of a site, or one direction of a link.
using ServerId = std::uint8_t;
inline constexpr int kProcessorServers = kSites * kProcessorKinds;
inline constexpr int kServers = kProcessorServers + 2 * kLinks;
constexpr ServerId processor_server(Site s, ProcessorKind p) {
  return static_cast<ServerId>(static_cast<int>(s) * kProcessorKinds + static_cast<int>(p));
}
constexpr ServerId uplink_server(LinkId l) {
  return static_cast<ServerId>(kProcessorServers + 2 * static_cast<int>(l));
}
constexpr ServerId downlink_server(LinkId l) { return static_cast<ServerId>(uplink_server(l) + 1); }

// One workload on one target.
struct TargetCost {
  bool supported = false;
  bool meets_accuracy = false;
  bool local = true;
  LinkId link = LinkId::kWifi;  // remote only; to the cloud: the one in use at the start
  ServerId server = 0;          // processor that runs it
  ProcessorKind processor = ProcessorKind::kCpu;
  double accuracy_percent = 0.0;
  double frequency_scale = 1.0;  // f_ref / f
  double busy_w = 0.0;           // power over idle at the step; of remote processors all of it
  double idle_w = 0.0;           // phone processors
  double noise_sigma = 0.0;
  double noise_mean_shift = 0.0;  // -sigma^2 / 2: the noise has mean 1
  const LayerCosts* layers = nullptr;
};

struct WorkloadCost {
  std::uint32_t network = 0;       // index of the network among the scenario's
  const Network* graph = nullptr;  // its layers and tensors, for partition plans
  double qos_ms = 0.0;
  double accuracy_required_percent = 0.0;
  double uplink_kbit = 0.0;
  double downlink_kbit = 0.0;
  QueueDiscipline queue = QueueDiscipline::kFifo;
  ArrivalProcess arrivals;
  std::vector<TargetCost> targets;  // [target]
  TargetId fallback = kNoTarget;  // where a request runs whose transfer failed; kNoTarget: dropped
};

struct RadioCost {
  bool present = false;
  double idle_w = 0.0;
  double tail_w = 0.0;       // over idle
  double promotion_w = 0.0;  // over idle
  std::int64_t tail_ns = 0;
  double promotion_ms = 0.0;
  double rtt_ms = 0.0;
};

struct PhoneCost {
  double suspend_w = 0.0;
  double awake_w = 0.0;        // over suspend, idle power of the processors included
  double awake_total_w = 0.0;  // the same, suspend included: P_idle of the paper's equations
  double host_w = 0.0;  // one CPU core at the top step: dispatch of accelerators and offloads
  double offload_dispatch_ms = 0.0;  // host CPU time to prepare an upload
  double cpu_full_w =
      0.0;  // all cores of the CPU cluster at the top step (what a co-runner at 1.0 draws)
  double cpu_cores = 1.0;
  double cpu_threads = 1.0;                     // of an inference
  std::array<double, kProcessorKinds> kappa{};  // memory sensitivity
  double dsp_paper_w = 0.0;                     // P_DSP of equation (3)
  // Handing tensors over between processors of the phone, for partition plans.
  bool has_handover = false;                          // the profile says what it costs
  std::array<double, kProcessorKinds> handover_ms{};  // what an accelerator takes part with
  double copy_gb_per_s = 1.0;                         // bytes read and written
};

// How the phone warms, and what its throttling leaves of each target. Level 0 caps nothing, level i is the
// i-th step of the profile.
struct ThermalCost {
  ThermalNode node;
  double initial_c = 0.0;
  double hysteresis_k = 0.0;
  std::vector<double> at_c;       // [level - 1]: where the level is entered
  std::vector<TargetId> runs_as;  // [(level - 1) * targets + target]
};

struct CostTable {
  std::vector<Target> targets;
  std::vector<WorkloadCost> workloads;
  PhoneCost phone;
  std::array<RadioCost, kLinks> radios;
  std::array<int, kProcessorServers> servers{};  // inferences served at a time
  double wan_rtt_ms = 0.0;
  LinkId cloud_link = LinkId::kWifi;  // first; Environment::cloud_link says how it goes on
  std::int64_t transfer_timeout_ns = kNever.ns;
  EnergyModel energy_model = EnergyModel::kFull;
  bool service_noise = true;
  std::optional<ThermalCost> thermal;           // absent: the phone stays cool
  std::vector<Shared<LayerCosts>> layer_costs;  // TargetCost::layers points into these

  // What a request for `target` runs on at a throttling level.
  [[nodiscard]] TargetId throttled(std::size_t level, TargetId target) const {
    return level == 0 ? target : thermal->runs_as[(level - 1) * targets.size() + target];
  }
  [[nodiscard]] double transfer_timeout_ms() const {
    return transfer_timeout_ns == kNever.ns ? std::numeric_limits<double>::infinity()
                                            : to_millis(Nanos{transfer_timeout_ns}).value;
  }
  // Time a request spends between its uplink and the remote processor, and back again.
  [[nodiscard]] double one_way_ms(LinkId link, Site site) const {
    const double rtt =
        radios[static_cast<std::size_t>(link)].rtt_ms + (site == Site::kCloud ? wan_rtt_ms : 0.0);
    return 0.5 * rtt;
  }
};

}  // namespace autoscale
