#include "sim/traces/trace.h"

#include <algorithm>

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
