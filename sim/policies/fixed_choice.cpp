#include "sim/policies/fixed_choice.h"

#include <fmt/format.h>

#include "sim/policies/registry.h"

namespace autoscale {
namespace {

TargetId best_target(const PolicyContext& context, const WorkloadInfo& workload,
                     const TargetTest& candidates, const ProfileOrder& better) {
  TargetId best = kNoTarget;
  for (TargetId t = 0; t < context.targets.size(); ++t) {
    const ProfileEntry& entry = workload.profile[t];
    if (!entry.supported || !candidates(context.targets[t])) continue;
    if (best == kNoTarget || better(workload, entry, workload.profile[best])) best = t;
  }
  return best;
}

}  // namespace

bool better_by_profile(const WorkloadInfo& workload, const ProfileEntry& a, const ProfileEntry& b) {
  if (a.meets_accuracy != b.meets_accuracy) return a.meets_accuracy;
  const bool a_in_time = a.latency <= workload.qos;
  const bool b_in_time = b.latency <= workload.qos;
  if (a_in_time != b_in_time) return a_in_time;
  return a.energy < b.energy;
}

bool faster_by_profile(const WorkloadInfo&, const ProfileEntry& a, const ProfileEntry& b) {
  return a.latency < b.latency;
}

std::vector<TargetId> best_targets(const PolicyContext& context, const TargetTest& candidates,
                                   const ProfileOrder& better, std::string_view place) {
  std::vector<TargetId> best;
  std::string nowhere;
  for (const WorkloadInfo& workload : context.workloads) {
    best.push_back(best_target(context, workload, candidates, better));
    if (best.back() != kNoTarget) continue;
    nowhere += fmt::format("{}\"{}\"", nowhere.empty() ? "" : ", ", workload.network->name);
  }
  if (!nowhere.empty()) {
    throw PolicyError(fmt::format("nothing {} can run {}", place, nowhere),
                      "leave this policy out, or add the device");
  }
  return best;
}

}  // namespace autoscale
