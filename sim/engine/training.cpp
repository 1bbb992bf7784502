#include "sim/engine/training.h"

#include <algorithm>

#include "sim/engine/environments.h"
#include "sim/engine/simulator.h"

namespace autoscale {
namespace {

bool is_left_out(const World& world, std::uint32_t workload) {
  const auto& left_out = world.scenario.training->leave_out;
  return std::ranges::find(left_out, world.scenario.workload[workload].network) != left_out.end();
}

}  // namespace

TrainingReport train(const World& world, Policy& policy, std::uint64_t seed,
                     std::uint32_t replication) {
  TrainingReport report;
  if (!world.scenario.training) return report;
  const auto per_state = static_cast<std::uint64_t>(world.scenario.training->inferences_per_state);
  policy.set_mode(Policy::Mode::kTraining);
  SimulatorOptions options;
  options.key = {.seed = seed, .replication = replication, .training = true};
  options.sampling_period_ns =
      to_nanos(Millis{world.scenario.observation.sampling_period_ms}).count;

  std::vector<RequestStream> streams;
  for (std::uint32_t w = 0; w < world.table.workloads.size(); ++w) {
    if (is_left_out(world, w)) continue;
    RequestStream s;
    s.workload = w;
    s.arrivals =
        world.table.workloads[w].arrivals;  // its own cadence: the radio tail depends on it
    s.arrivals.count = per_state;
    if (s.arrivals.kind ==
        ArrivalKind::kTimes) {  // explicit instants say nothing about a longer run
      s.arrivals.kind = ArrivalKind::kClosedLoop;
      s.arrivals.times.clear();
    }
    streams.push_back(std::move(s));
  }
  std::uint64_t first = 0;
  // Of a scenario whose signals are random, each replication learns on a course of its own.
  std::vector<Environment> own;
  if (world.environment_varies &&
      world.scenario.training->environments == TrainingEnvironments::kScenario) {
    own.push_back(scenario_environment(world, options.key));
  }
  for (const Environment& environment : own.empty() ? world.training_environments() : own) {
    for (RequestStream& s : streams) {  // each network in each state is an experiment of its own
      s.first_request = first;
      Simulator simulator(world.table, environment, policy, options);
      simulator.run({&s, 1});
      policy.end_episode();
    }
    first += per_state;
    ++report.runtime_states;
    report.inferences += per_state * streams.size();
  }
  return report;
}

}  // namespace autoscale
