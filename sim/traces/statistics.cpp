#include "sim/traces/statistics.h"

#include <algorithm>
#include <cmath>

#include "sim/base/compensated_sum.h"
#include "sim/base/sim_time.h"
#include "sim/base/statistics.h"

namespace autoscale {
namespace {

double interpolated_quantile(std::span<const double> ascending, double p) {
  const double rank = p * static_cast<double>(ascending.size() - 1);
  const auto below = static_cast<std::size_t>(rank);
  if (below + 1 >= ascending.size()) return ascending.back();
  const double part = rank - static_cast<double>(below);
  return ascending[below] + part * (ascending[below + 1] - ascending[below]);
}

double mean_square_deviation(std::span<const double> values, double center) {
  CompensatedSum sum;
  for (const double v : values) sum += (v - center) * (v - center);
  return sum.value() / static_cast<double>(values.size());
}

SeriesStatistics statistics_of(const TraceSeries& series) {
  SeriesStatistics s;
  s.column = series.column;
  std::vector<double> known;
  std::ranges::copy_if(series.values, std::back_inserter(known),
                       [](double v) { return !is_gap(v); });
  s.known = known.size();
  s.gaps = series.values.size() - known.size();
  s.lag1 = lag1_of(series.values);
  if (known.empty()) return s;
  s.mean = mean(known);
  s.sd = std::sqrt(mean_square_deviation(known, *s.mean));
  std::ranges::sort(known);
  s.q05 = interpolated_quantile(known, 0.05);
  s.q50 = interpolated_quantile(known, 0.5);
  s.q95 = interpolated_quantile(known, 0.95);
  return s;
}

std::optional<double> ratio(double part, double whole) {
  if (whole <= 0.0) return std::nullopt;
  return part / whole;
}

WeakStatistics weak_statistics(const Trace& trace, const TraceSeries& level, double step_ms) {
  WeakStatistics w;
  w.threshold_dbm = weak_below_dbm(level.column);
  double count[2]{};
  double moves[2][2]{};
  int last = -1;  // not known
  for (std::size_t i = 0; i < trace.samples(); ++i) {
    int now = -1;
    if (!is_gap(level.values[i])) {
      now = level.values[i] < w.threshold_dbm ? 1 : 0;
    } else if (is_outage(trace, i)) {
      now = 1;
    }
    if (now >= 0) ++count[now];
    if (now >= 0 && last >= 0) ++moves[last][now];
    last = now;
  }
  w.share_weak = ratio(count[1], count[0] + count[1]);
  w.p_regular_to_weak = ratio(moves[0][1], moves[0][0] + moves[0][1]);
  w.p_weak_to_regular = ratio(moves[1][0], moves[1][0] + moves[1][1]);
  const auto dwell = [&](std::optional<double> p) {
    return ratio(step_ms * 1e-3, p.value_or(0.0));
  };
  w.dwell_regular_s = dwell(w.p_regular_to_weak);
  w.dwell_weak_s = dwell(w.p_weak_to_regular);
  return w;
}

}  // namespace

double weak_below_dbm(TraceColumn level) { return level == TraceColumn::kRssi ? -80.0 : -100.0; }

bool is_outage(const Trace& trace, std::size_t sample) {
  const TraceSeries* level = trace.level();
  if (level == nullptr || !is_gap(level->values[sample])) return false;
  for (const TraceColumn column : {TraceColumn::kUplink, TraceColumn::kDownlink}) {
    const TraceSeries* goodput = trace.find(column);
    if (goodput != nullptr && goodput->values[sample] == 0.0) return true;
  }
  return false;
}

double step_ms_of(const Trace& trace) {
  if (trace.samples() < 2) return 0.0;
  std::vector<std::int64_t> steps(trace.samples() - 1);
  for (std::size_t i = 0; i < steps.size(); ++i) steps[i] = trace.time_ns[i + 1] - trace.time_ns[i];
  const auto middle = steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2);
  std::ranges::nth_element(steps, middle);
  return to_millis(Nanos{*middle}).value;
}

std::optional<double> lag1_of(std::span<const double> values) {
  std::vector<double> first;
  std::vector<double> second;
  for (std::size_t i = 0; i + 1 < values.size(); ++i) {
    if (is_gap(values[i]) || is_gap(values[i + 1])) continue;
    first.push_back(values[i]);
    second.push_back(values[i + 1]);
  }
  if (first.size() < 2) return std::nullopt;
  const double m1 = *mean(first);
  const double m2 = *mean(second);
  CompensatedSum product;
  for (std::size_t i = 0; i < first.size(); ++i) product += (first[i] - m1) * (second[i] - m2);
  const double scale =
      std::sqrt(mean_square_deviation(first, m1) * mean_square_deviation(second, m2));
  constexpr double kRounding = 1e-24;  // of equal values, relative to their square
  if (!(scale > kRounding * m1 * m1)) return std::nullopt;
  return product.value() / static_cast<double>(first.size()) / scale;
}

TraceStatistics statistics_of(const Trace& trace) {
  TraceStatistics s;
  s.samples = trace.samples();
  s.duration_s = static_cast<double>(trace.duration_ns()) * 1e-9;
  s.step_ms = step_ms_of(trace);
  for (const TraceSeries& series : trace.series) s.series.push_back(statistics_of(series));
  if (const TraceSeries* level = trace.level()) s.weak = weak_statistics(trace, *level, s.step_ms);
  return s;
}

}  // namespace autoscale
