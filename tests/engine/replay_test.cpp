// Traces and generated signals as conditions over time.
#include "sim/engine/replay.h"

#include "sim/engine/run_plan.h"
#include "tests/support/catch.h"
#include "tests/support/test_world.h"

namespace autoscale {
namespace {

constexpr std::int64_t kMs = 1'000'000;

SignalTable table(std::vector<double> dbm, std::vector<double> values) {
  return {std::move(dbm), std::move(values), {}};
}

// 1 Mbit/s up and 2 down at -90 dBm, 11 and 22 at -50; idle 0.1 W, tail 0.4 W.
RadioProfile radio() {
  RadioProfile r;
  r.uplink_mbps = table({-90, -50}, {1, 11});
  r.downlink_mbps = table({-90, -50}, {2, 22});
  r.tx_power_w = table({-90, -50}, {1.5, 1.1});
  r.rx_power_w = table({-90, -50}, {0.9, 0.7});
  r.idle_w.value = 0.1;
  r.tail_w.value = 0.4;
  r.weak_below_dbm.value = -80;
  return r;
}

Trace trace(std::vector<double> levels, std::int64_t step_ms = 100) {
  Trace t;
  for (std::size_t i = 0; i < levels.size(); ++i)
    t.time_ns.push_back(static_cast<std::int64_t>(i) * step_ms * kMs);
  t.series.push_back({TraceColumn::kRssi, std::move(levels)});
  return t;
}

Timeline<LinkConditions> replay(const Trace& t, const TraceReplay& how,
                                std::uint32_t replication = 0) {
  return replay_signal(t, how, radio(), LinkId::kWifi, {.seed = 3, .replication = replication});
}

double level_at(const Timeline<LinkConditions>& link, std::int64_t ms) {
  return link.value(link.segment(SimTime{ms * kMs})).rssi_dbm;
}

TEST_CASE("a trace loops, or its last value holds") {
  const Trace t = trace({-50, -60, -70});
  const auto loop = replay(t, {});
  CHECK(level_at(loop, 250) == -70);
  CHECK(level_at(loop, 300) == -50);
  CHECK(level_at(loop, 300'000'150) == -60);
  const auto hold = replay(t, {.end = TraceEnd::kHold});
  CHECK(level_at(hold, 1'000'000) == -70);
}

TEST_CASE("a part of a trace is played from an offset at another speed") {
  const Trace t = trace({-50, -60, -70, -80});
  const auto part =
      replay(t, {.from_ms = 150, .to_ms = 350.0});  // -60 50 ms, -70 100 ms, -80 50 ms
  CHECK(level_at(part, 0) == -60);
  CHECK(level_at(part, 50) == -70);
  CHECK(level_at(part, 199) == -80);
  CHECK(level_at(part, 200) == -60);
  CHECK(level_at(replay(t, {.from_ms = 150, .to_ms = 350.0, .offset_ms = 60}), 0) == -70);
  const auto fast = replay(t, {.offset_ms = 100, .speed_ratio = 2});
  CHECK(level_at(fast, 0) == -60);
  CHECK(level_at(fast, 49) == -60);
  CHECK(level_at(fast, 50) == -70);
}

TEST_CASE("a random offset is another one in each replication, and the same again") {
  std::vector<double> levels;
  for (int i = 0; i < 100; ++i) levels.push_back(-50.0 - 0.25 * i);
  const Trace t = trace(levels);
  const TraceReplay how{.random_offset = true};
  CHECK(level_at(replay(t, how, 1), 0) == level_at(replay(t, how, 1), 0));
  CHECK(level_at(replay(t, how, 1), 0) != level_at(replay(t, how, 2), 0));
}

TEST_CASE("goodput of the trace drives the link, the radio's tables do where it has none") {
  Trace t = trace({-50, -50, -90, kGap});
  CHECK(replay(t, {}).value(0).uplink_mbps == 11);
  CHECK(replay(t, {}).value(0).tx_w == Approx(1.0));
  t.series.push_back({TraceColumn::kDownlink, {5, 0, 7, kGap}});
  const auto link = replay(t, {});
  CHECK(link.value(0).downlink_mbps == 5);
  CHECK(link.value(0).uplink_mbps == 11);
  CHECK(link.value(1).downlink_mbps == 0);
  CHECK(link.value(1).uplink_mbps == 0);  // the other direction is out as well
  CHECK(link.value(1).tx_w == Approx(0.3));
  CHECK(link.value(2).downlink_mbps == 7);
  CHECK(link.size() == 3);  // in the gap what was holds
  const auto out = replay(t, {.gaps = TraceGaps::kOutage});
  CHECK(out.value(3).uplink_mbps == 0);
  CHECK(out.value(3).downlink_mbps == 0);
  CHECK(out.value(3).rssi_dbm == -90);
}

TEST_CASE("a trace resampled to finer steps is the same course, and gives the same runs") {
  std::mt19937_64 random(5);
  std::vector<double> coarse;
  std::vector<double> fine;
  for (int i = 0; i < 500; ++i) {
    coarse.push_back(-50.0 - static_cast<double>(random() % 40));
    for (int k = 0; k < 20; ++k) fine.push_back(coarse.back());
  }
  const auto a = replay(trace(coarse, 100), {});
  const auto b = replay(trace(fine, 5), {});
  REQUIRE(a.size() == b.size());
  for (int i = 0; i < 2000; ++i) {
    const SimTime start{static_cast<std::int64_t>(random() % 100'000) * kMs};
    const double kbit = 1.0 + static_cast<double>(random() % 9000);
    REQUIRE(plan_transfer(kbit, Direction::kUp, a, start) ==
            plan_transfer(kbit, Direction::kUp, b, start));
  }
}

// In exact integer arithmetic: a goodput of g Mbit/s moves g bit in a microsecond.
TEST_CASE("a transfer over k changes ends when the piecewise integral says, to the nanosecond") {
  std::mt19937_64 random(11);
  for (int round = 0; round < 300; ++round) {
    Trace t = trace({});
    const std::size_t samples = 2 + random() % 60;
    std::vector<std::int64_t> rate;
    TraceSeries up{TraceColumn::kUplink, {}};
    for (std::size_t i = 0; i < samples; ++i) {
      rate.push_back(static_cast<std::int64_t>(random() % 5));
      t.time_ns.push_back(static_cast<std::int64_t>(i) * 10 * kMs);
      t.series[0].values.push_back(-60);
      up.values.push_back(static_cast<double>(rate.back()));
    }
    rate[0] = 1;
    up.values[0] = 1.0;
    t.series.push_back(up);
    const auto link = replay(t, {});
    const auto bits = static_cast<std::int64_t>(1000 + random() % 2'000'000);
    // bits * 1000 = sum of rate * ns
    std::int64_t left = bits * 1000;
    std::int64_t now = 0;
    for (std::size_t i = 0;; i = (i + 1) % samples) {
      const std::int64_t fits = rate[i] * 10 * kMs;
      if (rate[i] > 0 && left <= fits) {
        now += (2 * left + rate[i]) / (2 * rate[i]);
        break;
      }
      left -= fits;
      now += 10 * kMs;
    }
    const SimTime end =
        plan_transfer(static_cast<double>(bits) * 1e-3, Direction::kUp, link, SimTime{});
    REQUIRE(std::abs(end.ns - now) <= 1);
  }
}

TEST_CASE("a co-runner's trace becomes slowdowns") {
  Trace t;
  t.time_ns = {0, 10 * kMs, 20 * kMs};
  t.series = {{TraceColumn::kCpu, {0.0, 0.5, kGap}}, {TraceColumn::kMemory, {0.0, 0.25, 0.5}}};
  PhoneCost phone;
  phone.cpu_cores = 4;
  phone.cpu_threads = 4;
  phone.kappa = {0.4, 0.4, 0.4};
  const auto load = replay_load(t, {}, phone, {});
  CHECK(load.value(1).phi_cpu == Approx(1.5));
  CHECK(load.value(1).phi_memory[1] == Approx(1.0 / 0.9));
  CHECK(load.value(2).load.cpu_ratio == 0.5);
  CHECK(load.value(2).load.memory_ratio == 0.5);
  CHECK(load.period().count == 30 * kMs);
}

TEST_CASE("Wi-Fi is left below one level and taken again above another") {
  const auto link = replay(trace({-50, -87, -89, -85, -83, -81, -50}), {});
  const auto route = handover_timeline(link, -88, -82);
  const auto at = [&](std::int64_t ms) { return route.value(route.segment(SimTime{ms * kMs})); };
  CHECK(at(150) == LinkId::kWifi);
  CHECK(at(250) == LinkId::kLte);
  CHECK(at(350) == LinkId::kLte);
  CHECK(at(450) == LinkId::kLte);
  CHECK(at(550) == LinkId::kWifi);
  CHECK(at(700 * 5 + 250) == LinkId::kLte);
  // While nothing gets through, a strong level does not help.
  Trace out = trace({-50, -50, -50});
  out.series.push_back({TraceColumn::kDownlink, {5, 0, 5}});
  const auto around = handover_timeline(replay(out, {}), -88, -82);
  CHECK(around.value(around.segment(SimTime{150 * kMs})) == LinkId::kLte);
  CHECK(around.value(around.segment(SimTime{250 * kMs})) == LinkId::kWifi);
  // A course that ends on LTE begins on it when it comes again, unless it rises above the upper level.
  const auto ends_low = handover_timeline(replay(trace({-85, -50, -95}), {}), -88, -82);
  CHECK(ends_low.value(ends_low.segment(SimTime{10 * kMs})) == LinkId::kLte);
}

TEST_CASE("generated levels are those of the model, and repeat") {
  SignalSpec spec;
  spec.gaussian = GaussianSignal{-70.0, 6.0, 100.0, 60'000.0};
  const auto one = generated_signal(spec, radio(), LinkId::kWifi, {.seed = 1, .replication = 0});
  const auto two = generated_signal(spec, radio(), LinkId::kWifi, {.seed = 1, .replication = 1});
  CHECK(one.size() == 600);
  CHECK(level_at(one, 60'150) == level_at(one, 150));
  CHECK(level_at(one, 150) != level_at(two, 150));
  double sum = 0.0;
  for (std::size_t s = 0; s < one.size(); ++s) sum += one.value(s).rssi_dbm;
  CHECK(sum / 600.0 == Approx(-70.0).margin(4.0 * 6.0 / std::sqrt(600.0)));
}

TEST_CASE("what cannot be replayed is said") {
  const Trace signal = trace({-50, -60});
  Trace load;
  load.time_ns = {0};
  load.series = {{TraceColumn::kCpu, {0.1}}, {TraceColumn::kMemory, {0.1}}};
  CHECK(signal_trace_problem(signal, {.file = "w"}, SignalKind::kRssi).empty());
  CHECK(signal_trace_problem(signal, {.file = "w"}, SignalKind::kRsrp) ==
        "\"w\" gives rssi_dbm, but the radio's tables are over rsrp");
  CHECK(signal_trace_problem(load, {.file = "w"}, SignalKind::kRssi) ==
        "\"w\" is a trace of co-runner load, not of a signal");
  CHECK(load_trace_problem(signal, {.file = "w"}) ==
        "\"w\" is a trace of a signal, not of co-runner load");
  CHECK(load_trace_problem(load, {.file = "w"}).empty());
  CHECK(signal_trace_problem(signal, {.file = "w", .from_ms = 200}, SignalKind::kRssi) ==
        "from_ms is 200, but the trace lasts 200 ms");
  CHECK(signal_trace_problem(signal, {.file = "w", .to_ms = 300.0}, SignalKind::kRssi) ==
        "to_ms is 300, but the trace lasts 200 ms");
  CHECK(signal_trace_problem(signal, {.file = "w", .offset_ms = 250}, SignalKind::kRssi) ==
        "offset_ms is 250, but 200 ms are played");
}

}  // namespace
}  // namespace autoscale
