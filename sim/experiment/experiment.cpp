#include "sim/experiment/experiment.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>

#include <fmt/format.h>

#include "sim/base/check.h"
#include "sim/engine/cost_evaluator.h"
#include "sim/engine/environments.h"
#include "sim/engine/simulator.h"
#include "sim/experiment/prediction_meter.h"
#include "sim/experiment/stoppable_policy.h"
#include "sim/policies/registry.h"

namespace autoscale {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

std::unique_ptr<Policy> make_checked(const World& world, const PolicySpec& spec,
                                     const std::string& file, const PolicyContext& context) {
  Diagnostics problems;
  auto policy = make_policy(spec, world.scenario.policy_config_json, context, file, problems);
  problems.throw_if_any();
  return policy;
}

// What only a learner can be asked for.
void check_learning(const std::vector<PolicySpec>& policies, const std::string& file,
                    Diagnostics& problems) {
  for (const PolicySpec& spec : policies) {
    const PolicyEntry* entry = find_policy(spec.policy);
    if (entry == nullptr || entry->is_learner()) continue;
    const auto refuse = [&](const char* key) {
      problems.add({file, spec.pointer + key,
                    fmt::format("policy \"{}\" learns nothing", spec.policy), "leave it out"});
    };
    if (!spec.trained) refuse("/trained");
    if (spec.evaluation) refuse("/evaluation");
  }
}

struct PolicyTimes {
  double decision_ns = 0.0;  // of choose(), frozen
  double update_ns =
      0.0;  // of learn(), and of what it leaves to the next choose(); 0: nothing is learned
};

// Mean times over many calls, of a slow policy over fewer, on one observation per workload. Afterwards the policy has learned nonsense.
PolicyTimes measure_times(const World& world, Policy& policy, bool learns) {
  constexpr int kCalls = 2000;
  constexpr int kLeastCalls = 100;
  constexpr double kLongestSeconds = 0.1;
  std::vector<Observation> observations(world.table.workloads.size());
  for (std::uint32_t w = 0; w < observations.size(); ++w) {
    Observation& o = observations[w];
    o.workload = w;
    o.cpu_ratio = world.environment.load.value(0).load.cpu_ratio;
    o.memory_ratio = world.environment.load.value(0).load.memory_ratio;
    for (std::size_t l = 0; l < kLinks; ++l) {
      if (!world.environment.links[l].empty())
        o.rssi[l] = Dbm{world.environment.links[l].value(0).rssi_dbm};
    }
    o.cloud_link = world.environment.cloud_link.value(0);
  }
  std::uint64_t sum = 0;
  const auto mean_ns = [&](bool learn) {
    const auto start = Clock::now();
    int calls = 0;
    for (; calls < kCalls; ++calls) {
      const int i = calls;
      if (i >= kLeastCalls && i % kLeastCalls == 0 && seconds_since(start) > kLongestSeconds) break;
      Observation& o = observations[static_cast<std::size_t>(i) % observations.size()];
      o.request = static_cast<std::uint64_t>(i);
      const TargetId t = policy.choose(o);
      sum += t;
      if (!learn) continue;
      const ProfileEntry& expected = world.profile[o.workload][t];
      policy.learn({&o, t, false, expected.latency, expected.energy * (1.0 + 0.01 * (i % 7)),
                    expected.accuracy_percent, expected.meets_accuracy});
    }
    return seconds_since(start) * 1e9 / calls;
  };
  PolicyTimes times;
  policy.set_mode(Policy::Mode::kFrozen);
  times.decision_ns = mean_ns(false);
  if (learns) {
    policy.set_mode(Policy::Mode::kOnline);
    times.update_ns = std::max(0.0, mean_ns(true) - times.decision_ns);
  }
  AUTOSCALE_CHECK(sum < std::uint64_t{2} * kCalls * kNoTarget, "a policy chose no target");
  return times;
}

std::vector<RequestStream> request_streams(const World& world) {
  std::vector<RequestStream> streams;
  for (std::uint32_t w = 0; w < world.table.workloads.size(); ++w) {
    streams.push_back({.workload = w, .arrivals = world.table.workloads[w].arrivals});
  }
  return streams;
}

// Runs the scenario. `heard` is `policy`, or what stands before it.
RunResult judge(const World& world, const Environment& environment, const Policy& policy,
                Policy& heard, const CostEvaluator& truth, const SimulatorOptions& options) {
  const auto* predictor = dynamic_cast<const Predictor*>(&policy);
  if (predictor == nullptr)
    return Simulator(world.table, environment, heard, options).run(request_streams(world));
  PredictionMeter meter(heard, *predictor, truth, world.table.workloads.size());
  RunResult result =
      Simulator(world.table, environment, meter, options).run(request_streams(world));
  for (std::size_t w = 0; w < result.workloads.size(); ++w)
    result.workloads[w].prediction = meter.errors()[w];
  return result;
}

}  // namespace

PolicyContext policy_context(const World& world, std::uint64_t seed, std::uint32_t replication,
                             const CostEvaluator* evaluator) {
  PolicyContext context;
  context.targets = world.table.targets;
  context.workloads = world.workloads;
  for (std::size_t l = 0; l < kLinks; ++l) context.has_link[l] = world.table.radios[l].present;
  context.table = &world.table;
  for (std::size_t l = 0; l < kLinks; ++l) {
    if (world.inputs.radios[l]) context.radios[l] = &*world.inputs.radios[l];
  }
  context.rng = {.seed = seed, .replication = replication, .stream = Stream::kPolicy};
  context.evaluator = evaluator;
  return context;
}

