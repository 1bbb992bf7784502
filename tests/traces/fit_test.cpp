#include "sim/traces/fit.h"

#include <cmath>

#include "tests/support/catch.h"

namespace autoscale {
namespace {

constexpr StreamKey kKey{.seed = 11, .stream = Stream::kSignal};
constexpr TraceBounds kDbm{-150.0, 0.0};

Trace trace_of(std::vector<double> rssi, std::vector<double> downlink = {}) {
  Trace trace;
  for (std::size_t i = 0; i < rssi.size(); ++i)
    trace.time_ns.push_back(static_cast<std::int64_t>(i) * 1'000'000'000);
  trace.series.push_back({TraceColumn::kRssi, std::move(rssi)});
  if (!downlink.empty()) trace.series.push_back({TraceColumn::kDownlink, std::move(downlink)});
  return trace;
}

ColumnFit fit_level(const Trace& trace, const FitOptions& options) {
  Diagnostics problems;
  const auto fits = fit_trace(trace, options, "t.csv", problems);
  problems.throw_if_any();
  return fits->front();
}

std::string problem(const Trace& trace, const FitOptions& options) {
  Diagnostics problems;
  CHECK_FALSE(fit_trace(trace, options, "t.csv", problems));
  REQUIRE(problems.list().size() == 1);
  return to_string(problems.list().front());
}

TEST_CASE("the moments of a cut normal, and back") {
  // Half-normal: mean sd sqrt(2/pi), sd sd sqrt(1 - 2/pi).
  const CutNormal half = cut_moments({-50.0, 5.0}, -50.0, 50.0);
  CHECK(half.mean == Approx(-50.0 + 5.0 * std::sqrt(2.0 / M_PI)).epsilon(1e-6));
  CHECK(half.sd == Approx(5.0 * std::sqrt(1.0 - 2.0 / M_PI)).epsilon(1e-4));
  for (const CutNormal before :
       {CutNormal{-62.0, 4.0}, CutNormal{-58.0, 3.0}, CutNormal{-70.0, 6.0}}) {
    const CutNormal moments = cut_moments(before, -67.0, -58.0);
    const CutNormal again = before_cut(moments, -67.0, -58.0);
    CHECK(again.mean == Approx(before.mean).margin(0.01));
    CHECK(again.sd == Approx(before.sd).margin(0.01));
  }
  // Even spread has the largest sd that a cut normal can have, about width / sqrt(12).
  const CutNormal flat = before_cut({-62.5, 3.5}, -67.0, -58.0);
  CHECK(cut_moments(flat, -67.0, -58.0).mean == Approx(-62.5).margin(0.01));
  CHECK(before_cut({-60.0, 0.0}, -67.0, -58.0).sd == 0.0);
}

TEST_CASE("fits find what a course was generated with, within four standard errors") {
  const auto check = [](const ColumnFit& fit,
                        const std::vector<std::pair<std::string, double>>& truth) {
    for (const auto& [name, value] : truth) {
      const auto p = std::ranges::find(fit.parameters, name, &FittedParameter::name);
      INFO(name);
      REQUIRE(p != fit.parameters.end());
      INFO(p->value << " +- " << *p->standard_error);
      CHECK(std::abs(p->value - value) < 4.0 * *p->standard_error);
      CHECK(*p->standard_error < 0.5 * std::abs(value));
    }
  };
  check(fit_level(trace_of(generate(GaussianModel{-60.0, 8.0}, 5000, kDbm, kKey, 0)),
                  {.kind = ModelKind::kGaussian, .edges = {}}),
        {{"mean", -60.0}, {"sd", 8.0}});
  check(fit_level(trace_of(generate(Ar1Model{-66.0, 7.0, 0.9}, 5000, kDbm, kKey, 0)),
                  {.kind = ModelKind::kAr1, .edges = {}}),
        {{"mean", -66.0}, {"sd", 7.0}, {"lag1", 0.9}});
  const MarkovModel markov{
      .states = {{-60.0, 6.0, 0.8, -80.0, -30.0}, {-86.0, 2.0, 0.5, -100.0, -80.0}},
      .transition = {{0.97, 0.03}, {0.2, 0.8}}};
  check(fit_level(trace_of(generate(markov, 50'000, kDbm, kKey, 0)),
                  {.kind = ModelKind::kMarkov, .edges = {-80.0}}),
        {{"state 1: mean", -60.0},
         {"state 1: sd", 6.0},
         {"state 1: lag1", 0.8},
         {"state 2: mean", -86.0},
         {"state 2: sd", 2.0},
         {"state 2: lag1", 0.5},
         {"transition 1 to 2", 0.03},
         {"transition 2 to 1", 0.2}});
}

TEST_CASE("outages become a state of their own, other gaps cut the course") {
  std::vector<double> level;
  std::vector<double> downlink;
  for (int i = 0; i < 40; ++i) {
    for (const double v : {-60.0, -61.0, kGap, -85.0, -86.0}) {
      level.push_back(v);
      downlink.push_back(is_gap(v) ? 0.0 : 10.0);
    }
  }
  const ColumnFit fit =
      fit_level(trace_of(level, downlink), {.kind = ModelKind::kMarkov, .edges = {-80.0}});
  const auto& model = std::get<MarkovModel>(fit.model);
  REQUIRE(model.states.size() == 3);
  CHECK(model.states[2].gap);
  CHECK(model.transition[2] == std::vector<double>{0.5, 0.5, 0.0});  // counted both ways
  // Without the goodput nothing says that they are outages: r r | w w r r | w w ...
  const ColumnFit cut = fit_level(trace_of(level), {.kind = ModelKind::kMarkov, .edges = {-80.0}});
  const auto& two = std::get<MarkovModel>(cut.model);
  REQUIRE(two.states.size() == 2);
  // Of 40 r-r, 40 w-w and 39 w-r steps.
  CHECK(two.transition[0][1] == Approx(19.5 / 59.5).margin(1e-5));
}

TEST_CASE("a goodput is fitted over the level and generated back") {
  TraceModel model;
  model.step_ms = 1000.0;
  model.columns["rssi_dbm"] = Ar1Model{-65.0, 8.0, 0.9};
  model.columns["downlink_mbps"] = GoodputOverLevel{{-80.0, -50.0}, {2.0, 50.0}, 0.4, 0.7, 1000.0};
  const Trace trace = generate_trace(model, 50'000, 3);
  Diagnostics problems;
  const auto fits = fit_trace(trace, {.kind = ModelKind::kAr1, .edges = {}}, "t.csv", problems);
  REQUIRE(fits);
  const auto& found = std::get<GoodputOverLevel>(fits->back().model);
  CHECK(found.spread == Approx(0.4).margin(0.02));
  CHECK(found.lag1 == Approx(0.7).margin(0.04));
  CHECK(mean_goodput(found, -65.0) == Approx(26.0).margin(1.0));
  CHECK(mean_goodput(found, 0.0) == found.mean_mbps.back());
}

TEST_CASE("what cannot be fitted is said") {
  const Trace few = trace_of({-60.0, -61.0, -62.0});
  CHECK(problem(few, {.kind = ModelKind::kMarkov, .edges = {-80.0}}) ==
        "t.csv: state 2 (below -80) has 0 samples, expected two at least; choose other --edges");
  CHECK(problem(few, {.kind = ModelKind::kMarkov, .edges = {-80.0, -80.0}}) ==
        "t.csv: --edges has the same number twice");
  CHECK(problem(few, {.column = TraceColumn::kCpu, .edges = {}}) ==
        "t.csv: has no column cpu_ratio; it has rssi_dbm");
  CHECK(problem(trace_of({kGap, -60.0}), {.edges = {}}) ==
        "t.csv: rssi_dbm has 1 known values, expected two at least");
  CHECK(problem(trace_of({-60.0, -61.0, kGap, -90.0, -91.0}),
                {.kind = ModelKind::kMarkov, .edges = {-80.0}}) ==
        "t.csv: transition never leads from state 1 to state 2; choose other --edges");
}

}  // namespace
}  // namespace autoscale
