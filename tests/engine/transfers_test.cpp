// Transfers while the world changes: outages, time-outs, fallback, hand-over, two radios' tails.
#include "sim/engine/simulator.h"
#include "tests/support/catch.h"
#include "tests/support/test_world.h"

using namespace autoscale;
using namespace autoscale::test;

namespace {

constexpr std::int64_t kMs = 1'000'000;
constexpr auto kWifi = static_cast<std::size_t>(LinkId::kWifi);
constexpr auto kLte = static_cast<std::size_t>(LinkId::kLte);

struct Ran {
  RunResult result;
  std::vector<RequestRecord> records;
};

Ran run(TestWorld& world, Policy& policy) {
  Recorder recorder;
  CostEvaluator evaluator(world.table, world.environment);
  SimulatorOptions options;
  options.observer = &recorder;
  options.evaluator = &evaluator;
  Simulator simulator(world.table, world.environment, policy, options);
  Ran ran{simulator.run(all_streams(world)), {}};
  ran.records = std::move(recorder.records);
  return ran;
}

LinkConditions at_mbps(double mbps, double tx_w = 0.7) { return {-55.0, mbps, 20.0, tx_w, 0.4}; }

// 0.5 ms of preparation, then 80 kbit at 10 Mbit/s from 0.5 ms on, an outage from 4.5 to 104.5 ms.
void add_outage(TestWorld& world) {
  auto& wifi = world.environment.links[kWifi];
  wifi = Timeline<LinkConditions>{at_mbps(10.0)};
  wifi.append(SimTime{9 * kMs / 2}, at_mbps(0.0, 0.3));
  wifi.append(SimTime{209 * kMs / 2}, at_mbps(10.0));
}

void add_lte(TestWorld& world) {
  world.table.radios[kLte] = {.present = true,
                              .idle_w = 0.03,
                              .tail_w = 0.15,
                              .promotion_w = 1.2,
                              .tail_ns = 1000 * kMs,
                              .promotion_ms = 100.0,
                              .rtt_ms = 40.0};
  world.environment.links[kLte] = Timeline<LinkConditions>{{-95.0, 8.0, 16.0, 2.5, 2.0}};
}

}  // namespace

TEST_CASE("a transfer waits out an outage and goes on where it was") {
  TestWorld world;
  make_plain(world);
  add_outage(world);
  auto policy = always(kCloud);
  const Ran ran = run(world, policy);
  REQUIRE(ran.records.size() == 1);
  // 0.5 + 4 + 100 (outage) + 4 up, 11 out, 2 there, 11 back, 0.4 down.
  CHECK(ran.records[0].latency_ms == Approx(132.9));
  CHECK_FALSE(ran.records[0].offload_failed);
  const double radio_mj =
      0.7 * 8.0 + 0.3 * 100.0 + 0.3 * 24.0 + 0.4 * 0.4;  // silence between: tail
  CHECK(ran.records[0].by_component[Component::kWifi] == Approx(radio_mj + 0.3 * 200.0));
}

TEST_CASE("a transfer that takes too long fails, and the request runs on the fallback") {
  TestWorld world;
  make_plain(world);
  add_outage(world);
  world.table.transfer_timeout_ns = 30 * kMs;
  world.table.workloads[0].fallback = kCpu;
  auto policy = always(kCloud);
  const Ran ran = run(world, policy);
  REQUIRE(ran.records.size() == 1);
  const RequestRecord& r = ran.records[0];
  CHECK(r.latency_ms == Approx(0.5 + 30.0 + 20.0));
  CHECK(r.offload_failed);
  CHECK_FALSE(r.dropped);
  CHECK(r.target == kCloud);  // what was chosen, and what is to be learned from
  CHECK(policy.outcomes.at(0).target == kCloud);
  CHECK(policy.outcomes.at(0).latency.value == Approx(50.5));
  CHECK(r.by_component[Component::kCpu] == Approx(1.0 * 0.5 + 4.0 * 20.0));
  CHECK(r.by_component[Component::kWifi] == Approx(0.7 * 4.0 + 0.3 * 26.0 + 0.3 * 200.0));
  CHECK(ran.result.workloads[0].failed_offloads == 1);
  CHECK(ran.result.workloads[0].cloud_energy_mj == 0.0);
}

TEST_CASE("without a fallback it is dropped") {
  TestWorld world;
  make_plain(world);
  add_outage(world);
  world.table.transfer_timeout_ns = 30 * kMs;
  auto policy = always(kCloud);
  const Ran ran = run(world, policy);
  CHECK(ran.records.at(0).dropped);
  CHECK(ran.records.at(0).violates_qos);
  CHECK(ran.result.workloads[0].failed_offloads == 1);
}

TEST_CASE("what an outage costs is expected as it comes when it lasts") {
  TestWorld world;
  make_plain(world);
  world.environment.links[kWifi] = Timeline<LinkConditions>{at_mbps(0.0, 0.3)};
  world.table.transfer_timeout_ns = 30 * kMs;
  world.table.workloads[0].fallback = kGpu;
  const CostEvaluator evaluator(world.table, world.environment);
  const Cost cost = evaluator.costs(0)[kCloud];
  auto policy = always(kCloud);
  const Ran ran = run(world, policy);
  CHECK(cost.latency_ms == Approx(ran.records.at(0).latency_ms));
  CHECK(cost.energy_mj == Approx(policy.outcomes.at(0).energy.value));
}

