#include "sim/report/decision_report.h"

#include <fmt/format.h>

#include "sim/base/check.h"
#include "sim/policies/registry.h"

namespace autoscale {

Evaluation evaluation_of(const World& world, const DecisionOwner& owner) {
  return world.scenario.policies[owner.policy].evaluation.value_or(owner.evaluation);
}

bool several_cloud_links(const World& world) {
  const auto present = [&](LinkId link) {
    return world.table.radios[static_cast<std::size_t>(link)].present;
  };
  return present(LinkId::kWifi) && present(LinkId::kLte);
}

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
