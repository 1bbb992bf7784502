// The phone throttles by what it has warmed to.
#include <cmath>

#include "sim/engine/replay.h"
#include "sim/engine/simulator.h"
#include "sim/engine/thermal_costs.h"
#include "tests/engine/warm_world.h"
#include "tests/support/catch.h"

using namespace autoscale;
using namespace autoscale::test;

namespace {

Target phone_target(ProcessorKind kind, Precision precision, double mhz) {
  Target t;
  t.processor = kind;
  t.precision = precision;
  t.frequency = Megahertz{mhz};
  return t;
}

ThrottlingStep step(double at_c, std::optional<double> cpu, std::optional<double> gpu) {
  return {.at_c = at_c, .cpu_mhz = cpu, .gpu_mhz = gpu, .dsp_mhz = std::nullopt, .from = {}};
}

}  // namespace

TEST_CASE("a throttled request costs and lasts what the capped target does") {
  TestWorld hot;
  make_plain(hot);
  add_slow_gpu(hot);
  repeat(hot, 5, 3.0);
  hot.table.thermal->initial_c = 1000.0;
  TestWorld cool;
  make_plain(cool);
  add_slow_gpu(cool);
  repeat(cool, 5, 3.0);
  for (TestWorld* world : {&hot, &cool}) {  // noise is that of the target it runs as
    world->table.service_noise = true;
    for (TargetCost& t : world->table.workloads[0].targets) {
      t.noise_sigma = 0.05;
      t.noise_mean_shift = -0.00125;
    }
  }
  for (const EnergyModel model : {EnergyModel::kFull, EnergyModel::kPaper}) {
    hot.table.energy_model = cool.table.energy_model = model;
    auto wanted = always(kGpu);
    auto slow = always(kSlowGpu);
    const Ran throttled = run(hot, wanted);
    const Ran chosen = run(cool, slow);
    REQUIRE(throttled.records.size() == 5);
    for (std::size_t i = 0; i < 5; ++i) {
      const RequestRecord& a = throttled.records[i];
      const RequestRecord& b = chosen.records[i];
      CHECK(a.target == kGpu);
      CHECK(a.throttled);
      CHECK_FALSE(b.throttled);
      CHECK(a.finish == b.finish);
      CHECK(a.latency_ms == b.latency_ms);
      CHECK(a.energy_mj == b.energy_mj);
      CHECK(a.by_component.mj == b.by_component.mj);
      CHECK(a.expected_energy_mj == b.expected_energy_mj);
      CHECK(wanted.outcomes[i].target == kGpu);  // a learner learns what it chose
      CHECK(wanted.outcomes[i].energy == slow.outcomes[i].energy);
    }
    CHECK(throttled.result.workloads[0].throttled == 5);
    CHECK(chosen.result.workloads[0].throttled == 0);
    for (const Slice& s : throttled.thermometer.slices) {
      if (s.kind == SliceKind::kLayer) CHECK(s.target == kSlowGpu);
    }
  }
}

TEST_CASE("a fallback is throttled like a choice") {
  TestWorld world;
  make_plain(world);
  add_slow_gpu(world);
  world.table.thermal->initial_c = 1000.0;
  world.environment.links[0] = Timeline<LinkConditions>{{-90.0, 0.0, 20.0, 0.7, 0.4}};
  world.table.transfer_timeout_ns = 10 * kMs;
  world.table.workloads[0].fallback = kGpu;
  auto policy = always(kCloud);
  const Ran ran = run(world, policy);
  CHECK(ran.records.at(0).offload_failed);
  CHECK(ran.records.at(0).throttled);
  CHECK(ran.records.at(0).latency_ms == Approx(0.5 + 10.0 + 1.0 + 12.0 + 4.0));
}

TEST_CASE("a phone that stays cool runs as one without a thermal state") {
  std::mt19937_64 random(5);
  for (int i = 0; i < 20; ++i) {
    TestWorld with;
    make_random(with, random, 30);
    repeat(with, 40, uniform(random, 0.0, 100.0));
    ScriptedPolicy policy(
        [](const Observation& o) { return static_cast<TargetId>(o.request % 5); });
    const Ran off = run(with, policy);
    CHECK_FALSE(off.result.highest_c);
    CHECK(off.thermometer.temperature.empty());
    add_slow_gpu(with);
    with.table.targets.pop_back();
    with.table.workloads[0].targets.pop_back();
    add_thermal(with);
    with.table.thermal->at_c = {1000.0, 2000.0};
    const Ran on = run(with, policy);
    REQUIRE(on.records.size() == off.records.size());
    for (std::size_t r = 0; r < on.records.size(); ++r)
      CHECK(same_record(on.records[r], off.records[r]));
    CHECK(on.result.phone_total.total() == Approx(off.result.phone_total.total()).epsilon(1e-12));
    CHECK(on.result.workloads[0].throttled == 0);
  }
}

