#include "sim/report/decision_report.h"

#include <fmt/format.h>

#include "sim/base/check.h"
#include "sim/policies/registry.h"

namespace autoscale {

std::string verdict(const Cost& cost) {
  if (!cost.supported) return "not supported";
  if (cost.violates_accuracy && cost.violates_qos) return "too inaccurate, misses QoS";
  if (cost.violates_accuracy) return "too inaccurate";
  return cost.violates_qos ? "misses QoS" : "feasible";
}

std::string choice_reason(const World& world, const DecisionOwner& owner,
                          const Decision& decision) {
  if (decision.explanation) return decision.explanation->reason;
  const PolicyEntry* entry = find_policy(world.scenario.policies[owner.policy].policy);
  AUTOSCALE_CHECK(entry != nullptr, "a policy that ran is registered");
  const char* kind = "fixed rule";
  if (entry->is_oracle()) kind = "oracle";
  if (entry->is_learner()) kind = "learned";
  return fmt::format("{}: {}", kind, entry->doc);
}

}  // namespace autoscale
