// Queues that several applications share, and what one who joins them has to expect.
#include "sim/engine/simulator.h"
#include "tests/support/catch.h"
#include "tests/support/test_world.h"

using namespace autoscale;
using namespace autoscale::test;

namespace {

constexpr std::int64_t kMs = 1'000'000;

ArrivalProcess at_ms(std::initializer_list<std::int64_t> times) {
  ArrivalProcess a;
  a.kind = ArrivalKind::kTimes;
  for (const std::int64_t t : times) a.times.push_back(SimTime{t * kMs});
  a.count = a.times.size();
  return a;
}

}  // namespace

TEST_CASE("latest_only replaces the frame of its own stream and no other") {
  TestWorld world;
  make_plain(world);
  world.table.workloads[0].queue = QueueDiscipline::kLatestOnly;
  world.table.workloads.push_back(WorkloadCost{world.table.workloads[0]});
  world.table.workloads[0].arrivals = at_ms({0, 1});  // the second waits first in the queue
  world.table.workloads[1].arrivals = at_ms({2, 3});  // the second replaces the first
  auto policy = always(kCpu);
  Recorder recorder;
  SimulatorOptions options;
  options.concurrent = true;
  options.observer = &recorder;
  const RunResult result =
      Simulator(world.table, world.environment, policy, options).run(all_streams(world));
  CHECK(result.workloads[0].dropped == 0);
  CHECK(result.workloads[1].dropped == 1);
  REQUIRE(recorder.records.size() == 4);
  CHECK(recorder.records.back().workload == 1);
  CHECK(recorder.records.back().latency_ms == Approx(57.0));
}

TEST_CASE("an answer that comes while the radio is promoted waits for it") {
  TestWorld world;
  make_plain(world);
  RadioCost& radio = world.table.radios[static_cast<std::size_t>(LinkId::kWifi)];
  radio.promotion_ms = 30.0;
  radio.tail_ns = 0;
  world.table.workloads[0].arrivals = at_ms({0, 50});
  auto policy = always(kCloud);
  Recorder recorder;
  SimulatorOptions options;
  options.observer = &recorder;
  Simulator(world.table, world.environment, policy, options).run(all_streams(world));
  // The first answer is there at 62.5 ms; the second upload has the radio promoted from 50.5 to 80.5 ms.
  CHECK(recorder.records.at(0).latency_ms == Approx(80.9));
}

TEST_CASE("those who wait for a server of two places are spread over both") {
  TestWorld world;
  make_plain(world);
  world.table.phone.offload_dispatch_ms = 0.0;
  world.table.wan_rtt_ms = 0.0;
  world.table.servers[processor_server(Site::kCloud, ProcessorKind::kGpu)] = 2;
  world.layers[kCloud] = make_layers(0.0, {{100.0, 0.0}});
  constexpr auto kWifi = static_cast<std::size_t>(LinkId::kWifi);
  world.table.radios[kWifi].rtt_ms = 0.0;
  world.environment.links[kWifi] = Timeline<LinkConditions>{{-55.0, 1e9, 1e9, 0.7, 0.4}};
  world.table.workloads[0].arrivals = at_ms({0, 1, 2, 3, 4});
  CostEvaluator evaluator(world.table, world.environment);
  std::vector<double> expected;
  ScriptedPolicy policy([&](const Observation&) {
    expected.push_back(evaluator.waits(0, kCloud).processor);
    return kCloud;
  });
  SimulatorOptions options;
  options.evaluator = &evaluator;
  Simulator(world.table, world.environment, policy, options).run(all_streams(world));
  REQUIRE(expected.size() == 5);
  CHECK(expected[1] == 0.0);
  CHECK(expected[2] == Approx(98.0));          // until the first ends
  CHECK(expected[4] == Approx(96.0 + 100.0));  // and two more on two places
}

TEST_CASE("a transfer's time to fail begins when the radio is ready") {
  TestWorld world;
  make_plain(world);
  constexpr auto kWifi = static_cast<std::size_t>(LinkId::kWifi);
  world.table.radios[kWifi].promotion_ms = 30.0;
  world.environment.links[kWifi] = Timeline<LinkConditions>{{-55.0, 1.0, 1.0, 0.7, 0.4}};
  world.table.transfer_timeout_ns = 40 * kMs;
  world.table.workloads[0].fallback = kCpu;
  world.table.workloads[0].arrivals = at_ms({0});
  auto policy = always(kCloud);
  Recorder recorder;
  SimulatorOptions options;
  options.observer = &recorder;
  Simulator(world.table, world.environment, policy, options).run(all_streams(world));
  CHECK(recorder.records.at(0).latency_ms == Approx(0.5 + 30.0 + 40.0 + 20.0));
}
