// One inference in several pieces: which layers run where, one piece after the other. A policy that cuts networks
// returns kPartitioned from choose(), and the plan from plan().
#pragma once

#include <cstdint>
#include <vector>

#include "sim/engine/target.h"

namespace autoscale {

// "Not one target but several": what choose() returns for a partition plan.
inline constexpr TargetId kPartitioned = 0xFFFE;

struct PlanSlice {
  TargetId target = kNoTarget;
  std::vector<int> layers;  // positions in Network::layers, in order of execution
};

// Each layer of the workload's network is in one slice, after those that it reads; neighbouring slices run on
// different targets; all but the last are the phone's.
struct PartitionPlan {
  std::uint32_t id = 0;  // of a policy's own numbering; another plan has another
  std::uint32_t workload = 0;
  std::vector<PlanSlice> slices;
};

}  // namespace autoscale
