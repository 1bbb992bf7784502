// Traces as CSV files: "# " lines that say what it is, a header with units, then rows by time:
//   # Wi-Fi RSSI of a walk, generated from ...
//   time_ms,rssi_dbm
//   0,-55
//   100,
//   200,-61.5
// Columns: time_ms and rssi_dbm | rsrp_dbm, uplink_mbps, downlink_mbps (a signal), or cpu_ratio, memory_ratio (a
// co-runner's load). An empty field is a gap.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>

#include "sim/base/diagnostics.h"
#include "sim/traces/trace.h"
#include "sim/traces/trace_builder.h"

namespace autoscale {

// Reads line by line: what is kept is 8 bytes for a time and 8 for each value. Reports everything that is wrong, with
// its line (at most 100 of them), and returns nothing then; so it does with more than `most_samples`.
[[nodiscard]] std::optional<Trace> read_trace(std::istream& text, const std::string& file,
                                              Diagnostics& diagnostics,
                                              std::size_t most_samples = kMostSamples);
[[nodiscard]] std::optional<Trace> read_trace_file(const std::filesystem::path& file,
                                                   Diagnostics& diagnostics);

// The file that reads back as the same trace, part by part; numbers in their shortest form.
void write_trace(const Trace& trace, const std::function<void(std::string_view)>& write);

}  // namespace autoscale
