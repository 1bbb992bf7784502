// What `sweep --dry-run` prints: how many points and runs, and what varies.
#pragma once

#include <string>

#include "sim/sweep/validation.h"

namespace autoscale {

[[nodiscard]] std::string sweep_outline(const SweepPlan& plan, Shard shard, const Validation& seen);

}  // namespace autoscale
