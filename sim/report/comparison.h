// Results side by side. Replications of one seed meet the same world, whatever the policy (common random
// numbers), so they are compared in pairs: of each, difference and ratio, over which means and intervals
// are taken. docs/inspecting.md says how to read them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sim/base/diagnostics.h"
#include "sim/base/statistics.h"
#include "sim/report/metrics.h"
#include "sim/report/result_set.h"

namespace autoscale {

enum class Verdict : std::uint8_t {
  kUndefined,     // no replication has the metric on both sides
  kUnknown,       // one pair that differs: no interval
  kNoDifference,  // the interval of the difference holds 0, or the pairs agree to 1e-12
  kBetter,
  kWorse,
  kHigher,  // of metrics of which neither direction is better
  kLower
};
const char* to_string(Verdict verdict);

struct PairedStatistics {
  std::size_t pairs = 0;
  std::optional<double> baseline;  // means over the pairs
  std::optional<double> other;
  MeanInterval difference;  // other - baseline, Student's t over pairs
  RatioInterval ratio;      // other / baseline, geometric; only when all values are above 0
  Verdict verdict = Verdict::kUndefined;
};

// Of values that belong together by position; a pair with one value that is not defined is left out.
// Precondition: equal sizes.
[[nodiscard]] PairedStatistics paired_statistics(std::span<const std::optional<double>> baseline,
                                                 std::span<const std::optional<double>> other,
                                                 Better better);

struct Compared {
  std::string result;  // ResultSet::name
  std::string policy;
};

struct ComparisonRow {
  std::string scenario;
  std::string network;
  std::string metric;
  Compared baseline;
  Compared other;
  PairedStatistics statistics;
};

struct Comparison {
  std::vector<ComparisonRow> rows;
  std::vector<std::string> notes;  // what could not be compared, and why it matters
};

struct ComparisonOptions {
  std::vector<std::string> metrics;  // at least one
  bool by_network = false;           // otherwise all networks of a scenario together
};

// The policies of one result against one of them ("": its first). Reports a baseline, metrics or
// replications that are not there.
[[nodiscard]] Comparison compare_policies(const ResultSet& result, const std::string& baseline,
                                          const ComparisonOptions& options,
                                          Diagnostics& diagnostics);

// Every policy of the first result against the same policy of each other one. Reports results that do not
// fit: nothing in common, another seed, other replications. Precondition: at least two.
[[nodiscard]] Comparison compare_results(std::span<const ResultSet> results,
                                         const ComparisonOptions& options,
                                         Diagnostics& diagnostics);

}  // namespace autoscale
