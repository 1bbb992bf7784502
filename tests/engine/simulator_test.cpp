// Whole runs: a request's walk, energy with its owners, queues, radio tails, determinism.
#include "sim/engine/simulator.h"

#include "tests/support/catch.h"
#include "tests/support/test_world.h"

using namespace autoscale;
using namespace autoscale::test;

namespace {

struct Ran {
  RunResult result;
  std::vector<RequestRecord> records;
};

Ran run(TestWorld& world, Policy& policy, SimulatorOptions options = {}) {
  Recorder recorder;
  options.observer = &recorder;
  Simulator simulator(world.table, world.environment, policy, options);
  Ran ran{simulator.run(all_streams(world)), {}};
  ran.records = std::move(recorder.records);
  return ran;
}

void require_conserved(const RunResult& r) {
  EnergyAccount owners = r.requests;
  owners += r.co_runner;
  owners += r.baseline;
  for (std::size_t c = 0; c < owners.mj.size(); ++c) {
    REQUIRE(owners.mj[c] == Approx(r.phone_total.mj[c]).epsilon(1e-9).margin(1e-9));
  }
}

}  // namespace

TEST_CASE("a local request costs its busy power and the awake phone") {
  TestWorld world;
  make_plain(world);
  auto policy = always(kCpu);
  const Ran ran = run(world, policy);
  REQUIRE(ran.records.size() == 1);
  CHECK(ran.records[0].latency_ms == 20.0);
  CHECK(ran.records[0].energy_mj == Approx(4.0 * 20.0 + 0.05 * 20.0));
  CHECK(policy.outcomes.at(0).energy.value == Approx(81.0));
  // Baseline: suspend 0.02 W and two radios at 0.01 W for 20 ms.
  CHECK(ran.result.phone_total.total() == Approx(81.0 + 0.4 + 0.4));
}

TEST_CASE("an accelerator keeps the host CPU busy during its dispatch") {
  TestWorld world;
  make_plain(world);
  auto policy = always(kGpu);
  const Ran ran = run(world, policy);
  CHECK(ran.records[0].latency_ms == 11.0);
  CHECK(ran.records[0].by_component[Component::kCpu] == Approx(1.0 * 1.0));
  CHECK(ran.records[0].by_component[Component::kGpu] == Approx(2.0 * 10.0));
  CHECK(ran.records[0].by_component[Component::kBase] == Approx(0.05 * 11.0));
}

TEST_CASE("an offload sends, crosses, runs, comes back, and pays its radio tail") {
  TestWorld world;
  make_plain(world);
  auto policy = always(kCloud);
  const Ran ran = run(world, policy);
  // dispatch 0.5, up 8, hop 11, run 2, hop 11, down 0.4
  CHECK(ran.records[0].latency_ms == Approx(32.9));
  CHECK(ran.records[0].by_component[Component::kCpu] == Approx(0.5));
  const double waiting = 0.3 * 24.0;
  const double tail = 0.3 * 200.0;
  CHECK(ran.records[0].by_component[Component::kWifi] ==
        Approx(0.7 * 8.0 + waiting + 0.4 * 0.4 + tail));
  CHECK(ran.result.workloads[0].cloud_energy_mj == Approx(200.0 * 2.0));
  require_conserved(ran.result);
}

TEST_CASE("consecutive offloads share one tail") {
  TestWorld world;
  make_plain(world);
  world.table.workloads[0].arrivals.count = 3;
  auto policy = always(kEdge);
  const Ran ran = run(world, policy);
  // Each pays its wait (7 ms); between requests the tail lasts the 0.5 ms of the next one's dispatch; the
  // last one pays 200 ms.
  const double wifi = ran.result.requests[Component::kWifiDirect];
  CHECK(wifi == Approx(3 * (0.7 * 8.0 + 0.3 * 7.0 + 0.4 * 0.4) + 0.3 * (0.5 + 0.5 + 200.0)));
  CHECK(ran.records.back().request == 2);
}

TEST_CASE("a radio gone idle is promoted before bits go on the air") {
  TestWorld world;
  make_plain(world);
  world.table.radios[static_cast<std::size_t>(LinkId::kWifi)].promotion_ms = 30.0;
  world.table.workloads[0].arrivals.count = 2;
  world.table.workloads[0].arrivals.think =
      Millis{100.0};  // shorter than the tail: no second promotion
  auto policy = always(kCloud);
  const Ran ran = run(world, policy);
  REQUIRE(ran.records.size() == 2);
  CHECK(ran.records[0].latency_ms == Approx(62.9));
  CHECK(ran.records[1].latency_ms == Approx(32.9));
}

