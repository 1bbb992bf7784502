// A partition plan as costs: what the event loop, the cost evaluator and the policies that make plans reckon with.
#pragma once

#include <string>
#include <vector>

#include "sim/engine/cost_table.h"
#include "sim/engine/partition_plan.h"

namespace autoscale {

struct SliceCosts {
  TargetId target = kNoTarget;
  std::vector<int> positions;  // of its layers, in the execution order of the whole network
  LayerCosts layers;           // of these alone, with a dispatch of their own
  // What it costs to run, at each throttling level of the phone; `layers` of these points to the above.
  std::vector<TargetCost> by_level;
  double handover_ms = 0.0;  // host CPU work before it: tensors from other processors of the phone
};

// Does not move: its TargetCosts point into it.
struct PlanCosts {
  std::string name;  // "gpu/fp16:12+cloud:gpu/fp32:53": places and numbers of layers
  std::vector<SliceCosts> slices;
  double uplink_kbit = 0.0;       // to a remote last slice; 0: there is none
  double accuracy_percent = 0.0;  // the least of its slices' precisions
  bool meets_accuracy = false;

  PlanCosts() = default;
  PlanCosts(const PlanCosts&) = delete;
  PlanCosts& operator=(const PlanCosts&) = delete;

  [[nodiscard]] bool is_remote() const { return !slices.back().by_level.front().local; }
};

// Host CPU time to hand tensors over from one processor of the phone to another, in ms, without co-runners:
// what it takes to wake each accelerator that takes part, and to read the bytes in the one precision and write them in
// the other (policies.md section 2.1).
[[nodiscard]] double handover_ms(const PhoneCost& phone, const Target& from, const Target& to,
                                 double bytes_from, double bytes_to);

// Fills `out`, which is new. A plan that breaks the rules of PartitionPlan, or names a target that does not support
// the network, is a policy's bug and ends the program.
void make_plan_costs(const CostTable& table, const PartitionPlan& plan, PlanCosts& out);

}  // namespace autoscale
