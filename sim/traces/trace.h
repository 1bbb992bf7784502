// A recorded or generated course of signal levels, goodputs or co-runner loads over time: columns of
// numbers, each holding from its time until the next. What is not known at a time is a gap.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace autoscale {

enum class TraceColumn : std::uint8_t {
  kRssi,      // dBm
  kRsrp,      // dBm, LTE
  kUplink,    // goodput, Mbit/s; 0: nothing gets through
  kDownlink,  // goodput, Mbit/s
  kCpu,       // co-runners' share of all cores, 0..1
  kMemory,    // co-runners' memory load, 0..1
};
inline constexpr int kTraceColumns = 6;
// The name in a header line, unit suffix included ("rssi_dbm").
const char* to_string(TraceColumn column);

struct TraceBounds {
  double min = 0.0;
  double max = 0.0;
};
TraceBounds bounds_of(TraceColumn column);
const char* doc_of(TraceColumn column);
// Of all columns that there are, without the time.
std::vector<std::string> trace_column_names();
std::optional<TraceColumn> trace_column_named(std::string_view name);

// The first column of a file: from when the row holds.
inline constexpr const char* kTimeColumn = "time_ms";
// No time of a trace is later: 31 years, and below what simulated time can hold.
inline constexpr std::int64_t kLongestTraceNs = 999'999'999'000'000'000;
inline constexpr double kLongestTraceMs = static_cast<double>(kLongestTraceNs) * 1e-6;

// A trace has all the columns that one kind needs, perhaps optional ones of it, and no others.
struct TraceKind {
  std::vector<TraceColumn> needed;
  std::vector<TraceColumn> optional;
};
std::span<const TraceKind> trace_kinds();

// Why columns, each there once, make none of the kinds, as what follows "has": "both rssi_dbm and rsrp_dbm".
struct ColumnsProblem {
  std::string what;
  std::string hint;
};
std::optional<ColumnsProblem> problem_of_columns(std::span<const TraceColumn> columns);

inline constexpr double kGap = std::numeric_limits<double>::quiet_NaN();
inline bool is_gap(double value) { return std::isnan(value); }

struct TraceSeries {
  TraceColumn column = TraceColumn::kRssi;
  std::vector<double> values;  // one for each time; kGap where nothing is known
};

struct Trace {
  std::vector<std::string> notes;     // what it is, how it was made: the file's "# " lines
  std::vector<std::int64_t> time_ns;  // ascending strictly, the first is 0
  std::vector<TraceSeries> series;    // at least one; signal columns or load columns, never both

  [[nodiscard]] std::size_t samples() const { return time_ns.size(); }
  [[nodiscard]] const TraceSeries* find(TraceColumn column) const;
  // rssi_dbm or rsrp_dbm; nullptr: it has no level.
  [[nodiscard]] const TraceSeries* level() const;
  [[nodiscard]] bool is_load() const { return find(TraceColumn::kCpu) != nullptr; }
  // Where a repetition begins: the last sample lasts as long as the one before it. 0: one sample.
  [[nodiscard]] std::int64_t duration_ns() const;
};

}  // namespace autoscale
