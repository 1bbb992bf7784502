// Small worlds worked out by hand: shared tails, promotions, what a learner is told, keys of the
// noise, and the threshold of "near the oracle".
#include <algorithm>
#include <cmath>

#include "sim/engine/cost_evaluator.h"
#include "tests/support/catch.h"
#include "tests/support/test_world.h"

using namespace autoscale;
using namespace autoscale::test;

namespace {

struct Run {
  std::vector<RequestRecord> records;  // by request
  std::vector<Outcome> outcomes;
};

Run run_all(TestWorld& world, TargetId target, SimulatorOptions options = {}) {
  auto policy = always(target);
  Recorder recorder;
  options.observer = &recorder;
  Simulator(world.table, world.environment, policy, options).run(all_streams(world));
  std::sort(recorder.records.begin(), recorder.records.end(),
            [](const RequestRecord& a, const RequestRecord& b) {
              return std::pair(a.workload, a.request) < std::pair(b.workload, b.request);
            });
  return {std::move(recorder.records), std::move(policy.outcomes)};
}

void make_loop(TestWorld& world, std::uint64_t count, double think_ms) {
  make_plain(world);
  world.table.workloads[0].arrivals.count = count;
  world.table.workloads[0].arrivals.think = Millis{think_ms};
}

RadioCost& wifi(TestWorld& world) {
  return world.table.radios[static_cast<std::size_t>(LinkId::kWifi)];
}

}  // namespace

// An offload of make_plain: 0.5 ms preparing at 1 W, 8 ms up at 0.7 W, 24 ms away, 0.4 ms down at
// 0.4 W, all the while 0.05 W awake; tail 0.3 W for 200 ms at most.
TEST_CASE("consecutive offloads share one tail: each pays until the next upload is on the air") {
  for (const double think_ms : {0.0, 30.0, 199.0, 250.0}) {
    TestWorld world;
    make_loop(world, 6, think_ms);
    const Run run = run_all(world, kCloud);
    for (std::size_t i = 0; i < 6; ++i) {
      INFO("think " << think_ms << " request " << i);
      const double after = i < 5 ? std::min(200.0, think_ms + 0.5) : 200.0;
      const EnergyAccount& e = run.records[i].by_component;
      CHECK(run.records[i].latency_ms == Approx(32.9));
      CHECK(e[Component::kCpu] == Approx(0.5));
      CHECK(e[Component::kBase] == Approx(0.05 * 32.9));
      CHECK(e[Component::kWifi] == Approx(5.6 + 0.16 + 0.3 * (24.0 + after)));
    }
  }
}

TEST_CASE("a steady loop of offloads is told and expected to cost what it is charged") {
  for (const TargetId target : {kCloud, kEdge}) {
    for (const double think_ms : {0.0, 30.0, 250.0}) {
      for (const double promotion_ms : {0.0, 40.0}) {
        TestWorld world;
        make_loop(world, 6, think_ms);
        for (RadioCost& radio : world.table.radios) radio.promotion_ms = promotion_ms;
        const Run run = run_all(world, target);
        const CostEvaluator evaluator(world.table, world.environment);
        const Cost expected = evaluator.costs(0)[target];
        for (std::size_t i = 1; i < 5; ++i) {
          INFO("target " << target << " think " << think_ms << " promotion " << promotion_ms);
          CHECK(run.outcomes[i].energy.value == Approx(run.records[i].energy_mj));
          CHECK(run.records[i].energy_mj == Approx(expected.energy_mj));
          CHECK(run.records[i].latency_ms == Approx(expected.latency_ms));
        }
      }
    }
  }
}

TEST_CASE("periodic offloads leave the tail the rest of the period") {
  TestWorld world;
  make_loop(world, 6, 0.0);
  world.table.workloads[0].arrivals.kind = ArrivalKind::kPeriodic;
  world.table.workloads[0].arrivals.period = Millis{60.0};
  const Run run = run_all(world, kCloud);
  const CostEvaluator evaluator(world.table, world.environment);
  const double mj = 0.5 + 0.05 * 32.9 + 5.76 + 0.3 * (24.0 + (60.0 - 32.9) + 0.5);
  CHECK(run.records[2].energy_mj == Approx(mj));
  CHECK(run.outcomes[2].energy.value == Approx(mj));
  CHECK(evaluator.costs(0)[kCloud].energy_mj == Approx(mj));
}

TEST_CASE("a radio is promoted from the instant its tail ends, before the upload and the answer") {
  struct Case {
    double tail_ms;
    double think_ms;
    int promotions;
  };
  for (const Case& c : {Case{24.0, 23.5, 2}, Case{24.0, 23.4, 1}, Case{24.1, 23.5, 0},
                        Case{24.1, 23.6, 1}, Case{300.0, 299.5, 1}}) {
    TestWorld world;
    make_loop(world, 4, c.think_ms);
    wifi(world).tail_ns = to_nanos(Millis{c.tail_ms}).count;
    wifi(world).promotion_ms = 10.0;
    const Run run = run_all(world, kCloud);
    const CostEvaluator evaluator(world.table, world.environment);
    INFO("tail " << c.tail_ms << " think " << c.think_ms);
    CHECK(run.records[1].latency_ms == Approx(32.9 + 10.0 * c.promotions));
    CHECK(evaluator.costs(0)[kCloud].latency_ms == Approx(32.9 + 10.0 * c.promotions));
    const double tails = std::min(c.tail_ms, 24.0) + std::min(c.tail_ms, c.think_ms + 0.5);
    CHECK(run.records[1].by_component[Component::kWifi] ==
          Approx(5.76 + 0.3 * tails + 0.2 * 10.0 * c.promotions));
  }
}

