// The training campaign before a judgement: AutoScale's protocol of N consecutive inferences per network
// and runtime state.
#pragma once

#include "sim/engine/policy.h"
#include "sim/engine/world.h"

namespace autoscale {

struct TrainingReport {
  std::uint64_t inferences = 0;
  std::uint64_t runtime_states = 0;
};

// Trains `policy` in world.training_environments(), on all networks but those left out; does nothing when the scenario has no training. Random numbers are the training's own. Leaves the policy in kTraining mode.
TrainingReport train(const World& world, Policy& policy, std::uint64_t seed,
                     std::uint32_t replication);

}  // namespace autoscale
