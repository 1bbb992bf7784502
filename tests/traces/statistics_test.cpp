#include "sim/traces/statistics.h"

#include <cmath>

#include "tests/support/catch.h"

namespace autoscale {
namespace {

Trace trace_of(std::vector<double> rssi, std::vector<double> downlink = {}) {
  Trace trace;
  for (std::size_t i = 0; i < rssi.size(); ++i)
    trace.time_ns.push_back(static_cast<std::int64_t>(i) * 500'000'000);
  trace.series.push_back({TraceColumn::kRssi, std::move(rssi)});
  if (!downlink.empty()) trace.series.push_back({TraceColumn::kDownlink, std::move(downlink)});
  return trace;
}

TEST_CASE("statistics of a column leave its gaps out") {
  const TraceStatistics s = statistics_of(trace_of({-60.0, -70.0, kGap, -80.0, -90.0}));
  CHECK(s.samples == 5);
  CHECK(s.duration_s == 2.5);
  CHECK(s.step_ms == 500.0);
  const SeriesStatistics& level = s.series.front();
  CHECK(level.known == 4);
  CHECK(level.gaps == 1);
  CHECK(*level.mean == -75.0);
  CHECK(*level.sd == Approx(std::sqrt(125.0)));  // (15^2 + 5^2 + 5^2 + 15^2) / 4
  CHECK(*level.q50 == -75.0);
  CHECK(*level.q05 == Approx(-90.0 + 0.05 * 3.0 * 10.0));
  CHECK(*level.q95 == Approx(-60.0 - 0.05 * 3.0 * 10.0));
  CHECK(*level.lag1 == Approx(1.0));  // the pairs (-60, -70) and (-80, -90) lie on a line
}

TEST_CASE("lag 1 is the correlation of neighbours") {
  // Pairs (1,2) (2,1) (1,3): means 4/3, 2; products (-1/3)(0) + (2/3)(-1) + (-1/3)(1) = -1.
  const std::vector<double> x{1.0, 2.0, 1.0, 3.0};
  CHECK(*lag1_of(x) == Approx(-1.0 / std::sqrt((6.0 / 9.0) * 2.0)));
  CHECK_FALSE(lag1_of(std::vector<double>{1.0, 2.0}));
  CHECK_FALSE(lag1_of(std::vector<double>(101, 0.1)));  // whose mean is not 0.1 exactly
}

TEST_CASE("weak samples, moves and dwells are counted within known stretches") {
  // r r w w r | gap | w r: moves r-r, r-w, w-w, w-r, then w-r after the gap.
  const auto s = statistics_of(trace_of({-60, -79, -81, -85, -60, kGap, -90, -80}));
  REQUIRE(s.weak);
  CHECK(s.weak->threshold_dbm == -80.0);
  CHECK(*s.weak->share_weak == Approx(3.0 / 7.0));  // -80 itself is regular
  CHECK(*s.weak->p_regular_to_weak == Approx(1.0 / 2.0));
  CHECK(*s.weak->p_weak_to_regular == Approx(2.0 / 3.0));
  CHECK(*s.weak->dwell_regular_s == Approx(1.0));
  CHECK(*s.weak->dwell_weak_s == Approx(0.75));
}

TEST_CASE("an outage is weak, a level that was not recorded is not") {
  const auto s = statistics_of(trace_of({-60, kGap, kGap, -60}, {20, 0, kGap, 20}));
  CHECK(*s.weak->share_weak == Approx(1.0 / 3.0));
  CHECK(*s.weak->p_regular_to_weak == 1.0);
  CHECK_FALSE(s.weak->p_weak_to_regular);
  CHECK_FALSE(s.weak->dwell_weak_s);
}

TEST_CASE("a trace of RSRP is weak below -100 dBm, one of load never") {
  Trace lte = trace_of({-99.0, -101.0});
  lte.series.front().column = TraceColumn::kRsrp;
  CHECK(*statistics_of(lte).weak->share_weak == 0.5);
  Trace load = trace_of({0.1, 0.2});
  load.series.front().column = TraceColumn::kCpu;
  CHECK_FALSE(statistics_of(load).weak);
}

TEST_CASE("what is not defined is not there") {
  const TraceStatistics one = statistics_of(trace_of({-60.0}));
  CHECK(one.step_ms == 0.0);
  CHECK(*one.series.front().sd == 0.0);
  CHECK_FALSE(one.series.front().lag1);
  CHECK_FALSE(one.weak->p_regular_to_weak);
  const TraceStatistics none = statistics_of(trace_of({kGap, kGap}));
  CHECK_FALSE(none.series.front().mean);
  CHECK_FALSE(none.weak->share_weak);
}

}  // namespace
}  // namespace autoscale