TEST_CASE("equations (1) to (4) leave idle power for waiting and for the radio's silence") {
  TestWorld world;
  make_loop(world, 2, 0.0);
  ArrivalProcess& arrivals = world.table.workloads[0].arrivals;
  arrivals.kind = ArrivalKind::kPeriodic;
  arrivals.period = Millis{5.0};  // the second waits for the first
  world.table.energy_model = EnergyModel::kPaper;
  const double idle_w = world.table.phone.awake_total_w = 0.07;
  const Run cpu = run_all(world, kCpu);  // 20 ms at 4 W, 15 ms of waiting
  CHECK(cpu.records[1].by_component[Component::kCpu] == Approx(80.0));
  CHECK(cpu.records[1].by_component[Component::kBase] == Approx(15.0 * idle_w));
  const Run gpu = run_all(world, kGpu);  // 1 + 10 ms at 2 W, 6 ms of waiting
  CHECK(gpu.records[1].by_component[Component::kGpu] == Approx(22.0));
  CHECK(gpu.records[1].by_component[Component::kBase] == Approx(6.0 * idle_w));
  const Run dsp = run_all(world, kDsp);  // 0.5 + 12 ms at 1 W, 7.5 ms of waiting at the same
  CHECK(dsp.records[1].energy_mj == Approx(20.0));
  const Run edge = run_all(world, kEdge);  // up 8 at 0.71 W, down 0.4 at 0.41 W; radio idle 0.01 W
  CHECK(edge.records[0].energy_mj == Approx(5.68 + 0.164 + 7.5 * (idle_w + 0.01)));
}

TEST_CASE("noise has mean 1 and is its own per training, workload, target, replication") {
  TestWorld world;
  make_loop(world, 20'000, 0.0);
  world.table.service_noise = true;
  for (TargetCost& t : world.table.workloads[0].targets) {
    t.noise_sigma = 0.3;
    t.noise_mean_shift = -0.045;
  }
  world.table.workloads.push_back(world.table.workloads[0]);
  const auto noise = [&](TargetId target, double nominal_ms, const StreamKey& key) {
    SimulatorOptions options;
    options.key = key;
    std::vector<double> factors;
    for (const RequestRecord& r : run_all(world, target, options).records) {
      factors.push_back(r.latency_ms / nominal_ms);
    }
    return factors;
  };
  const auto plain = noise(kCpu, 20.0, {});
  const std::size_t second = plain.size() / 2;
  double sum = 0.0;
  for (double f : plain) sum += f;
  CHECK(sum / static_cast<double>(plain.size()) == Approx(1.0).margin(0.01));
  CHECK(noise(kCpu, 20.0, {}) == plain);
  const auto training = noise(kCpu, 20.0, {.training = true});
  const auto replication = noise(kCpu, 20.0, {.replication = 1});
  const auto seed = noise(kCpu, 20.0, {.seed = 2});
  const auto gpu = noise(kGpu, 11.0, {});
  for (std::size_t i = 0; i < 10; ++i) {
    CHECK(std::abs(plain[i] - training[i]) > 1e-6);
    CHECK(std::abs(plain[i] - replication[i]) > 1e-6);
    CHECK(std::abs(plain[i] - seed[i]) > 1e-6);
    CHECK(std::abs(plain[i] - gpu[i]) > 1e-6);
    CHECK(std::abs(plain[i] - plain[second + i]) > 1e-6);  // the other workload
  }
}

TEST_CASE("near the oracle is at most 5 % more energy and no more violations") {
  TestWorld world;
  make_plain(world);
  // The edge: 15.9 ms awake, preparing, sending and receiving, tail while away and until the next.
  const double best = 0.05 * 15.9 + 0.5 + 5.76 + 0.3 * (7.0 + 0.5);
  const auto chosen = [&](double ratio, double qos_ms) {
    world.table.workloads[0].qos_ms = qos_ms;
    world.table.workloads[0].targets[kCpu].busy_w = (ratio * best - 0.05 * 20.0) / 20.0;
    CostEvaluator evaluator(world.table, world.environment);
    SimulatorOptions options;
    options.evaluator = &evaluator;
    return run_all(world, kCpu, options).records.at(0);
  };
  CHECK(chosen(1.0499, 50.0).near_oracle);
  CHECK_FALSE(chosen(1.0499, 50.0).oracle_match);
  CHECK(chosen(1.0499, 50.0).oracle_energy_mj == Approx(best));
  CHECK(chosen(1.0499, 50.0).expected_energy_mj == Approx(1.0499 * best));
  CHECK_FALSE(chosen(1.0501, 50.0).near_oracle);
  CHECK_FALSE(chosen(0.9, 15.0).near_oracle);  // 20 ms: too late
  CHECK(chosen(0.9, 50.0).oracle_match);
}