void check_policies(const World& world, const std::string& file, Diagnostics& problems) {
  const std::size_t before = problems.list().size();
  check_policies(world.scenario.policies, world.scenario.policy_config_json, file, problems);
  check_learning(world.scenario.policies, file, problems);
  if (problems.list().size() != before) return;
  const CostEvaluator evaluator(world.table, world.environment);
  for (const PolicySpec& spec : world.scenario.policies) {
    static_cast<void>(make_policy(spec, world.scenario.policy_config_json,
                                  policy_context(world, world.scenario.seed, 0, &evaluator), file,
                                  problems));
  }
}

PolicyRun run_policy(const World& world, const std::string& file, const ExperimentOptions& options,
                     std::size_t p, std::uint32_t replication) {
  check_context() = {world.scenario.name.c_str(), options.seed, replication, 0};
  const auto start = Clock::now();
  std::optional<Environment> own;
  if (world.environment_varies)
    own = scenario_environment(world, {.seed = options.seed, .replication = replication});
  const Environment& environment = own ? *own : world.environment;
  CostEvaluator evaluator(world.table, environment);
  const PolicySpec& spec = world.scenario.policies[p];
  const auto policy =
      make_checked(world, spec, file, policy_context(world, options.seed, replication, &evaluator));
  StoppablePolicy trained(*policy, options.stop);
  PolicyRun run;
  run.replication = replication;
  if (spec.trained && policy->needs_training())
    run.training = train(world, trained, options.seed, replication);
  policy->set_mode(spec.evaluation.value_or(options.evaluation) == Evaluation::kFrozen
                       ? Policy::Mode::kFrozen
                       : Policy::Mode::kOnline);

  SimulatorOptions simulator_options;
  simulator_options.key = {.seed = options.seed, .replication = replication};
  simulator_options.concurrent = world.scenario.workload_order == WorkloadOrder::kConcurrent;
  simulator_options.sampling_period_ns =
      to_nanos(Millis{world.scenario.observation.sampling_period_ms}).count;
  simulator_options.layer_events = options.layer_events;
  simulator_options.evaluator = &evaluator;
  if (options.observer) simulator_options.observer = options.observer(p, replication);
  if (options.timeline) simulator_options.timeline = options.timeline(p, replication, *policy);
  Policy& heard = options.probe ? *options.probe(*policy, evaluator) : *policy;
  StoppablePolicy judged(heard, options.stop);
  run.result = judge(world, environment, *policy, judged, evaluator, simulator_options);
  run.result.close();
  policy->end_episode();
  run.policy_bytes = policy->footprint_bytes();
  run.wall_seconds = seconds_since(start);
  if (options.measure_times && replication == 0) {
    const PolicyTimes times =
        measure_times(world, *policy, find_policy(spec.policy)->kind == PolicyKind::kLearner);
    run.decision_ns = times.decision_ns;
    run.update_ns = times.update_ns;
  }
  run.done = true;
  return run;
}

ExperimentResult run_experiment(const World& world, const std::string& file,
                                const ExperimentOptions& options) {
  Diagnostics problems;
  check_policies(world, file, problems);
  problems.throw_if_any();

  const auto start = Clock::now();
  const std::size_t policies = world.scenario.policies.size();
  const std::size_t total = policies * options.replications;
  ExperimentResult result;
  for (const PolicySpec& spec : world.scenario.policies) {
    result.policies.push_back(
        {spec.name, spec.policy, std::vector<PolicyRun>(options.replications)});
  }

  std::atomic<std::size_t> next{0};
  std::mutex progress;
  std::size_t done = 0;
  std::exception_ptr failure;
  const auto work = [&] {
    while (options.stop == nullptr || !options.stop->load()) {
      const std::size_t i = next.fetch_add(1);
      if (i >= total) return;
      const std::size_t p = i % policies;
      const auto replication = static_cast<std::uint32_t>(i / policies);
      try {
        result.policies[p].runs[replication] = run_policy(world, file, options, p, replication);
      } catch (const RunStopped&) {
        return;
      } catch (...) {
        const std::scoped_lock lock(progress);
        if (!failure) failure = std::current_exception();
        next = total;
        return;
      }
      const std::scoped_lock lock(progress);
      ++done;
      if (options.on_progress) options.on_progress(done, total);
    }
  };
  {
    std::vector<std::jthread> threads;
    const std::size_t jobs =
        std::clamp<std::size_t>(options.jobs, 1, std::max<std::size_t>(total, 1));
    for (std::size_t j = 1; j < jobs; ++j) threads.emplace_back(work);
    work();
  }
  if (failure) std::rethrow_exception(failure);
  result.wall_seconds = seconds_since(start);
  return result;
}

std::vector<std::uint32_t> keep_finished_replications(ExperimentResult& result) {
  std::vector<std::uint32_t> kept;
  if (result.policies.empty()) return kept;
  for (std::size_t r = 0; r < result.policies.front().runs.size(); ++r) {
    const auto finished = [r](const PolicyResult& policy) { return policy.runs[r].done; };
    if (std::ranges::all_of(result.policies, finished)) {
      kept.push_back(result.policies.front().runs[r].replication);
    }
  }
  for (PolicyResult& policy : result.policies) {
    std::erase_if(policy.runs, [&](const PolicyRun& run) {
      return !run.done || !std::ranges::binary_search(kept, run.replication);
    });
  }
  return kept;
}

}  // namespace autoscale
