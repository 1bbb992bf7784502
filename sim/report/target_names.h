// What a target is called in results: its name, or that of a partition plan.
#pragma once

#include <string_view>

#include "sim/engine/partition_plan.h"
#include "sim/engine/world.h"

namespace autoscale {

// Of the shares of partition plans together.
inline constexpr std::string_view kPartitionedName = "partitioned";

// `plan` is the name of the plan of a request that was partitioned.
inline std::string_view target_name(const World& world, TargetId target, std::string_view plan) {
  if (target == kPartitioned) return plan;
  return world.table.targets[target].name;
}

}  // namespace autoscale
