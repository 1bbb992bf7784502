// Runs the points of a sweep, several at a time: every point's world is built once, its (policy, replication)
// pairs are shared out over the threads, and what it adds to the tables goes to the journal when it is done,
// together with others where points are short. Rows depend on the point alone, never on threads, shards or interruptions.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>

#include "sim/sweep/journal.h"
#include "sim/sweep/plan.h"
#include "sim/sweep/sources.h"

namespace autoscale {

struct SweepRunOptions {
  Shard shard;
  unsigned jobs = 1;
  const std::atomic<bool>* stop = nullptr;  // when it becomes true, runs in progress are given up
  // Told how many points are finished, from any thread, one at a time.
  std::function<void(std::uint64_t finished)> on_progress;
};

struct SweepTimes {
  double wall_seconds = 0.0;
  double simulating_seconds = 0.0;  // in run_policy, all threads together
  double preparing_seconds = 0.0;   // building worlds
  double writing_seconds = 0.0;     // making rows and keeping them
  std::uint64_t runs = 0;
};

// All points of the shard that the journal lacks. A point that fails is recorded with its error. Throws
// InputError when the journal cannot be written.
SweepTimes run_points(const SweepPlan& plan, SweepSources& sources, Journal& journal,
                      const SweepRunOptions& options);

}  // namespace autoscale
