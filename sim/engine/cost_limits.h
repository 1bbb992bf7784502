// Costs that no simulation can make sense of, although every figure behind them is a number.
#pragma once

#include <string>

#include "sim/engine/world.h"

namespace autoscale {

// Load and noise lengthen an inference by less than 1e5, and durations hold less than 1e12 ms.
inline constexpr double kLongestInferenceMs = 1e7;  // 2.8 hours

// What is wrong with the costs of a workload on the targets of `inputs`, or "": an inference or a transfer
// that takes longer than kLongestInferenceMs, or no time that is a number of at least 0. Frequencies and
// signal levels are taken at their slowest, without co-runners.
[[nodiscard]] std::string cost_problem(const CostTable& table, const WorkloadCost& workload,
                                       const ScenarioInputs& inputs);

}  // namespace autoscale
