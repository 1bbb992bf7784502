// Nanoseconds of host time per simulated inference, on the world of scenarios/paper/s1.json.
#include <memory>

#include <benchmark/benchmark.h>

#include "sim/config/load_scenario.h"
#include "sim/engine/cost_evaluator.h"
#include "sim/engine/simulator.h"
#include "sim/experiment/experiment.h"
#include "sim/experiment/load_world.h"
#include "sim/policies/registry.h"

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

// One closed-loop stream per network, `per_network` inferences each.
void simulate(benchmark::State& state, const char* policy_name, Policy::Mode mode, bool regret) {
  const World& world = paper_world();
  CostEvaluator evaluator(world.table, world.environment);
  Diagnostics problems;
  const auto policy = make_policy({.name = policy_name, .policy = policy_name}, "{}",
                                  policy_context(world, 1, 0, &evaluator), "", problems);
  problems.throw_if_any();
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

// The parts of an inference, alone.
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
  std::size_t hint = 0;
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

BENCHMARK_MAIN();
