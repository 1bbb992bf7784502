// Runs a scenario: every (policy, replication) on the same world, in parallel, each result at its own
// place, so that the number of threads never changes a byte.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "sim/base/diagnostics.h"
#include "sim/engine/run_result.h"
#include "sim/engine/timeline_sink.h"
#include "sim/engine/training.h"
#include "sim/engine/world.h"

namespace autoscale {

struct ExperimentOptions {
  std::uint64_t seed = 1;
  std::uint32_t replications = 1;
  unsigned jobs = 1;
  Evaluation evaluation = Evaluation::kFrozen;  // of policies that do not say their own
  bool layer_events = false;
  bool measure_times = true;  // of choose() and learn(), once per policy
  // Called from worker threads as runs end: (runs done, runs in all).
  std::function<void(std::size_t, std::size_t)> on_progress;
  // One observer per (policy, replication), or nullptr; called before the run, from a worker thread. The
  // observer must outlive the run.
  std::function<RequestObserver*(std::size_t policy, std::uint32_t replication)> observer;
  // Hears what a timeline shows of the run of (policy, replication), or nullptr. Must outlive the run.
  std::function<TimelineSink*(std::size_t policy, std::uint32_t replication, const Policy& judged)>
      timeline;
  // Stands between the simulator and each policy while it is judged, hears the same and answers for it.
  // `truth` is at the conditions of the moment whenever choose() is called. Must outlive the run.
  std::function<Policy*(Policy& judged, const CostEvaluator& truth)> probe;
  // When it becomes true, runs in progress are given up and no further ones begin.
  const std::atomic<bool>* stop = nullptr;
};

struct PolicyRun {
  bool done = false;  // not when the experiment was stopped before its end
  std::uint32_t replication = 0;
  RunResult result;
  TrainingReport training;
  std::size_t policy_bytes = 0;
  // Wall-clock times of this machine; they belong in timing.json, never in results.
  double wall_seconds = 0.0;
  double decision_ns = 0.0;  // mean of choose(), frozen
  double update_ns = 0.0;    // mean of learn() and what it leaves to the next choose()
};

struct PolicyResult {
  std::string name;             // as in the scenario
  std::string policy;           // registered name
  std::vector<PolicyRun> runs;  // by replication, ascending
};

struct ExperimentResult {
  std::vector<PolicyResult> policies;
  double wall_seconds = 0.0;
};

// What a policy of this world is built with. `evaluator` is the truth; only oracles are handed it.
PolicyContext policy_context(const World& world, std::uint64_t seed, std::uint32_t replication,
                             const CostEvaluator* evaluator);

// Checks every policy's configuration against the scenario; adds all problems found.
void check_policies(const World& world, const std::string& file, Diagnostics& problems);

// One policy of the scenario, one replication: trains it as the scenario says, then judges it. What
// run_experiment does for each. Throws InputError when the policy cannot be built.
PolicyRun run_policy(const World& world, const std::string& file, const ExperimentOptions& options,
                     std::size_t policy, std::uint32_t replication);

// Throws InputError when check_policies finds something. Stopped, it returns what was done.
ExperimentResult run_experiment(const World& world, const std::string& file,
                                const ExperimentOptions& options);

// Leaves out the replications that some policy has not finished, so that policies stay comparable,
// and returns those that are left, ascending.
std::vector<std::uint32_t> keep_finished_replications(ExperimentResult& result);

}  // namespace autoscale
