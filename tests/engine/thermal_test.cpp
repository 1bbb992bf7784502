// The phone warms by what its board draws and throttles by what it has warmed to.
#include <cmath>

#include "sim/engine/replay.h"
#include "sim/engine/simulator.h"
#include "sim/engine/thermal_costs.h"
#include "tests/support/catch.h"
#include "tests/support/test_world.h"

using namespace autoscale;
using namespace autoscale::test;

namespace {

constexpr std::int64_t kMs = 1'000'000;
constexpr TargetId kSlowGpu = 5;  // half the frequency of kGpu, half the power

// Notes power and temperature at the instants they are reported.
class Thermometer final : public TimelineSink {
 public:
  void on_begin(const Environment&) override {}
  void on_decision(const Observation&, TargetId, std::string_view, TargetId) override {}
  void on_slice(const Slice& slice) override { slices.push_back(slice); }
  void on_power(SimTime now, double watts) override { power.emplace_back(now, watts); }
  void on_temperature(SimTime now, double celsius) override {
    temperature.emplace_back(now, celsius);
  }
  void on_settled(const RequestRecord&) override {}

  std::vector<Slice> slices;
  std::vector<std::pair<SimTime, double>> power;
  std::vector<std::pair<SimTime, double>> temperature;
};

struct Ran {
  RunResult result;
  std::vector<RequestRecord> records;
  Thermometer thermometer;
};

Ran run(const TestWorld& world, Policy& policy, bool layer_events = false, bool judged = true) {
  Ran ran;
  Recorder recorder;
  CostEvaluator evaluator(world.table, world.environment);
  SimulatorOptions options;
  options.observer = &recorder;
  options.timeline = &ran.thermometer;
  options.layer_events = layer_events;
  if (judged) options.evaluator = &evaluator;
  Simulator simulator(world.table, world.environment, policy, options);
  ran.result = simulator.run(all_streams(world));
  ran.records = std::move(recorder.records);
  return ran;
}

// 10 K/W within 2 s; level 1 from 30 C on, level 2 from 35 C on, both left 1 K below. They cap nothing.
void add_thermal(TestWorld& world) {
  const std::size_t targets = world.table.targets.size();
  ThermalCost thermal;
  thermal.node = {.resistance_k_per_w = 10.0, .time_constant_ms = 2000.0, .ambient_c = 25.0};
  thermal.initial_c = 25.0;
  thermal.hysteresis_k = 1.0;
  thermal.at_c = {30.0, 35.0};
  for (std::size_t i = 0; i < 2 * targets; ++i)
    thermal.runs_as.push_back(static_cast<TargetId>(i % targets));
  world.table.thermal = thermal;
}

// Level 1 takes the GPU down to kSlowGpu, which costs half the power and twice the compute time.
void add_slow_gpu(TestWorld& world) {
  world.table.targets.push_back(world.table.targets[kGpu]);
  for (WorkloadCost& w : world.table.workloads) {
    w.targets.push_back(w.targets[kGpu]);
    w.targets.back().frequency_scale = 2.0;
    w.targets.back().busy_w = 0.5 * w.targets[kGpu].busy_w;
  }
  add_thermal(world);
  const std::size_t targets = world.table.targets.size();
  world.table.thermal->runs_as[kGpu] = kSlowGpu;
  world.table.thermal->runs_as[targets + kGpu] = kSlowGpu;
}

void remove_radios(TestWorld& world) {
  world.table.radios = {};
  world.environment.links = {};
}

void repeat(TestWorld& world, std::uint64_t count, double think_ms = 0.0) {
  WorkloadCost& w = world.table.workloads.front();
  w.arrivals.count = count;
  w.arrivals.think = Millis{think_ms};
}

// The differential equation by Runge-Kutta over the power that the timeline reports.
double integrated_c(const ThermalCost& thermal, const Thermometer& seen, SimTime end) {
  double t_c = thermal.initial_c;
  const double capacity = thermal.node.time_constant_ms / thermal.node.resistance_k_per_w;
  const auto slope = [&](double at_c, double w) {
    return (w - (at_c - thermal.node.ambient_c) / thermal.node.resistance_k_per_w) / capacity;
  };
  for (std::size_t i = 0; i < seen.power.size(); ++i) {
    const auto [from, w] = seen.power[i];
    const SimTime to = i + 1 < seen.power.size() ? seen.power[i + 1].first : end;
    constexpr int kSteps = 4;
    const double h = to_millis(to - from).value / kSteps;
    for (int k = 0; k < kSteps; ++k) {
      const double a = slope(t_c, w);
      const double b = slope(t_c + 0.5 * h * a, w);
      const double c = slope(t_c + 0.5 * h * b, w);
      const double d = slope(t_c + h * c, w);
      t_c += h / 6.0 * (a + 2.0 * b + 2.0 * c + d);
    }
  }
  return t_c;
}

bool same_record(const RequestRecord& a, const RequestRecord& b) {
  return a.arrival == b.arrival && a.finish == b.finish && a.target == b.target &&
         a.latency_ms == b.latency_ms && a.energy_mj == b.energy_mj &&
         a.by_component.mj == b.by_component.mj && a.oracle_energy_mj == b.oracle_energy_mj &&
         a.expected_energy_mj == b.expected_energy_mj;
}

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
