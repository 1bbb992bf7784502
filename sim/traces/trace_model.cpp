#include "sim/traces/trace_model.h"

#include <algorithm>
#include <cmath>

#include "sim/base/check.h"
#include "sim/base/sim_time.h"

namespace autoscale {
namespace {

double rounded(TraceColumn column, double value) {
  double scale = 1e4;
  if (column == TraceColumn::kRssi || column == TraceColumn::kRsrp) scale = 1e2;
  if (column == TraceColumn::kUplink || column == TraceColumn::kDownlink) scale = 1e3;
  return std::round(value * scale) / scale;
}

// Over the course of the level, whose gaps are outages.
std::vector<double> goodput(const GoodputOverLevel& m, const std::vector<double>& level,
                            const StreamKey& key, std::uint32_t entity) {
  const TraceBounds any{-1e300, 1e300};
  std::vector<double> values = generate(Ar1Model{0.0, 1.0, m.lag1}, level.size(), any, key, entity);
  for (std::size_t k = 0; k < values.size(); ++k) {
    const double noise = std::exp(m.spread * values[k] - 0.5 * m.spread * m.spread);
    values[k] = is_gap(level[k]) ? 0.0 : std::min(mean_goodput(m, level[k]) * noise, m.max_mbps);
  }
  return values;
}

}  // namespace

double mean_goodput(const GoodputOverLevel& m, double dbm) {
  const auto above = std::ranges::upper_bound(m.level_dbm, dbm);
  if (above == m.level_dbm.begin()) return m.mean_mbps.front();
  if (above == m.level_dbm.end()) return m.mean_mbps.back();
  const auto i = static_cast<std::size_t>(above - m.level_dbm.begin());
  const double part = (dbm - m.level_dbm[i - 1]) / (m.level_dbm[i] - m.level_dbm[i - 1]);
  return m.mean_mbps[i - 1] + part * (m.mean_mbps[i] - m.mean_mbps[i - 1]);
}

Trace generate_trace(const TraceModel& model, std::size_t samples, std::uint64_t seed) {
  const StreamKey key{.seed = seed, .stream = Stream::kSignal};
  Trace trace;
  for (std::size_t k = 0; k < samples; ++k)
    trace.time_ns.push_back(std::llround(static_cast<double>(k) * model.step_ms * 1e6));
  // In the order of TraceColumn: a level comes before the goodput over it.
  for (int c = 0; c < kTraceColumns; ++c) {
    const auto column = static_cast<TraceColumn>(c);
    const auto found = model.columns.find(to_string(column));
    if (found == model.columns.end()) continue;
    const auto entity = static_cast<std::uint32_t>(c);
    const TraceBounds bounds = bounds_of(column);
    std::vector<double> values;
    if (const auto* over = std::get_if<GoodputOverLevel>(&found->second)) {
      const TraceSeries* level = trace.level();
      AUTOSCALE_CHECK(level != nullptr, "a goodput over the level has a level");
      values = goodput(*over, level->values, key, entity);
    } else if (const auto* gaussian = std::get_if<GaussianModel>(&found->second)) {
      values = generate(*gaussian, samples, bounds, key, entity);
    } else if (const auto* ar1 = std::get_if<Ar1Model>(&found->second)) {
      values = generate(*ar1, samples, bounds, key, entity);
    } else {
      values = generate(std::get<MarkovModel>(found->second), samples, bounds, key, entity);
    }
    for (double& v : values) {
      if (!is_gap(v)) v = rounded(column, std::clamp(v, bounds.min, bounds.max));
    }
    trace.series.push_back({column, std::move(values)});
  }
  return trace;
}

}  // namespace autoscale
