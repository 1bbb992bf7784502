// Exact integration of runs and transfers over conditions that change in the middle.
#include "sim/engine/run_plan.h"

#include "tests/support/catch.h"
#include "tests/support/test_world.h"

using namespace autoscale;
using namespace autoscale::test;

TEST_CASE("an inference without load takes the sum of its layers") {
  TestWorld world;
  make_plain(world);
  Segment hint;
  const RunPlan plan = plan_run(world.table.workloads[0].targets[kGpu], 1.0, world.environment.load,
                                SimTime{7}, hint);
  CHECK(plan.dispatch_end.ns == 1'000'007);
  CHECK(plan.finish.ns == 11'000'007);
}

TEST_CASE("a co-runner that starts in the middle of a layer slows the rest of it") {
  TestWorld world;
  make_plain(world);
  // From 4 ms on: 4 inference threads and 4 co-runner threads on 4 cores, phi_compute = 2; kappa m = 0.2,
  // phi_memory = 1.25. Layer 0 (10 compute + 5 memory) has done 4/15 of itself, 11/15 remain:
  // 2 x 10 x 11/15 + 1.25 x 5 x 11/15 = 19.25; layer 1: 2 x 3 + 1.25 x 2 = 8.5. End: 4 + 27.75 ms.
  LoadConditions loaded = world.environment.load.value(0);
  loaded.phi_cpu = 2.0;
  loaded.phi_memory = {1.25, 1.25, 1.25};
  world.environment.load.append(SimTime{4'000'000}, loaded);
  Segment hint;
  const RunPlan plan = plan_run(world.table.workloads[0].targets[kCpu], 1.0, world.environment.load,
                                SimTime{}, hint);
  CHECK(plan.finish.ns == 31'750'000);
}

TEST_CASE("a load that ends during the dispatch only stretches the dispatch so far") {
  TestWorld world;
  make_plain(world);
  LoadConditions busy = world.environment.load.value(0);
  busy.phi_host = 2.0;
  world.environment.load = Timeline<LoadConditions>{busy};
  world.environment.load.append(SimTime{1'000'000}, LoadConditions{});
  // 1 ms of dispatch: half of it done after 1 ms at phi 2, the other half in 0.5 ms; then 10 ms of layers.
  Segment hint;
  const RunPlan plan = plan_run(world.table.workloads[0].targets[kGpu], 1.0, world.environment.load,
                                SimTime{}, hint);
  CHECK(plan.dispatch_end.ns == 1'500'000);
  CHECK(plan.finish.ns == 11'500'000);
}

TEST_CASE("an event per layer and prefix sums agree to the nanosecond in 10,000 random cases") {
  std::mt19937_64 random(2020);
  int compared = 0;
  std::size_t longest = 0;
  for (int world_number = 0; world_number < 500; ++world_number) {
    TestWorld world;
    make_random(world, random, 1 + random() % 60);
    for (int run = 0; run < 20; ++run) {
      const auto target = static_cast<TargetId>(random() % 5);
      const TargetCost& t = world.table.workloads[0].targets[target];
      const double noise = uniform(random, 0.8, 1.3);
      const SimTime start{static_cast<std::int64_t>(uniform(random, 0.0, 3e8))};
      Segment hint;
      const RunPlan plan = plan_run(t, noise, world.environment.load, start, hint);
      LayerStepper stepper(t, noise, world.environment.load, start);
      SimTime at = stepper.next();
      REQUIRE(at == plan.dispatch_end);
      SimTime last = at;
      while (!stepper.done()) {
        at = stepper.next();
        REQUIRE(at >= last);
        last = at;
      }
      REQUIRE(at == plan.finish);
      longest = std::max(longest, world.environment.load.segment(at).index -
                                      world.environment.load.segment(start).index);
      ++compared;
    }
  }
  CHECK(compared == 10'000);
  CHECK(longest >= 5);  // runs that span many changes are among them
}

TEST_CASE("a load that changes what does not slow a run leaves it alone") {
  TestWorld world;
  make_plain(world);
  // The host is busy for the dispatch only: 1 ms of it takes 2. What the CPU's threads get is nothing to a GPU.
  Timeline<LoadConditions> load;
  LoadConditions c = world.environment.load.value(0);
  for (int step = 0; step < 30; ++step) {
    c.phi_cpu = 1.0 + 0.01 * step;
    c.phi_host = step < 4 ? 2.0 : 1.0 + 0.5 * (step % 2);
    load.append(SimTime{step * 500'000}, c);
  }
  load.repeat_every(Nanos{15'000'000});
  const TargetCost& gpu = world.table.workloads[0].targets[kGpu];
  Segment hint;
  const RunPlan plan = plan_run(gpu, 1.0, load, SimTime{}, hint);
  CHECK(plan.dispatch_end.ns == 2'000'000);
  CHECK(plan.finish.ns == 12'000'000);
  LayerStepper stepper(gpu, 1.0, load, SimTime{});
  CHECK(stepper.next() == plan.dispatch_end);
}

TEST_CASE("a transfer over a stepped signal ends at the closed form") {
  // 80 kbit at 10 Mbit/s for 3 ms (30 kbit), 2 Mbit/s for 10 ms (20 kbit), 15 Mbit/s: 30 / 15 = 2 ms.
  Timeline<LinkConditions> link{LinkConditions{.uplink_mbps = 10.0}};
  link.append(SimTime{3'000'000}, {.uplink_mbps = 2.0});
  link.append(SimTime{13'000'000}, {.uplink_mbps = 15.0});
  CHECK(plan_transfer(80.0, Direction::kUp, link, SimTime{}).ns == 15'000'000);
  // Started at 5 ms: 16 kbit until 13 ms, 64 / 15 ms after.
  CHECK(plan_transfer(80.0, Direction::kUp, link, SimTime{5'000'000}).ns == 13'000'000 + 4'266'667);
}

TEST_CASE("an outage pauses a transfer") {
  Timeline<LinkConditions> link{LinkConditions{.downlink_mbps = 10.0}};
  link.append(SimTime{1'000'000}, {.downlink_mbps = 0.0});
  link.append(SimTime{9'000'000}, {.downlink_mbps = 10.0});
  CHECK(plan_transfer(30.0, Direction::kDown, link, SimTime{}).ns == 11'000'000);
}

TEST_CASE("a trace cut into finer steps of the same values gives identical results") {
  std::mt19937_64 random(7);
  for (int i = 0; i < 200; ++i) {
    TestWorld coarse;
    make_random(coarse, random, 30);
    Timeline<LoadConditions> fine;
    for (std::size_t s = 0; s < coarse.environment.load.size(); ++s) {
      const std::int64_t from = coarse.environment.load.start(s).ns;
      const std::int64_t to =
          s + 1 < coarse.environment.load.size() ? coarse.environment.load.end(s).ns : from + 9;
      for (int k = 0; k < 7; ++k) {
        const std::int64_t at = from + (to - from) * k / 7;
        if (k == 0 || at > from + (to - from) * (k - 1) / 7)
          fine.append(SimTime{at}, coarse.environment.load.value(s));
      }
    }
    const TargetCost& t = coarse.table.workloads[0].targets[random() % 3];
    const SimTime start{static_cast<std::int64_t>(uniform(random, 0.0, 1e8))};
    Segment a;
    Segment b;
    REQUIRE(plan_run(t, 1.0, coarse.environment.load, start, a).finish ==
            plan_run(t, 1.0, fine, start, b).finish);
  }
}
