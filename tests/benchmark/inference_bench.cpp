// Nanoseconds of host time per simulated inference, on the world of scenarios/paper/s1.json.
#include <memory>

#include <benchmark/benchmark.h>

#include "sim/base/memory.h"
#include "sim/config/load_scenario.h"
#include "sim/engine/cost_evaluator.h"
#include "sim/engine/simulator.h"
#include "sim/engine/training.h"
#include "sim/experiment/experiment.h"
#include "sim/experiment/load_world.h"
#include "sim/policies/registry.h"
#include "sim/report/request_log.h"

namespace autoscale {
namespace {

const World& paper_world() {
  static const std::unique_ptr<const World> world = [] {
    const DataPath data(AUTOSCALE_SOURCE_DIR);
    return load_world(load_scenario(AUTOSCALE_SOURCE_DIR "/scenarios/paper/s1.json", {}, data),
                      data);
  }();
  return *world;
}

std::unique_ptr<Policy> policy_named(const char* name, const CostEvaluator& evaluator) {
  Diagnostics problems;
  auto policy = make_policy({.name = name, .policy = name}, "{}",
                            policy_context(paper_world(), 1, 0, &evaluator), "", problems);
  problems.throw_if_any();
  return policy;
}

// One closed-loop stream per network, `per_network` inferences each.
void simulate(benchmark::State& state, const char* policy_name, Policy::Mode mode, bool regret) {
  const World& world = paper_world();
  CostEvaluator evaluator(world.table, world.environment);
  const auto policy = policy_named(policy_name, evaluator);
  policy->set_mode(mode);
  constexpr std::uint64_t kPerNetwork = 10'000;
  std::vector<RequestStream> streams;
  for (std::uint32_t w = 0; w < world.table.workloads.size(); ++w) {
    streams.push_back({.workload = w, .arrivals = world.table.workloads[w].arrivals});
    streams.back().arrivals.count = kPerNetwork;
  }
  SimulatorOptions options;
  if (regret) options.evaluator = &evaluator;
  for (auto _ : state) {
    Simulator simulator(world.table, world.environment, *policy, options);
    benchmark::DoNotOptimize(simulator.run(streams));
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(kPerNetwork * streams.size()) *
                          static_cast<std::int64_t>(state.iterations()));
  state.counters["ns_per_inference"] = benchmark::Counter(
      static_cast<double>(kPerNetwork * streams.size()) * 1e-9,
      benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

void BM_S1_AutoScaleLearning(benchmark::State& s) {
  simulate(s, "autoscale", Policy::Mode::kOnline, true);
}
void BM_S1_AutoScaleFrozen(benchmark::State& s) {
  simulate(s, "autoscale", Policy::Mode::kFrozen, true);
}
void BM_S1_CpuOnly(benchmark::State& s) { simulate(s, "cpu_only", Policy::Mode::kFrozen, true); }
void BM_S1_CpuOnly_NoRegret(benchmark::State& s) {
  simulate(s, "cpu_only", Policy::Mode::kFrozen, false);
}
void BM_S1_CloudOnly(benchmark::State& s) {
  simulate(s, "cloud_only", Policy::Mode::kFrozen, true);
}
void BM_S1_Oracle(benchmark::State& s) { simulate(s, "oracle", Policy::Mode::kFrozen, true); }
BENCHMARK(BM_S1_AutoScaleLearning)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_S1_AutoScaleFrozen)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_S1_CpuOnly)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_S1_CpuOnly_NoRegret)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_S1_CloudOnly)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_S1_Oracle)->Unit(benchmark::kMillisecond);

