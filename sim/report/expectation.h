// run --expect: the figures of a summary.json against those of an earlier one.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/diagnostics.h"

namespace autoscale {

// One figure of a report.
struct ReportedFigure {
  std::string scenario;
  std::string policy;   // empty: of the scenario, as its seed
  std::string network;  // "all", or empty
  std::string metric;   // "latency_p95_ms", "latency_p95_ms ci95", "targets/dsp/int8", "seed"
  std::string text;     // as printed; "null" where it is not defined
  std::optional<double> number;  // where it is one
};

// The figures of what `run --format json` prints, of one scenario or a list of them, in file order. Wall-clock
// times are left out. Reports what is no such text and returns nothing.
[[nodiscard]] std::optional<std::vector<ReportedFigure>> read_figures(std::string_view json_text,
                                                                      const std::string& file,
                                                                      Diagnostics& diagnostics);

// A figure that is not as expected; one side is empty where it has no such figure. Policies, networks and
// scenarios that one side lacks are said once, with metric "*".
struct Moved {
  std::string scenario;
  std::string policy;
  std::string network;
  std::string metric;
  std::string expected;
  std::string got;
  std::optional<double> relative;  // (got - expected) / |expected|
};

// Numbers agree when |got - expected| <= tolerance |expected|; 0 asks for the same number. Everything else
// agrees when it reads the same. Expected figures come first, then those that were not expected.
[[nodiscard]] std::vector<Moved> moved_figures(std::span<const ReportedFigure> expected,
                                               std::span<const ReportedFigure> got,
                                               double tolerance);

// At most `rows` of them, and how many more there are.
[[nodiscard]] std::string moved_table(std::span<const Moved> moved, std::size_t rows);

}  // namespace autoscale
