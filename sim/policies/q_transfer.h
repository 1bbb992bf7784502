// Starting a learner from a saved table: its own, or one learned on another device.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "sim/policies/q_file.h"

namespace autoscale {

// For each target, the saved target that is nearest in f/f_max among those of the same place (the
// slower one on ties), or kNoTarget where the saved device has no such place.
std::vector<TargetId> map_targets(std::span<const SavedTarget> from, std::span<const Target> to);

// Fills the learner's tables, as its config says (transfer or not). Throws PolicyError when the
// file does not fit. `file` is named in messages.
void restore(const SavedLearner& saved, QLearner& learner, const std::string& file);

}  // namespace autoscale
