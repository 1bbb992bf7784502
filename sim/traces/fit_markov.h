// The Markov part of fit.h.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/traces/fit.h"

namespace autoscale {

// `problem` says why when nothing is returned.
[[nodiscard]] std::optional<ColumnFit> fit_markov(const Trace& trace, TraceColumn column,
                                                  std::vector<double> edges, std::string& problem);

// Rounds to `decimals`, for files that people read.
[[nodiscard]] double rounded_to(double value, int decimals);

}  // namespace autoscale
