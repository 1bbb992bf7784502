// The environments of a scenario: the one it is judged in, the nominal one its offline profile is taken
// in, and those a learner is trained in.
#pragma once

#include <vector>

#include "sim/engine/environment.h"
#include "sim/engine/world.h"

namespace autoscale {

// As the scenario says. The key (seed, replication, training or not) is of generated signals and random
// offsets; without those it has no influence.
Environment scenario_environment(const World& world, const StreamKey& key);
// Whether it has.
bool environment_varies(const Scenario& scenario);

// No co-runner, every link at the first (regular) level of the training grid.
Environment nominal_environment(const World& world);

// `grid`: every combination of the training levels, one constant environment each (4 x 4 x 2 x 2 = 64 runtime
// states in the paper's protocol); `scenario`: the scenario's own environment.
std::vector<Environment> training_environments(const World& world);

}  // namespace autoscale
