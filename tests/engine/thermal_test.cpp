// The phone warms by what its board draws, and levels follow its temperature.
#include <cmath>

#include "sim/engine/replay.h"
#include "sim/engine/simulator.h"
#include "sim/engine/thermal_costs.h"
#include "tests/engine/warm_world.h"
#include "tests/support/catch.h"

using namespace autoscale;
using namespace autoscale::test;

TEST_CASE("a whole run ends as warm as an integration of its power says") {
  std::mt19937_64 random(11);
  for (int i = 0; i < 20; ++i) {
    TestWorld world;
    make_random(world, random, 40);
    remove_radios(world);
    add_thermal(world);
    repeat(world, 30, uniform(random, 0.0, 40.0));
    ScriptedPolicy policy(
        [](const Observation& o) { return static_cast<TargetId>(o.request % 3); });
    const Ran ran = run(world, policy);
    REQUIRE(ran.thermometer.power.size() >= 60);
    const double seen_c = ran.thermometer.temperature.back().second;
    CHECK(ran.thermometer.temperature.back().first == ran.result.end);
    CHECK(seen_c ==
          Approx(integrated_c(*world.table.thermal, ran.thermometer, ran.result.end)).margin(1e-9));
    CHECK(seen_c > 25.5);
    CHECK(*ran.result.highest_c >= seen_c);
  }
}

TEST_CASE("radios warm nothing, the awake phone and its host thread do") {
  TestWorld world;
  make_plain(world);
  add_thermal(world);
  auto policy = always(kCloud);
  const Ran ran = run(world, policy);
  // 0.5 ms of host thread, then awake until the answer (33.9 ms), then suspended until the tail ends.
  const ThermalNode& node = world.table.thermal->node;
  const double latency = ran.records.at(0).latency_ms;
  double t_c = node.after_c(25.0, Watts{0.02 + 0.05 + 1.0}, Millis{0.5});
  t_c = node.after_c(t_c, Watts{0.02 + 0.05}, Millis{latency - 0.5});
  t_c =
      node.after_c(t_c, Watts{0.02}, Millis{to_millis(ran.result.end - SimTime{}).value - latency});
  CHECK(ran.result.end > ran.records[0].finish);
  CHECK(ran.thermometer.temperature.back().second == Approx(t_c).epsilon(1e-14));
}

TEST_CASE("a co-runner warms the phone while it waits, segment by segment") {
  TestWorld world;
  make_plain(world);
  remove_radios(world);
  add_thermal(world);
  world.environment.load = {};
  world.environment.load.append(SimTime{0}, resolve_load(world.table.phone, Load{1.0, 0.0}));
  world.environment.load.append(SimTime{500 * kMs}, resolve_load(world.table.phone, Load{}));
  WorkloadCost& w = world.table.workloads.front();
  w.arrivals.kind = ArrivalKind::kTimes;
  w.arrivals.times = {SimTime{1000 * kMs}};
  auto policy = always(kDsp);
  const Ran ran = run(world, policy);
  const ThermalNode& node = world.table.thermal->node;
  const double hot_c = node.after_c(25.0, Watts{4.0 + 0.02}, Millis{500.0});
  const double waited_c = node.after_c(hot_c, Watts{0.02}, Millis{500.0});
  CHECK(*ran.result.highest_c == Approx(hot_c).epsilon(1e-14));
  REQUIRE(ran.thermometer.temperature.front().first == SimTime{1000 * kMs});
  CHECK(ran.thermometer.temperature.front().second == Approx(waited_c).epsilon(1e-14));
}

TEST_CASE("an activity that lies ahead, or has ended by itself, warms while it lasts") {
  TestWorld world;
  make_plain(world);
  add_thermal(world);
  ThermalState state(*world.table.thermal);
  PowerMeter meter(world.table.phone, world.table.radios, world.environment);
  meter.set_thermal(&state);
  const Activity gpu{.component = Component::kGpu,
                     .w = 2.0,
                     .from = SimTime{1000 * kMs},
                     .until = SimTime{1500 * kMs}};
  meter.begin(Slot::main(1), gpu, SimTime{0});
  meter.end(Slot::main(1), SimTime{3000 * kMs});
  const ThermalNode& node = world.table.thermal->node;
  const double cool_c = node.after_c(25.0, Watts{0.02}, Millis{1000.0});
  const double hot_c = node.after_c(cool_c, Watts{2.02}, Millis{500.0});
  CHECK(state.highest_c() == Approx(hot_c).epsilon(1e-14));
  CHECK(state.temperature_c() ==
        Approx(node.after_c(hot_c, Watts{0.02}, Millis{1500.0})).epsilon(1e-14));
}

TEST_CASE("a level is entered at its temperature and left below its hysteresis") {
  ThermalCost cost;
  cost.node = {.resistance_k_per_w = 10.0, .time_constant_ms = 1000.0, .ambient_c = 20.0};
  cost.initial_c = 20.0;
  cost.hysteresis_k = 2.0;
  cost.at_c = {30.0, 40.0};
  ThermalState state(cost);
  // Power that leads from where it is to a temperature within one time constant.
  const auto go_to = [&](double c) {
    const double x = std::exp(-1.0);
    const double equilibrium = (c - state.temperature_c() * x) / (1.0 - x);
    state.advance(Watts{(equilibrium - 20.0) / 10.0}, Millis{1000.0});
    return state.level();
  };
  CHECK(state.level() == 0);
  CHECK(go_to(29.99) == 0);
  CHECK(go_to(30.01) == 1);
  CHECK(go_to(28.01) == 1);  // within the hysteresis
  CHECK(go_to(27.99) == 0);
  CHECK(go_to(29.9) == 0);  // not entered again on the way
  CHECK(go_to(45.0) == 2);  // two at once
  CHECK(go_to(38.01) == 2);
  CHECK(go_to(37.99) == 1);
  CHECK(go_to(20.0) == 0);
  CHECK(state.highest_c() == Approx(45.0));
  cost.initial_c = 29.0;
  CHECK(ThermalState(cost).level() == 0);  // has not been hotter
  cost.initial_c = 30.0;
  CHECK(ThermalState(cost).level() == 1);
}

TEST_CASE("a level is found wherever within a stretch it is crossed") {
  // One long run at 2 W and a pause: the crossing happens within the run, the return within the pause.
  TestWorld world;
  make_plain(world);
  remove_radios(world);
  add_slow_gpu(world);
  world.layers[kGpu] = make_layers(0.0, {{1000.0, 0.0}});
  repeat(world, 3, 1200.0);
  auto policy = always(kGpu);
  const Ran ran = run(world, policy);
  REQUIRE(ran.records.size() == 3);
  const ThermalNode& node = world.table.thermal->node;
  const Watts on{0.02 + 0.05 + 2.0};
  CHECK(node.time_to_reach(25.0, 30.0, on).value < 1000.0);
  const double pause_c =
      node.after_c(node.after_c(25.0, on, Millis{1000.0}), Watts{0.02}, Millis{1200.0});
  CHECK(pause_c > 29.0);
  CHECK(pause_c < 30.0);  // only the hysteresis keeps it throttled
  CHECK_FALSE(ran.records[0].throttled);
  CHECK(ran.records[1].throttled);
  CHECK(ran.records[1].latency_ms == Approx(2000.0));
}
