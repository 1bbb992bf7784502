#include "sim/sweep/open_point.h"

#include <algorithm>
#include <cmath>

#include "sim/report/metrics.h"
#include "sim/report/summary.h"

namespace autoscale {

std::vector<RunNumber> add_replications(OpenPoint& open, std::uint32_t replications) {
  const std::vector<PolicySpec>& policies = open.world->scenario.policies;
  if (open.result.policies.empty()) {
    for (const PolicySpec& spec : policies)
      open.result.policies.push_back({spec.name, spec.policy, {}});
  }
  std::vector<RunNumber> numbers;
  const auto first = static_cast<std::uint32_t>(open.result.policies.front().runs.size());
  for (PolicyResult& policy : open.result.policies) policy.runs.resize(first + replications);
  for (std::uint32_t r = first; r < first + replications; ++r) {
    for (std::size_t p = 0; p < policies.size(); ++p) numbers.push_back({p, r});
  }
  open.running = numbers.size();
  return numbers;
}

std::uint32_t replications_wanted(const SweepSpec& sweep, const OpenPoint& open) {
  if (!sweep.stopping) return 0;
  const StoppingSpec& rule = *sweep.stopping;
  const auto done = static_cast<std::int64_t>(open.result.policies.front().runs.size());
  const std::int64_t left = rule.most_replications - done;
  if (left <= 0) return 0;
  const Summary summary = summarise(*open.world, open.result, open.world->scenario.seed,
                                    static_cast<std::uint32_t>(done), Groups::kOnlyAll);
  const bool narrow = std::ranges::all_of(summary.policies, [&](const PolicySummary& policy) {
    const MeanInterval& i = policy.all().metric(rule.metric).over_replications;
    return i.mean && i.ci95 && *i.ci95 <= rule.ci95_ratio * std::abs(*i.mean);
  });
  return narrow ? 0 : static_cast<std::uint32_t>(std::min(rule.step, left));
}

}  // namespace autoscale
