// What the commands about traces print of a trace.
#pragma once

#include <string>

#include "sim/config/json_access.h"
#include "sim/traces/statistics.h"

namespace autoscale {

[[nodiscard]] std::string statistics_table(const TraceStatistics& statistics);
// {"samples": ..., "columns": {"rssi_dbm": {...}}, "weak": {...}}; what is not defined is null.
void write_statistics(Json& slot, const TraceStatistics& statistics);

// As "table" or "json", to stdout.
void print_statistics(const TraceStatistics& statistics, const std::string& format);

// A text for one line of a file's header: without control characters.
[[nodiscard]] std::string one_line(std::string text);

}  // namespace autoscale