TEST_CASE("events per layer and an unjudged run warm alike") {
  std::mt19937_64 random(17);
  TestWorld world;
  make_random(world, random, 60);
  add_slow_gpu(world);
  world.table.thermal->at_c = {25.2, 26.0};
  world.table.thermal->hysteresis_k = 0.05;
  repeat(world, 60, 5.0);
  auto policy = always(kGpu);
  const Ran plain = run(world, policy);
  const Ran layers = run(world, policy, true);
  const Ran unjudged = run(world, policy, false, false);
  const std::uint64_t throttled = plain.result.workloads[0].throttled;
  CHECK(throttled > 0);
  CHECK(throttled < 60);
  CHECK(layers.result.workloads[0].throttled == throttled);
  CHECK(unjudged.result.workloads[0].throttled == throttled);
  for (std::size_t r = 0; r < plain.records.size(); ++r) {
    CHECK(plain.records[r].finish == layers.records[r].finish);
    CHECK(plain.records[r].finish == unjudged.records[r].finish);
  }
  CHECK(*layers.result.highest_c == Approx(*plain.result.highest_c).epsilon(1e-12));
  CHECK(*unjudged.result.highest_c == Approx(*plain.result.highest_c).epsilon(1e-12));
}

TEST_CASE("the truth knows what a throttled target costs") {
  TestWorld world;
  make_plain(world);
  add_slow_gpu(world);
  CostEvaluator evaluator(world.table, world.environment);
  const Cost cool = evaluator.costs(0)[kGpu];
  evaluator.set_throttling(1);
  const Cost hot = evaluator.costs(0)[kGpu];
  const Cost slow = evaluator.costs(0)[kSlowGpu];
  CHECK(cool.latency_ms == Approx(11.0));
  CHECK(hot.latency_ms == slow.latency_ms);
  CHECK(hot.energy_mj == slow.energy_mj);
  CHECK(hot.latency_ms == Approx(1.0 + 12.0 + 4.0));
  CHECK(evaluator.stages(0, kGpu, evaluator.conditions()).layers_ms == Approx(16.0));
  evaluator.set_throttling(0);
  CHECK(evaluator.costs(0)[kGpu].latency_ms == cool.latency_ms);
}

TEST_CASE("under throttling the oracle is no worse than any fixed target") {
  for (const double initial_c : {25.0, 1000.0}) {
    TestWorld world;
    make_plain(world);
    add_slow_gpu(world);
    world.table.thermal->initial_c = initial_c;
    world.table.workloads[0].qos_ms = 16.0;  // the fast GPU is in time, the slow one is not
    repeat(world, 50, 5.0);
    CostEvaluator truth(world.table, world.environment);
    SimulatorOptions options;
    options.evaluator = &truth;
    ScriptedPolicy oracle([&](const Observation& o) { return truth.best(o.workload); });
    Simulator simulator(world.table, world.environment, oracle, options);
    const WorkloadTally best = simulator.run(all_streams(world)).workloads[0];
    CHECK(best.oracle_matches == 50);
    for (const TargetId t : {kCpu, kGpu, kDsp, kEdge, kCloud, kSlowGpu}) {
      auto fixed = always(t);
      const WorkloadTally other = run(world, fixed).result.workloads[0];
      INFO("target " << t);
      CHECK((best.qos_violations < other.qos_violations ||
             (best.qos_violations == other.qos_violations &&
              best.energy_mj <= other.energy_mj * (1.0 + 1e-12))));
    }
  }
}

TEST_CASE("a cap takes a target to the highest step below it in the same precision") {
  std::vector<Target> targets;
  for (const Precision precision : {Precision::kFp32, Precision::kInt8}) {
    for (const double mhz : {500.0, 1000.0, 1500.0, 2000.0})
      targets.push_back(phone_target(ProcessorKind::kCpu, precision, mhz));
  }
  for (const double mhz : {300.0, 600.0})
    targets.push_back(phone_target(ProcessorKind::kGpu, Precision::kFp32, mhz));
  Target cloud = phone_target(ProcessorKind::kCpu, Precision::kFp32, 3000.0);
  cloud.site = Site::kCloud;
  targets.push_back(cloud);

  ThermalProfile profile;
  profile.resistance_k_per_w.value = 4.0;
  profile.time_constant_s.value = 180.0;
  profile.hysteresis_k.value = 1.5;
  profile.throttling = {step(40.0, 1600.0, std::nullopt), step(45.0, 1000.0, 450.0),
                        step(50.0, 100.0, std::nullopt)};
  const ThermalCost cost = thermal_cost(profile, {.ambient_c = 30.0, .initial_c = {}}, targets);
  CHECK(cost.node.time_constant_ms == 180e3);
  CHECK(cost.node.ambient_c == 30.0);
  CHECK(cost.initial_c == 30.0);
  CHECK(cost.hysteresis_k == 1.5);
  CHECK(cost.at_c == std::vector<double>{40.0, 45.0, 50.0});
  CHECK(cost.runs_as == std::vector<TargetId>{0, 1, 2, 2, 4, 5, 6, 6, 8, 9, 10,    //
                                              0, 1, 1, 1, 4, 5, 5, 5, 8, 8, 10,    //
                                              0, 0, 0, 0, 4, 4, 4, 4, 8, 8, 10});  // lowest; kept
  CHECK(thermal_cost(profile, {.ambient_c = 30.0, .initial_c = 50.0}, targets).initial_c == 50.0);
}
