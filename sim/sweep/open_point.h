// A point that is being simulated.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "sim/experiment/experiment.h"
#include "sim/sweep/plan.h"

namespace autoscale {

// One run of one policy, in the order in which they are counted.
struct RunNumber {
  std::size_t policy = 0;
  std::uint32_t replication = 0;
};

struct OpenPoint {
  std::uint64_t position = 0;  // among the points of the shard
  Point point;
  std::unique_ptr<const World> world;
  ExperimentOptions options;
  ExperimentResult result;
  std::size_t running = 0;  // runs that have not ended
  double simulated_seconds = 0.0;
  std::string error;  // of the first that failed
};

// Readies the point for `replications` more of each policy and returns their numbers.
[[nodiscard]] std::vector<RunNumber> add_replications(OpenPoint& open, std::uint32_t replications);

// How many replications a finished point still needs by SweepSpec::stopping; 0: it is done.
[[nodiscard]] std::uint32_t replications_wanted(const SweepSpec& sweep, const OpenPoint& open);

}  // namespace autoscale