TEST_CASE("energy is conserved on random scenarios") {
  std::mt19937_64 random(99);
  for (int i = 0; i < 300; ++i) {
    TestWorld world;
    make_random(world, random, 1 + random() % 40);
    WorkloadCost& first = world.table.workloads[0];
    first.arrivals.count = 1 + random() % 60;
    first.arrivals.kind = random() % 2 == 0 ? ArrivalKind::kPoisson : ArrivalKind::kClosedLoop;
    first.arrivals.rate_hz = uniform(random, 5.0, 200.0);
    first.arrivals.think = Millis{uniform(random, 0.0, 300.0)};
    first.queue = static_cast<QueueDiscipline>(random() % 3);
    const std::size_t requests = 2 * first.arrivals.count;
    world.table.workloads.push_back(WorkloadCost{first});
    world.table.workloads[1].arrivals.kind = ArrivalKind::kPeriodic;
    world.table.workloads[1].arrivals.period = Millis{uniform(random, 5.0, 60.0)};
    ScriptedPolicy policy([&](const Observation& o) {
      return static_cast<TargetId>((o.request * 7 + o.workload) % 5);
    });
    SimulatorOptions options;
    options.concurrent = random() % 2 == 0;
    options.layer_events = random() % 2 == 0;
    world.table.energy_model = random() % 2 == 0 ? EnergyModel::kFull : EnergyModel::kPaper;
    const Ran ran = run(world, policy, options);
    require_conserved(ran.result);
    double by_records = 0.0;
    for (const RequestRecord& r : ran.records) by_records += r.energy_mj;
    if (world.table.energy_model == EnergyModel::kFull) {
      REQUIRE(by_records == Approx(ran.result.requests.total()).epsilon(1e-9));
    }
    REQUIRE(ran.records.size() == requests);  // no request is lost
  }
}

TEST_CASE("an event per layer gives the same requests as prefix sums") {
  std::mt19937_64 random(4);
  for (int i = 0; i < 100; ++i) {
    TestWorld world;
    make_random(world, random, 40);
    world.table.workloads[0].arrivals.count = 50;
    ScriptedPolicy policy(
        [](const Observation& o) { return static_cast<TargetId>(o.request % 5); });
    SimulatorOptions layers;
    layers.layer_events = true;
    const Ran a = run(world, policy);
    const Ran b = run(world, policy, layers);
    REQUIRE(a.records.size() == b.records.size());
    for (std::size_t r = 0; r < a.records.size(); ++r) {
      REQUIRE(a.records[r].finish == b.records[r].finish);
      REQUIRE(a.records[r].energy_mj == b.records[r].energy_mj);
    }
    CHECK(b.result.events > a.result.events);
  }
}

TEST_CASE("two policies that pick the same target for the same request see the same noise") {
  std::mt19937_64 random(5);
  TestWorld world;
  make_random(world, random, 1);
  world.table.workloads[0].arrivals.count = 100;
  auto cpu = always(kCpu);
  ScriptedPolicy mixed([](const Observation& o) { return o.request % 2 == 0 ? kCpu : kDsp; });
  const Ran a = run(world, cpu);
  const Ran b = run(world, mixed);
  for (std::size_t r = 0; r < 100; r += 2) {
    REQUIRE(a.records[r].latency_ms == Approx(b.records[r].latency_ms).epsilon(1e-9));
  }
  CHECK(a.records[1].latency_ms != b.records[1].latency_ms);
}

