// Everything that is wrong with the points of a sweep, before the first of them runs.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>

#include "sim/sweep/sources.h"

namespace autoscale {

struct Validation {
  std::uint64_t points = 0;
  std::uint64_t runs = 0;  // points times policies times replications, the least with stopping
};

// Builds the world of every point of the shard, `jobs` at a time. The same problem of many points is
// reported once, with how many they are and the first; after 100 different ones it gives up. Stopped, it
// returns what it has seen. `on_progress` is told, from any thread, how many points are done.
[[nodiscard]] Validation validate_points(const SweepPlan& plan, Shard shard, SweepSources& sources,
                                         unsigned jobs, const std::atomic<bool>& stop,
                                         const std::function<void(std::uint64_t)>& on_progress,
                                         Diagnostics& diagnostics);

}  // namespace autoscale
