#include "sim/report/json_report.h"

#include "sim/config/json_access.h"
#include "sim/report/metrics.h"

namespace autoscale {
namespace {

void add_optional(Json& object, std::string_view key, std::optional<double> value) {
  Json& slot = add_member(object, key);  // null
  if (value) set(slot, *value);
}

Json& add_object(Json& object, std::string_view key) {
  Json& member = add_member(object, key);
  set_object(member);
  return member;
}

void add_shares(Json& object, std::string_view key, const Shares& shares) {
  Json& member = add_object(object, key);
  for (const auto& [name, share] : shares) set(add_member(member, name), share);
}

void add_group(Json& object, const GroupSummary& group) {
  Json& all = add_object(object, "metrics");
  for (std::size_t m = 0; m < group.metrics.size(); ++m) {
    const MeanInterval& interval = group.metrics[m].over_replications;
    Json& metric = add_object(all, metrics()[m].name);
    add_optional(metric, "mean", interval.mean);
    add_optional(metric, "ci95", interval.ci95);
    Json& values = add_member(metric, "by_replication");
    set_array(values);
    for (const std::optional<double>& value : group.metrics[m].by_replication) {
      Json& slot = append(values);  // null
      if (value) set(slot, *value);
    }
  }
  add_shares(object, "targets", group.targets);
  add_shares(object, "places", group.places);
}

void add_policy(Json& list, const PolicySummary& policy) {
  Json& object = append(list);
  set_object(object);
  set_text(add_member(object, "name"), policy.name);
  set_text(add_member(object, "policy"), policy.policy);
  add_group(object, policy.all());
  Json& networks = add_object(object, "networks");
  for (std::size_t g = 1; g < policy.groups.size(); ++g) {
    add_group(add_object(networks, policy.groups[g].network), policy.groups[g]);
  }
}

}  // namespace

std::string json_report(const Summary& summary) {
  JsonDocument document;
  Json& root = document.root();
  set_object(root);
  set_text(add_member(root, "scenario"), summary.scenario);
  set_text(add_member(root, "device"), summary.device);
  set(add_member(root, "seed"), summary.seed);
  set(add_member(root, "replications"), std::uint64_t{summary.replications});
  Json& numbers = add_member(root, "replication_numbers");
  set_array(numbers);
  for (const std::uint32_t number : summary.replication_numbers)
    set(append(numbers), std::uint64_t{number});
  Json& policies = add_member(root, "policies");
  set_array(policies);
  for (const PolicySummary& policy : summary.policies) add_policy(policies, policy);
  return dump(root) + '\n';
}

}  // namespace autoscale