TEST_CASE("noise has mean one and the stated sigma") {
  TestWorld world;
  make_plain(world);
  world.table.service_noise = true;
  TargetCost& t = world.table.workloads[0].targets[kCpu];
  t.noise_sigma = 0.1;
  t.noise_mean_shift = -0.005;
  world.table.workloads[0].arrivals.count = 20'000;
  auto policy = always(kCpu);
  const Ran ran = run(world, policy);
  double sum = 0.0;
  double log_square = 0.0;
  for (const RequestRecord& r : ran.records) {
    sum += r.latency_ms;
    const double log_noise = std::log(r.latency_ms / 20.0) + 0.005;
    log_square += log_noise * log_noise;
  }
  CHECK(sum / 20'000 == Approx(20.0).epsilon(0.003));  // 4 standard errors
  CHECK(std::sqrt(log_square / 20'000) == Approx(0.1).epsilon(0.02));
}

TEST_CASE("queue disciplines") {
  TestWorld world;
  make_plain(world);
  WorkloadCost& w = world.table.workloads[0];
  w.arrivals = {.kind = ArrivalKind::kTimes,
                .times = {SimTime{0}, SimTime{1'000'000}, SimTime{2'000'000}, SimTime{3'000'000}},
                .count = 4};
  auto policy = always(kCpu);

  SECTION("fifo serves all in order") {
    const Ran ran = run(world, policy);
    REQUIRE(ran.records.size() == 4);
    for (std::size_t i = 0; i < 4; ++i) {
      CHECK(ran.records[i].request == i);
      CHECK(ran.records[i].latency_ms ==
            Approx(20.0 * static_cast<double>(i + 1) - static_cast<double>(i)));
    }
    CHECK(ran.result.workloads[0].qos_violations == 2);  // 58 and 77 ms
  }
  SECTION("latest_only keeps the newest of those that wait") {
    w.queue = QueueDiscipline::kLatestOnly;
    const Ran ran = run(world, policy);
    CHECK(ran.result.workloads[0].dropped == 2);
    CHECK(ran.result.workloads[0].qos_violations == 2);
    CHECK(ran.records.back().request == 3);
    CHECK(ran.records.back().latency_ms == Approx(37.0));
  }
  SECTION("drop_late drops what is too late when its turn comes") {
    w.queue = QueueDiscipline::kDropLate;
    w.qos_ms = 30.0;
    const Ran ran = run(world, policy);
    CHECK(ran.result.workloads[0].dropped ==
          2);  // their turn comes at 40 ms, 38 and 37 ms after arrival
    CHECK(ran.result.workloads[0].qos_violations == 3);
    CHECK(policy.outcomes.size() == 4);
  }
}

TEST_CASE("a co-runner and an inference share the cluster's power") {
  TestWorld world;
  make_plain(world);
  Load half{0.5, 0.0};
  LoadConditions c;
  c.load = half;
  c.phi_cpu = 1.5;  // (4 + 2) / 4
  world.environment.load = Timeline<LoadConditions>{c};
  auto policy = always(kCpu);
  const Ran ran = run(world, policy);
  // Compute 13 ms x 1.5 + memory 7 ms = 26.5 ms; the inference draws 4 / 1.5 W, the co-runner 4 x 0.5 / 1.5 W.
  CHECK(ran.records[0].latency_ms == Approx(26.5));
  CHECK(ran.result.requests[Component::kCpu] == Approx(4.0 / 1.5 * 26.5));
  CHECK(ran.result.co_runner[Component::kCpu] == Approx(4.0 / 3.0 * 26.5));
}

TEST_CASE("a policy sees how many requests wait or run, and no radio tails") {
  TestWorld world;
  make_plain(world);
  world.table.workloads[0].arrivals.count = 4;
  std::vector<std::uint32_t> seen;
  ScriptedPolicy policy([&](const Observation& o) {
    seen.push_back(o.waiting);
    return kCloud;
  });
  run(world, policy);
  CHECK(seen == std::vector<std::uint32_t>{0, 0, 0, 0});
}

TEST_CASE("a dropped request costs only what happened to it") {
  TestWorld world;
  make_plain(world);
  WorkloadCost& w = world.table.workloads[0];
  w.queue = QueueDiscipline::kLatestOnly;
  w.arrivals = {.kind = ArrivalKind::kTimes,
                .times = {SimTime{0}, SimTime{1'000'000}, SimTime{2'000'000}},
                .count = 3};
  for (TargetCost& t : w.targets) t.meets_accuracy = false;
  for (const TargetId target : {kCloud, kDsp}) {
    for (const EnergyModel model : {EnergyModel::kFull, EnergyModel::kPaper}) {
      world.table.energy_model = model;
      auto policy = always(target);
      const Ran ran = run(world, policy);
      const auto dropped = std::find_if(ran.records.begin(), ran.records.end(),
                                        [](const auto& r) { return r.dropped; });
      REQUIRE(dropped != ran.records.end());
      CHECK(dropped->request == 1);
      CHECK_FALSE(dropped->violates_accuracy);  // nothing ran
      CHECK(dropped->violates_qos);
      CHECK(dropped->energy_mj < 1.0);  // waiting and preparing, neither run nor tail
      const auto told = std::find_if(policy.outcomes.begin(), policy.outcomes.end(),
                                     [](const auto& o) { return o.dropped; });
      CHECK(told->energy.value == Approx(dropped->energy_mj).epsilon(1e-9));
    }
  }
}

TEST_CASE("a second transfer waits for the promotion that the first one started") {
  TestWorld world;
  make_plain(world);
  world.table.radios[static_cast<std::size_t>(LinkId::kWifi)].promotion_ms = 30.0;
  world.table.workloads[0].arrivals = {
      .kind = ArrivalKind::kTimes, .times = {SimTime{0}, SimTime{1'000'000}}, .count = 2};
  auto policy = always(kCloud);
  const Ran ran = run(world, policy);
  // The first: 0.5 + 30 + 8 up at 38.5 ms; the second goes up from 38.5 to 46.5 ms, then 24.4 ms more.
  CHECK(ran.records[0].latency_ms == Approx(62.9));
  CHECK(ran.records[1].latency_ms == Approx(46.5 + 24.4 - 1.0));
  require_conserved(ran.result);
}

TEST_CASE("training draws other noise than evaluation, and each workload its own") {
  std::mt19937_64 random(8);
  TestWorld world;
  make_random(world, random, 1);
  world.table.workloads.push_back(WorkloadCost{world.table.workloads[0]});
  auto policy = always(kCpu);
  SimulatorOptions training;
  training.key.training = true;
  const Ran judged = run(world, policy);
  const Ran trained = run(world, policy, training);
  CHECK(judged.records[0].latency_ms != trained.records[0].latency_ms);
  CHECK(judged.records[0].latency_ms != judged.records[1].latency_ms);
}
