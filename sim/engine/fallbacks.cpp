#include "sim/engine/fallbacks.h"

#include <fmt/format.h>

#include "sim/engine/cost_evaluator.h"
#include "sim/engine/environments.h"

namespace autoscale {
namespace {

bool is_fallback(const Target& t, Fallback fallback) {
  if (t.site != Site::kPhone) return false;
  return fallback == Fallback::kEdgeBest ||
         (t.processor == ProcessorKind::kCpu && t.precision == Precision::kFp32 &&
          t.step + 1 == t.steps);
}

}  // namespace

void fill_fallbacks(World& world, const std::string& file, Diagnostics& problems) {
  const OffloadSpec& offload = world.scenario.offload;
  if (!offload.timeout_ms || offload.fallback == Fallback::kDrop) return;
  const Environment nominal = nominal_environment(world);
  const CostEvaluator evaluator(world.table, nominal);
  for (std::uint32_t w = 0; w < world.table.workloads.size(); ++w) {
    const auto costs = evaluator.costs(w);
    TargetId best = kNoTarget;
    for (std::size_t t = 0; t < costs.size(); ++t) {
      if (!costs[t].supported || !is_fallback(world.table.targets[t], offload.fallback)) continue;
      if (best == kNoTarget || costs[t].better_than(costs[best])) best = static_cast<TargetId>(t);
    }
    if (best == kNoTarget) {
      problems.add({file, fmt::format("/workload/{}/network", w),
                    "the phone has no target to fall back on", "set /offload/fallback to drop"});
    }
    world.table.workloads[w].fallback = best;
  }
}

}  // namespace autoscale
