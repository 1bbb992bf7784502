// The tables of a sweep, and what one point adds to each.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "sim/experiment/experiment.h"
#include "sim/sweep/plan.h"

namespace autoscale {

enum class Table : std::uint8_t {
  kResultsCsv,
  kSummaryCsv,
  kResultsJsonl,
  kSummaryJsonl,
  kFailures
};
inline constexpr std::size_t kTables = 5;

[[nodiscard]] const char* file_name(Table table);
// Failures are always written, the others by SweepSpec::formats.
[[nodiscard]] bool is_wanted(Table table, const SweepSpec& sweep);
// The first line, or nothing of JSON Lines.
[[nodiscard]] std::string header_of(Table table, const SweepPlan& plan);

// The rows of one point, table by table.
struct PointRows {
  std::uint64_t number = 0;
  std::array<std::string, kTables> text;

  [[nodiscard]] bool failed() const {
    return !text[static_cast<std::size_t>(Table::kFailures)].empty();
  }
};

// Precondition: every run of `result` is done.
[[nodiscard]] PointRows rows_of(const SweepPlan& plan, const Point& point, const World& world,
                                const ExperimentResult& result);
[[nodiscard]] PointRows failure_of(const SweepPlan& plan, const Point& point,
                                   const std::string& error);

}  // namespace autoscale
