// What a moving world costs: nanoseconds of host time per inference while a co-runner's load changes every 10 ms and
// the Wi-Fi every 100 ms, beside the same phone in a world at rest.
#include <memory>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "sim/config/load_scenario.h"
#include "sim/engine/cost_evaluator.h"
#include "sim/engine/simulator.h"
#include "sim/experiment/experiment.h"
#include "sim/experiment/load_world.h"
#include "sim/policies/registry.h"

namespace autoscale {
namespace {

std::unique_ptr<const World> world_of(std::vector<std::string> overrides) {
  const DataPath data(AUTOSCALE_SOURCE_DIR);
  return load_world(load_scenario(AUTOSCALE_SOURCE_DIR "/scenarios/paper/s2.json", overrides, data),
                    data);
}

// Both worlds have a co-runner, whose energy is metered.
const World& still_world() {
  static const auto world = world_of({});
  return *world;
}
const World& moving_world() {
  static const auto world = world_of(
      {R"(/co_runner={"trace": "web_browser"})",
       R"(/links/wifi/signal={"gaussian": {"mean_dbm": -70, "sd_db": 8, "step_ms": 100}})"});
  return *world;
}

void simulate(benchmark::State& state, const World& world, bool regret, double think_ms) {
  CostEvaluator evaluator(world.table, world.environment);
  Diagnostics problems;
  const auto policy = make_policy({.name = "autoscale", .policy = "autoscale"}, "{}",
                                  policy_context(world, 1, 0, &evaluator), "", problems);
  problems.throw_if_any();
  policy->set_mode(Policy::Mode::kOnline);
  constexpr std::uint64_t kPerNetwork = 10'000;
  std::vector<RequestStream> streams;
  for (std::uint32_t w = 0; w < world.table.workloads.size(); ++w) {
    streams.push_back({.workload = w, .arrivals = world.table.workloads[w].arrivals});
    streams.back().arrivals.count = kPerNetwork;
    streams.back().arrivals.think = Millis{think_ms};
  }
  SimulatorOptions options;
  if (regret) options.evaluator = &evaluator;
  for (auto _ : state) {
    Simulator simulator(world.table, world.environment, *policy, options);
    benchmark::DoNotOptimize(simulator.run(streams));
  }
  state.counters["ns_per_inference"] = benchmark::Counter(
      static_cast<double>(kPerNetwork * streams.size()) * 1e-9,
      benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

void BM_Still(benchmark::State& s) { simulate(s, still_world(), false, 0.0); }
void BM_Moving(benchmark::State& s) { simulate(s, moving_world(), false, 0.0); }
void BM_Still_Regret(benchmark::State& s) { simulate(s, still_world(), true, 0.0); }
void BM_Moving_Regret(benchmark::State& s) { simulate(s, moving_world(), true, 0.0); }
void BM_Still_Pause1s(benchmark::State& s) { simulate(s, still_world(), false, 1000.0); }
void BM_Moving_Pause1s(benchmark::State& s) { simulate(s, moving_world(), false, 1000.0); }
BENCHMARK(BM_Still)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_Moving)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_Still_Regret)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_Moving_Regret)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_Still_Pause1s)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_Moving_Pause1s)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace autoscale
