// What a trace is like, in a few numbers, each defined as the table of docs/traces.md uses it.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "sim/traces/trace.h"

namespace autoscale {

// Of the known values of a column; gaps are left out. What is not defined is nullopt.
struct SeriesStatistics {
  TraceColumn column = TraceColumn::kRssi;
  std::size_t known = 0;
  std::size_t gaps = 0;
  std::optional<double> mean;
  std::optional<double> sd;   // of the values themselves: n in the denominator
  std::optional<double> q05;  // interpolated linearly between order statistics
  std::optional<double> q50;  // (definition 7 of Hyndman and Fan, 1996)
  std::optional<double> q95;
  std::optional<double> lag1;  // Pearson's correlation over neighbours that are both known
};

// A level below the threshold is weak, and so is an outage: no level, and a goodput of 0. Other gaps are neither.
struct WeakStatistics {
  double threshold_dbm = 0.0;
  std::optional<double> share_weak;         // of the samples that are one or the other
  std::optional<double> p_regular_to_weak;  // per sample, over neighbours that are one or the other
  std::optional<double> p_weak_to_regular;
  std::optional<double> dwell_regular_s;  // step / p; nullopt where p is 0
  std::optional<double> dwell_weak_s;
};

struct TraceStatistics {
  std::size_t samples = 0;
  double duration_s = 0.0;
  double step_ms = 0.0;  // median distance of neighbours; 0: one sample
  std::vector<SeriesStatistics> series;
  std::optional<WeakStatistics> weak;  // of signals
};

[[nodiscard]] TraceStatistics statistics_of(const Trace& trace);

// -80 dBm of RSSI, -100 dBm of RSRP. Precondition: `level` is one of them.
[[nodiscard]] double weak_below_dbm(TraceColumn level);

// At `sample`: no level is heard, and a goodput is known to be 0.
[[nodiscard]] bool is_outage(const Trace& trace, std::size_t sample);

[[nodiscard]] double step_ms_of(const Trace& trace);

// Over neighbours of which neither is a gap; nullopt: fewer than two pairs, or values that do not vary.
[[nodiscard]] std::optional<double> lag1_of(std::span<const double> values);

}  // namespace autoscale
