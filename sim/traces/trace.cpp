#include "sim/traces/trace.h"

#include <algorithm>
#include <array>

namespace autoscale {

const char* to_string(TraceColumn column) {
  switch (column) {
    case TraceColumn::kRssi: return "rssi_dbm";
    case TraceColumn::kRsrp: return "rsrp_dbm";
    case TraceColumn::kUplink: return "uplink_mbps";
    case TraceColumn::kDownlink: return "downlink_mbps";
    case TraceColumn::kCpu: return "cpu_ratio";
    case TraceColumn::kMemory: return "memory_ratio";
  }
  return "";
}

TraceBounds bounds_of(TraceColumn column) {
  constexpr double kLowestDbm = -150.0;
  constexpr double kMostMbps = 1e6;
  switch (column) {
    case TraceColumn::kRssi:
    case TraceColumn::kRsrp: return {kLowestDbm, 0.0};
    case TraceColumn::kUplink:
    case TraceColumn::kDownlink: return {0.0, kMostMbps};
    case TraceColumn::kCpu:
    case TraceColumn::kMemory: break;
  }
  return {0.0, 1.0};
}

const char* doc_of(TraceColumn column) {
  switch (column) {
    case TraceColumn::kRssi: return "Level of a Wi-Fi signal.";
    case TraceColumn::kRsrp: return "Level of an LTE signal (RSRP).";
    case TraceColumn::kUplink:
      return "Goodput to the other side; without it the radio's table maps the level.";
    case TraceColumn::kDownlink:
      return "Goodput from the other side; without it the radio's table maps the level.";
    case TraceColumn::kCpu: return "Co-runners' share of all cores of the CPU.";
    case TraceColumn::kMemory: return "Co-runners' load of the memory.";
  }
  return "";
}

std::vector<std::string> trace_column_names() {
  std::vector<std::string> names;
  names.reserve(kTraceColumns);
  for (int c = 0; c < kTraceColumns; ++c)
    names.emplace_back(to_string(static_cast<TraceColumn>(c)));
  return names;
}

std::optional<TraceColumn> trace_column_named(std::string_view name) {
  for (int c = 0; c < kTraceColumns; ++c) {
    const auto column = static_cast<TraceColumn>(c);
    if (name == to_string(column)) return column;
  }
  return std::nullopt;
}

std::span<const TraceKind> trace_kinds() {
  using enum TraceColumn;
  static const std::array kinds{TraceKind{{kRssi}, {kUplink, kDownlink}},
                                TraceKind{{kRsrp}, {kUplink, kDownlink}},
                                TraceKind{{kCpu, kMemory}, {}}};
  return kinds;
}

std::optional<ColumnsProblem> problem_of_columns(std::span<const TraceColumn> columns) {
  using enum TraceColumn;
  const auto has = [&](TraceColumn c) { return std::ranges::find(columns, c) != columns.end(); };
  const auto fits = [&](const TraceKind& kind) {
    const auto known = [&](TraceColumn c) {
      return std::ranges::find(kind.needed, c) != kind.needed.end() ||
             std::ranges::find(kind.optional, c) != kind.optional.end();
    };
    return std::ranges::all_of(kind.needed, has) && std::ranges::all_of(columns, known);
  };
  if (std::ranges::any_of(trace_kinds(), fits)) return std::nullopt;
  const bool level = has(kRssi) || has(kRsrp);
  const bool load = has(kCpu) || has(kMemory);
  if (columns.empty())
    return ColumnsProblem{"neither a signal nor a load",
                          "add rssi_dbm or rsrp_dbm, or cpu_ratio and memory_ratio"};
  if (load && (level || has(kUplink) || has(kDownlink)))
    return ColumnsProblem{"columns of a signal and of a co-runner", "make two of it"};
  if (load)
    return ColumnsProblem{"one of cpu_ratio and memory_ratio, expected both",
                          "a column of zeros says that there is no such load"};
  if (level)
    return ColumnsProblem{"both rssi_dbm and rsrp_dbm",
                          "keep the one that the link's radio is given over"};
  return ColumnsProblem{"no level of the signal, which the learner and the radio's power need",
                        "add rssi_dbm or rsrp_dbm"};
}

const TraceSeries* Trace::find(TraceColumn column) const {
  const auto found = std::ranges::find(series, column, &TraceSeries::column);
  return found == series.end() ? nullptr : &*found;
}

const TraceSeries* Trace::level() const {
  const TraceSeries* rssi = find(TraceColumn::kRssi);
  return rssi != nullptr ? rssi : find(TraceColumn::kRsrp);
}

std::int64_t Trace::duration_ns() const {
  if (samples() < 2) return 0;
  return time_ns.back() + (time_ns.back() - time_ns[samples() - 2]);
}

}  // namespace autoscale
