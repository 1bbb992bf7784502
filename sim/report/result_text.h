// Results that were written as JSON, as the table that results.csv would be.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sim/base/diagnostics.h"
#include "sim/config/csv_file.h"

namespace autoscale {

struct ReportTable {
  CsvTable table;                     // its lines are of no file
  std::optional<std::uint64_t> seed;  // nothing where scenarios differ in it
};

// What `run --format json` prints, of one scenario or a list of them: scenario, device, policy, network,
// replication, and each metric in that replication. Reports what is no such text and returns nothing.
[[nodiscard]] std::optional<ReportTable> table_of_report(std::string_view json_text,
                                                         const std::string& file,
                                                         Diagnostics& diagnostics);

// results.jsonl of a sweep: one object per row, all with the same members.
[[nodiscard]] std::optional<CsvTable> table_of_lines(std::string_view jsonl,
                                                     const std::string& file,
                                                     Diagnostics& diagnostics);

}  // namespace autoscale
