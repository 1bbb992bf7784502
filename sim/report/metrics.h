// The metrics: one row each, from which the CSV header, the JSON keys, `list metrics` and the
// documentation follow.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "sim/engine/run_result.h"

namespace autoscale {

// The phone in a whole run, whatever it did for which workload.
struct PhoneUse {
  double energy_mj = 0.0;
  double duration_ms = 0.0;
  std::optional<double> highest_c;   // with a thermal state
  std::optional<double> battery_wh;  // full; of a phone whose battery is known
};

// What metrics are computed from: one replication of one policy, over one or several workloads.
class MetricSample {
 public:
  explicit MetricSample(std::size_t policy_bytes = 0) : policy_bytes_(policy_bytes) {}

  void add(const WorkloadTally& tally);                      // of a RunResult that is closed
  void set_phone(const PhoneUse& phone) { phone_ = phone; }  // where all workloads are added
  void close();  // after the last add(): puts the latencies of all workloads in ascending order

  [[nodiscard]] const WorkloadTally& tally() const { return tally_; }
  [[nodiscard]] std::span<const double> ascending_latency_ms() const { return tally_.latency_ms; }
  [[nodiscard]] const std::optional<PhoneUse>& phone() const { return phone_; }
  [[nodiscard]] std::size_t policy_bytes() const { return policy_bytes_; }

 private:
  WorkloadTally tally_;
  std::vector<std::size_t> workload_ends_;  // in its latencies
  std::optional<PhoneUse> phone_;
  std::size_t policy_bytes_ = 0;
};

enum class Better : unsigned char { kLower, kHigher, kNeither };
const char* to_string(Better better);

struct Metric {
  std::string_view name;
  std::string_view unit;  // empty: a pure number
  Better better = Better::kNeither;
  std::string_view doc;
  // nullopt where it is not defined, as a mean latency when every request was dropped.
  std::optional<double> (*value)(const MetricSample&) = nullptr;
};

// In order of output.
[[nodiscard]] std::span<const Metric> metrics();

// Position in metrics(); the name must be one of them.
[[nodiscard]] std::size_t metric_index(std::string_view name);

// kNeither of names that are none of metrics(), as a column that another program wrote.
[[nodiscard]] Better better_of(std::string_view name);

}  // namespace autoscale
