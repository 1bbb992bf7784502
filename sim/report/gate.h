// Results held against those that were expected, figure by figure, by the rules of a gate
// (sim/config/gate_spec.h). A figure is one metric of one network under one policy of a scenario, in all its
// replications. docs/regression.md says how to read what comes out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sim/base/diagnostics.h"
#include "sim/config/data_path.h"
#include "sim/config/gate_spec.h"
#include "sim/report/metrics.h"
#include "sim/report/result_set.h"

namespace autoscale {

enum class GateVerdict : std::uint8_t {
  kPass,
  kMoved,      // what was measured is not within the limit
  kNotShown,   // it is, but its interval is not: too few replications
  kMissing,    // expected, and not there
  kUnexpected  // there, and not expected
};
const char* to_string(GateVerdict verdict);

// How far a figure moved: relative to what was expected where the rule's limit is a ratio or where it has
// none, otherwise in the metric's unit.
struct Movement {
  std::optional<double> estimate;
  std::optional<double> low;  // bounds of a one-sided test each; only of statistical tests
  std::optional<double> high;
};

struct GateRow {
  std::string scenario;
  std::string policy;              // "*": all of the scenario's
  std::string network;             // "*": all of the policy's
  std::string metric;              // "*": all of the network's
  GateRule rule;                   // that judged it; of what is missing on one side: none
  std::optional<double> expected;  // means over replications
  std::optional<double> got;
  Movement movement;
  GateVerdict verdict = GateVerdict::kPass;
};

struct Judgement {
  std::string gate;
  std::string expected_name;  // ResultSet::name of the two
  std::string got_name;
  double confidence_ratio = 0.95;
  bool paired = true;  // replication i of one met the same world as that of the other
  std::vector<GateRow> rows;
  std::size_t not_judged = 0;  // figures that no rule names
  std::vector<std::string> notes;

  [[nodiscard]] std::size_t failures() const;
};

// Values of one figure by replication: the same length, paired by position, where `paired`.
struct FigureValues {
  std::span<const std::optional<double>> expected;
  std::span<const std::optional<double>> got;
  bool paired = true;
};

// Fills in means, movement and verdict. Non-inferiority and equivalence (TOST: Schuirmann 1987) are tested at
// `confidence` on each side: of ratios on logarithms, a limit of 0.02 allowing 1/1.02 to 1.02; paired by
// Student's t, otherwise Welch's. Values that are the same in every replication pass every rule.
void judge_figure(const FigureValues& values, Better better, double confidence, GateRow& row);

// Every figure of both. What only one side has fails, but metrics that were not expected are noted only.
[[nodiscard]] Judgement judge(const ResultSet& expected, const ResultSet& got,
                              const std::string& gate, const GateSpec& spec);

// configs/regression.json, or `file`. Reports what is wrong with it, names of metrics and directions included.
[[nodiscard]] std::optional<GateFile> load_gates(const std::string& file, const DataPath& data,
                                                 Diagnostics& diagnostics);

}  // namespace autoscale
