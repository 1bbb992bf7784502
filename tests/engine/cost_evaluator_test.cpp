// The oracle's closed-form costs are what the simulator does without noise.
#include "sim/engine/cost_evaluator.h"

#include <memory>

#include "tests/support/catch.h"
#include "tests/support/test_world.h"

using namespace autoscale;
using namespace autoscale::test;

namespace {

RequestRecord isolated(TestWorld& world, TargetId target) {
  auto policy = always(target);
  Recorder recorder;
  SimulatorOptions options;
  options.observer = &recorder;
  Simulator simulator(world.table, world.environment, policy, options);
  simulator.run(all_streams(world));
  return recorder.records.at(0);
}

}  // namespace

TEST_CASE("evaluated costs equal simulated ones for isolated requests on every target") {
  std::mt19937_64 random(11);
  for (int i = 0; i < 300; ++i) {
    TestWorld world;
    make_random(world, random, 1);
    world.table.service_noise = false;
    world.table.energy_model = i % 2 == 0 ? EnergyModel::kFull : EnergyModel::kPaper;
    world.table.workloads[0].arrivals.think =
        Millis{10'000.0};  // isolated: the whole tail is its own
    CostEvaluator evaluator(world.table, world.environment);
    const auto costs = evaluator.costs(0);
    for (TargetId t = 0; t < 5; ++t) {
      const RequestRecord r = isolated(world, t);
      REQUIRE(costs[t].latency_ms == Approx(r.latency_ms).epsilon(1e-6).margin(2e-6));
      REQUIRE(costs[t].energy_mj == Approx(r.energy_mj).epsilon(1e-6).margin(1e-5));
    }
  }
}

TEST_CASE("all targets at once cost what each costs alone, to the last bit") {
  std::mt19937_64 random(13);
  for (int i = 0; i < 300; ++i) {
    TestWorld world;
    make_random(world, random, 20);
    world.table.energy_model = i % 2 == 0 ? EnergyModel::kFull : EnergyModel::kPaper;
    world.table.workloads[0].qos_ms = uniform(random, 5.0, 80.0);
    for (TargetCost& t : world.table.workloads[0].targets) {
      t.supported = random() % 5 != 0;
      t.meets_accuracy = random() % 3 != 0;
    }
    world.table.thermal.emplace();
    world.table.thermal->runs_as = {kDsp, kGpu, kCpu, kEdge, kCloud};
    CostEvaluator evaluator(world.table, world.environment);
    evaluator.set_throttling(i % 3 == 0 ? 1 : 0);
    for (int look = 0; look < 5; ++look) {
      evaluator.observe(SimTime{static_cast<std::int64_t>(uniform(random, 0.0, 3e8))});
      Cost best;
      for (TargetId t = 0; t < 5; ++t) {
        const Cost alone = evaluator.evaluate(0, t, evaluator.conditions());
        for (const Cost& together : {evaluator.cost(0, t), evaluator.costs(0)[t]}) {
          REQUIRE(together.supported == alone.supported);
          REQUIRE(together.violates_accuracy == alone.violates_accuracy);
          REQUIRE(together.violates_qos == alone.violates_qos);
          REQUIRE(together.latency_ms == alone.latency_ms);
          REQUIRE(together.energy_mj == alone.energy_mj);
        }
        if (t == 0 || alone.better_than(best)) best = alone;
      }
      REQUIRE(evaluator.cost(0, evaluator.best(0)).energy_mj == best.energy_mj);
    }
  }
}

TEST_CASE("the best target is lexicographic: accuracy, then QoS, then energy") {
  const auto cost = [](bool accuracy, bool qos, double mj) {
    return Cost{
        .supported = true, .violates_accuracy = accuracy, .violates_qos = qos, .energy_mj = mj};
  };
  CHECK(cost(false, true, 100.0).better_than(cost(true, false, 1.0)));
  CHECK(cost(false, false, 100.0).better_than(cost(false, true, 1.0)));
  CHECK(cost(false, false, 1.0).better_than(cost(false, false, 2.0)));
  CHECK_FALSE(cost(false, false, 1.0).better_than(cost(false, false, 1.0)));
  CHECK(cost(true, true, 1e9).better_than(Cost{}));
}

TEST_CASE("on isolated requests the oracle is never worse than any target") {
  std::mt19937_64 random(12);
  for (int i = 0; i < 200; ++i) {
    TestWorld world;
    make_random(world, random, 1);
    world.table.service_noise = false;
    world.table.workloads[0].arrivals.think = Millis{10'000.0};
    world.table.workloads[0].qos_ms = uniform(random, 5.0, 80.0);
    CostEvaluator evaluator(world.table, world.environment);
    const RequestRecord best = isolated(world, evaluator.best(0));
    for (TargetId t = 0; t < 5; ++t) {
      const RequestRecord other = isolated(world, t);
      REQUIRE(best.violates_qos <= other.violates_qos);
      if (best.violates_qos == other.violates_qos)
        REQUIRE(best.energy_mj <= other.energy_mj * (1.0 + 1e-9));
    }
  }
}

TEST_CASE("costs follow the conditions of now and are kept while these last") {
  TestWorld world;
  make_plain(world);
  LinkConditions weak{-85.0, 1.0, 1.0, 0.9, 0.5};
  world.environment.links[static_cast<std::size_t>(LinkId::kWifi)].append(SimTime{1'000'000'000},
                                                                          weak);
  CostEvaluator evaluator(world.table, world.environment);
  CHECK(evaluator.costs(0)[kCloud].latency_ms == Approx(32.9));
  evaluator.observe(SimTime{999'999'999});
  CHECK(evaluator.costs(0)[kCloud].latency_ms == Approx(32.9));
  evaluator.observe(SimTime{1'000'000'000});
  CHECK(evaluator.costs(0)[kCloud].latency_ms == Approx(0.5 + 80.0 + 24.0 + 8.0));
  CHECK(evaluator.costs(0)[kEdge].latency_ms == Approx(0.5 + 8.0 + 7.0 + 0.4));
}

TEST_CASE("the queue-aware oracle avoids a busy processor") {
  class OneBusy final : public QueueView {
   public:
    double waiting_ms(ServerId server, std::uint32_t) const override {
      return server == processor_server(Site::kPhone, ProcessorKind::kGpu) ? busy_ms : 0.0;
    }
    double busy_ms = 0.0;
  };
  TestWorld world;
  make_plain(world);
  world.table.workloads[0].targets[kGpu].busy_w = 0.1;  // cheapest by far
  OneBusy queues;
  CostEvaluator evaluator(world.table, world.environment);
  evaluator.set_queues(&queues);
  CHECK(evaluator.best_with_waiting(0) == kGpu);
  queues.busy_ms = 45.0;  // 45 + 11 ms > 50 ms
  CHECK(evaluator.best(0) == kGpu);
  CHECK(evaluator.best_with_waiting(0) != kGpu);
}

TEST_CASE("an evaluator that outlives a run knows of no queues") {
  TestWorld world;
  make_plain(world);
  auto policy = always(kCpu);
  CostEvaluator evaluator(world.table, world.environment);
  SimulatorOptions options;
  options.evaluator = &evaluator;
  std::make_unique<Simulator>(world.table, world.environment, policy, options)
      ->run(all_streams(world));
  CHECK(evaluator.waits(0, kCpu).processor == 0.0);
  CHECK(evaluator.best_with_waiting(0) == evaluator.best(0));
}

TEST_CASE(
    "the oracle expects what a steady loop of offloads costs, at every pause around the tail") {
  for (const double think : {0.0, 100.0, 199.0, 199.5, 200.0, 500.0}) {
    TestWorld world;
    make_plain(world);
    world.table.radios[static_cast<std::size_t>(LinkId::kWifi)].promotion_ms = 30.0;
    world.table.workloads[0].arrivals.think = Millis{think};
    world.table.workloads[0].arrivals.count = 5;
    auto policy = always(kCloud);
    Recorder recorder;
    SimulatorOptions options;
    options.observer = &recorder;
    Simulator simulator(world.table, world.environment, policy, options);
    simulator.run(all_streams(world));
    const CostEvaluator evaluator(world.table, world.environment);
    const Cost expected = evaluator.costs(0)[kCloud];
    INFO("think " << think);
    for (std::size_t i = 1; i < 4;
         ++i) {  // the first finds a cold radio, the last has the whole tail
      CHECK(recorder.records[i].latency_ms == Approx(expected.latency_ms).epsilon(1e-7));
      CHECK(recorder.records[i].energy_mj == Approx(expected.energy_mj).epsilon(1e-7));
      CHECK(policy.outcomes[i].energy.value == Approx(expected.energy_mj).epsilon(1e-7));
    }
  }
}

TEST_CASE("the stages of a cost sum to its latency, and layers and dispatch to a local energy") {
  std::mt19937_64 random(15);
  for (int i = 0; i < 300; ++i) {
    TestWorld world;
    make_random(world, random, 1);
    const bool paper = i % 2 != 0;
    world.table.energy_model = paper ? EnergyModel::kPaper : EnergyModel::kFull;
    const CostEvaluator evaluator(world.table, world.environment);
    const Conditions& now = evaluator.conditions();
    const Waits waits{.before_air = i % 3 * 2.5, .processor = i % 4 * 1.5};
    for (TargetId t = 0; t < 5; ++t) {
      const bool local = world.table.workloads[0].targets[t].local;
      const Waits own = local ? Waits{.processor = waits.processor} : waits;
      const Cost cost = evaluator.evaluate(0, t, now, own);
      const CostStages s = evaluator.stages(0, t, now, own);
      REQUIRE(s.total_ms() == Approx(cost.latency_ms).epsilon(1e-12));
      REQUIRE(s.waiting_ms == own.before_air + own.processor);
      REQUIRE((s.uplink_ms > 0.0) == !local);
      REQUIRE((s.layer_w > 0.0) == local);
      // One more millisecond of layers costs what layer_w says: the rest does not depend on them.
      if (!local) continue;
      const PhoneCost& phone = world.table.phone;
      const double rest_w = paper ? phone.awake_total_w : phone.awake_w;
      double rest = rest_w * s.waiting_ms;
      if (paper && world.table.workloads[0].targets[t].processor == ProcessorKind::kDsp) {
        rest = s.layer_w * (s.waiting_ms + s.dispatch_ms);
      } else if (paper) {
        rest += s.layer_w * s.dispatch_ms;
      } else {
        rest += (phone.awake_w + phone.host_w / now.load.phi_host) * s.dispatch_ms;
      }
      REQUIRE(s.layer_w * s.layers_ms + rest == Approx(cost.energy_mj).epsilon(1e-12));
    }
  }
}