TEST_CASE("a transfer is sent once more over LTE when Wi-Fi is left, and both radios have a tail") {
  TestWorld world;
  make_plain(world);
  add_lte(world);
  world.environment.cloud_link = Timeline<LinkId>{LinkId::kWifi};
  world.environment.cloud_link.append(SimTime{9 * kMs / 2}, LinkId::kLte);
  auto policy = always(kCloud);
  const Ran ran = run(world, policy);
  REQUIRE(ran.records.size() == 1);
  const RequestRecord& r = ran.records[0];
  // 0.5 + 4 on Wi-Fi, 100 promotion + 10 up, 30 out, 2 there, 30 back, 0.5 down.
  CHECK(r.latency_ms == Approx(177.0));
  CHECK(r.handovers == 1);
  CHECK(r.by_component[Component::kWifi] == Approx(0.7 * 4.0 + 0.3 * 200.0));
  CHECK(r.by_component[Component::kLte] ==
        Approx(1.2 * 100.0 + 2.5 * 10.0 + 0.15 * 62.0 + 2.0 * 0.5 + 0.15 * 1000.0));
  CHECK(ran.result.workloads[0].handovers == 1);
}

TEST_CASE("who waits for a link that is left goes over the other one") {
  TestWorld world;
  make_plain(world);
  add_lte(world);
  world.table.radios[kLte].promotion_ms = 0.0;
  world.environment.cloud_link = Timeline<LinkId>{LinkId::kWifi};
  world.environment.cloud_link.append(SimTime{7 * kMs}, LinkId::kLte);
  WorkloadCost& w = world.table.workloads[0];
  w.arrivals.kind = ArrivalKind::kTimes;
  w.arrivals.times = {SimTime{0}, SimTime{1 * kMs}};
  w.arrivals.count = 2;
  auto policy = always(kCloud);
  const Ran ran = run(world, policy);
  REQUIRE(ran.records.size() == 2);
  CHECK(ran.result.workloads[0].handovers == 1);  // of the first; the second had sent nothing yet
  for (const RequestRecord& r : ran.records) CHECK(r.by_component[Component::kLte] > 0.0);
}

TEST_CASE("energy is conserved whatever the links do") {
  std::mt19937_64 random(7);
  for (int i = 0; i < 200; ++i) {
    TestWorld world;
    make_random(world, random, 60);
    add_lte(world);
    auto& route = world.environment.cloud_link = {};
    std::int64_t at = 0;
    for (int s = 0; s < 40; ++s) {
      route.append(SimTime{at}, s % 2 == 0 ? LinkId::kWifi : LinkId::kLte);
      at += 1 + static_cast<std::int64_t>(uniform(random, 0.0, 3e7));
    }
    Timeline<LinkConditions> wifi;
    at = 0;
    for (int s = 0; s < 60; ++s) {
      wifi.append(SimTime{at}, at_mbps(random() % 3 == 0 ? 0.0 : uniform(random, 0.5, 50.0)));
      at += 1 + static_cast<std::int64_t>(uniform(random, 0.0, 2e7));
    }
    wifi.append(SimTime{at}, at_mbps(5.0));
    world.environment.links[kWifi] = wifi;
    world.table.transfer_timeout_ns = static_cast<std::int64_t>(uniform(random, 1e6, 5e7));
    WorkloadCost& w = world.table.workloads[0];
    if (i % 3 != 0) w.fallback = kCpu;
    w.queue = static_cast<QueueDiscipline>(i % 3);
    w.arrivals.kind = ArrivalKind::kPoisson;
    w.arrivals.rate_hz = 60.0;
    w.arrivals.count = 60;
    ScriptedPolicy policy(
        [&](const Observation& o) { return static_cast<TargetId>(o.request * 7 % 5); });
    const Ran ran = run(world, policy);  // the simulator checks the books itself
    REQUIRE(ran.records.size() == 60);
    double sum = 0.0;
    for (const RequestRecord& r : ran.records) sum += r.energy_mj;
    REQUIRE(sum == Approx(ran.result.requests.total()).epsilon(1e-9));
  }
}

TEST_CASE("a policy that looks rarely sees the past") {
  TestWorld world;
  make_plain(world);
  world.environment.links[kWifi].append(SimTime{5 * kMs}, {-85.0, 1.0, 1.0, 0.9, 0.5});
  WorkloadCost& w = world.table.workloads[0];
  w.arrivals.kind = ArrivalKind::kTimes;
  w.arrivals.times = {SimTime{4 * kMs}, SimTime{8 * kMs}, SimTime{12 * kMs}};
  w.arrivals.count = 3;
  std::vector<double> seen;
  ScriptedPolicy policy([&](const Observation& o) {
    seen.push_back(o.rssi[kWifi].value);
    return kCpu;
  });
  SimulatorOptions options;
  options.sampling_period_ns = 10 * kMs;
  Simulator(world.table, world.environment, policy, options).run(all_streams(world));
  CHECK(seen == std::vector<double>{-55.0, -55.0, -85.0});
}