// AutoScale, learning, on one phone that N streams share, each request every N x 30 ms.
void BM_Streams(benchmark::State& state) {
  const World& world = paper_world();
  CostEvaluator evaluator(world.table, world.environment);
  const auto policy = policy_named("autoscale", evaluator);
  policy->set_mode(Policy::Mode::kOnline);
  const auto count = static_cast<std::uint64_t>(state.range(0));
  constexpr std::uint64_t kInferences = 100'000;
  std::vector<RequestStream> streams;
  for (std::uint64_t i = 0; i < count; ++i) {
    RequestStream s;
    s.workload = static_cast<std::uint32_t>(i % world.table.workloads.size());
    s.arrivals.kind = ArrivalKind::kPeriodic;
    s.arrivals.period = Millis{30.0 * static_cast<double>(count)};
    s.arrivals.offset = Millis{30.0 * static_cast<double>(i)};
    s.arrivals.count = kInferences / count;
    s.first_request = i * kInferences;
    streams.push_back(std::move(s));
  }
  SimulatorOptions options;
  options.evaluator = &evaluator;
  options.concurrent = true;
  for (auto _ : state) {
    Simulator simulator(world.table, world.environment, *policy, options);
    benchmark::DoNotOptimize(simulator.run(streams));
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(kInferences) * state.iterations());
  state.counters["ns_per_inference"] = benchmark::Counter(
      static_cast<double>(kInferences) * 1e-9,
      benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}
BENCHMARK(BM_Streams)->Arg(1)->Arg(100)->Arg(10'000)->Unit(benchmark::kMillisecond);

// The parts of an inference, alone.
void decide(benchmark::State& state, Policy::Mode mode) {
  const World& world = paper_world();
  const CostEvaluator evaluator(world.table, world.environment);
  const auto policy = policy_named("autoscale", evaluator);
  train(world, *policy, 1, 0);
  policy->set_mode(mode);
  Observation now;
  for (std::size_t l = 0; l < kLinks; ++l) now.rssi[l] = Dbm{-55.0};
  Outcome outcome{.observation = &now,
                  .latency = Millis{20.0},
                  .energy = Millijoules{30.0},
                  .meets_accuracy = true};
  for (auto _ : state) {
    now.request++;
    outcome.target = policy->choose(now);
    if (mode == Policy::Mode::kOnline) {
      outcome.energy.value = 30.0 + static_cast<double>(now.request % 7);
      policy->learn(outcome);
    }
  }
  state.counters["policy_bytes"] = static_cast<double>(policy->footprint_bytes());
}
void BM_Part_Decide(benchmark::State& state) { decide(state, Policy::Mode::kFrozen); }
void BM_Part_DecideAndUpdate(benchmark::State& state) { decide(state, Policy::Mode::kOnline); }
BENCHMARK(BM_Part_Decide);
BENCHMARK(BM_Part_DecideAndUpdate);

void BM_Part_RequestRow(benchmark::State& state) {
  const World& world = paper_world();
  RequestLog log(world, 1);
  RequestObserver* rows = log.observer(0, 0);
  RequestRecord record{.arrival = SimTime{123'456'789},
                       .finish = SimTime{150'123'456},
                       .target = 7,
                       .ran_on = 7,
                       .plan = {},
                       .latency_ms = 26.666667,
                       .accuracy_percent = 70.9,
                       .by_component = {},
                       .oracle_energy_mj = 25.0625,
                       .expected_energy_mj = 27.125,
                       .reward = -0.0412345678};
  record.by_component[Component::kCpu] = 1.343802625;
  record.by_component[Component::kDsp] = 23.719361875;
  record.by_component[Component::kBase] = 2.0163;
  Observation seen;
  seen.cpu_ratio = 0.4321;
  seen.memory_ratio = 0.3;
  seen.rssi.fill(Dbm{-63.25});
  record.seen = &seen;
  for (auto _ : state) {
    ++record.request;
    record.arrival.ns += 26'666'667;
    record.finish.ns += 26'666'671;
    record.by_component[Component::kDsp] *= 1.0000001;
    record.energy_mj = record.by_component.total();
    rows->on_settled(record);
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_Part_RequestRow);

void BM_Part_ServiceNoise(benchmark::State& state) {
  std::uint64_t i = 0;
  for (auto _ : state) benchmark::DoNotOptimize(std::exp(0.05 * draw_normal({.seed = 1}, 3, i++)));
}
void BM_Part_Uniform(benchmark::State& state) {
  std::uint64_t i = 0;
  for (auto _ : state) benchmark::DoNotOptimize(draw_uniform({.seed = 1}, 3, i++));
}
void BM_Part_EventQueue(benchmark::State& state) {
  EventQueue queue;
  const auto pending = static_cast<std::uint32_t>(state.range(0));
  for (std::uint32_t i = 0; i < pending; ++i) queue.push(SimTime{i * 37}, Phase::kArrive, i, 0);
  for (auto _ : state) {
    const Event e = queue.pop();
    queue.push(SimTime{e.at.ns + 1000 + static_cast<std::int64_t>(e.request) * 13}, Phase::kArrive,
               e.request, 0);
  }
}
void BM_Part_PlanRun(benchmark::State& state) {
  const World& world = paper_world();
  const TargetCost& t = world.table.workloads[0].targets[0];
  Segment hint;
  for (auto _ : state)
    benchmark::DoNotOptimize(plan_run(t, 1.01, world.environment.load, SimTime{5}, hint));
}
void BM_Part_EvaluateAllTargets(benchmark::State& state) {
  const World& world = paper_world();
  const CostEvaluator evaluator(world.table, world.environment);
  for (auto _ : state) {
    for (TargetId t = 0; t < world.table.targets.size(); ++t) {
      benchmark::DoNotOptimize(evaluator.evaluate(0, t, evaluator.conditions()));
    }
  }
}
BENCHMARK(BM_Part_ServiceNoise);
BENCHMARK(BM_Part_Uniform);
BENCHMARK(BM_Part_EventQueue)->Arg(1)->Arg(16)->Arg(1000);
BENCHMARK(BM_Part_PlanRun);
BENCHMARK(BM_Part_EvaluateAllTargets);

}  // namespace
}  // namespace autoscale

int main(int argc, char** argv) {
  autoscale::keep_freed_memory();  // as the program does
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
