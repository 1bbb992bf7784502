#include "sim/experiment/policy_selection.h"

#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "sim/policies/registry.h"

namespace autoscale {
namespace {

void report_unknown_policy(const Scenario& scenario, const std::string& name, const Place& place) {
  std::vector<std::string> known;
  for (const PolicySpec& spec : scenario.policies) known.push_back(spec.name);
  for (const PolicyEntry& entry : registered_policies()) {
    if (std::ranges::find(known, entry.name) == known.end()) known.push_back(entry.name);
  }
  place.error(fmt::format("\"{}\" is neither in scenario '{}' nor a registered policy", name,
                          scenario.name),
              suggestion(name, known, "policies"));
}

}  // namespace

void select_policies(Scenario& scenario, std::span<const std::string> names,
                     const std::function<Place(std::size_t)>& place_of) {
  std::vector<PolicySpec> selected;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string& name = names[i];
    if (std::ranges::find(selected, name, &PolicySpec::name) != selected.end()) continue;
    const auto in_scenario = std::ranges::find(scenario.policies, name, &PolicySpec::name);
    if (in_scenario != scenario.policies.end()) {
      selected.push_back(*in_scenario);
    } else if (find_policy(name) != nullptr) {
      PolicySpec spec;
      spec.name = name;
      spec.policy = name;
      spec.config_file = scenario.file;
      selected.push_back(std::move(spec));
    } else {
      report_unknown_policy(scenario, name, place_of(i));
    }
  }
  scenario.policies = std::move(selected);
}

}  // namespace autoscale
