#include "sim/config/load_scenario.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "sim/config/json_file.h"
#include "sim/config/overrides.h"
#include "sim/config/reader.h"
#include "sim/config/scenario_fields.h"
#include "sim/config/writer.h"

namespace autoscale {
namespace {

// A default would hide what the author of several workloads has to decide.
void check_workload_order(const Json& document, const Place& place) {
  if (!is_object(document) || find_member(document, "workload_order") != nullptr) return;
  const Json* workload = find_member(document, "workload");
  if (workload == nullptr || !is_array(*workload) || size_of(*workload) < 2) return;
  place.child("workload_order").error("is required when there are several workloads");
}

void name_policies(Scenario& scenario, const Place& place) {
  if (scenario.policies.size() > kMostPolicies) return;  // reported; names are compared in pairs
  for (std::size_t i = 0; i < scenario.policies.size(); ++i) {
    PolicySpec& policy = scenario.policies[i];
    const Place at = place.child("policies").child(i);
    policy.pointer = at.pointer;
    policy.config_file = place.file;
    policy.config_pointer = at.pointer + "/config";
    if (policy.name.empty()) policy.name = policy.policy;
    const auto first = std::ranges::find(scenario.policies, policy.name, &PolicySpec::name);
    const auto index = static_cast<std::size_t>(first - scenario.policies.begin());
    if (index == i || policy.name.empty()) continue;
    at.error(fmt::format("\"{}\" is the name of /policies/{} as well", policy.name, index),
             "give it a \"name\" of its own");
  }
}

// Replaces a config that is the name of a file by what the file holds.
void load_policy_config(PolicySpec& policy, const DataPath& data, const Place& place) {
  JsonDocument config;
  set_parsed(config.root(), policy.config_json);
  if (!is_string(config.root())) return;
  Place named_at = place;
  named_at.pointer = policy.config_pointer;
  policy.config_json = "{}";
  const auto path = data.resolve(DataKind::kPolicyConfig, text_of(config.root()), named_at);
  if (!path) return;
  std::optional<JsonDocument> loaded = load_json_file(*path, *place.diagnostics);
  const Place in_file{path->string(), "", place.diagnostics};
  if (!loaded || !expect_object(loaded->root(), in_file)) return;
  if (const Json* schema = find_member(loaded->root(), kSchemaKey)) {
    std::string ignored;  // the file's, not the policy's: `check` prints the rest in a scenario
    read_string(*schema, ignored, {}, in_file.child(kSchemaKey));
    remove_member(loaded->root(), kSchemaKey);
  }
  policy.config_json = dump(loaded->root(), -1);
  policy.config_file = path->string();
  policy.config_pointer = "";
}

void fill_in(Scenario& scenario, const DataPath& data, const Place& place) {
  scenario.file = place.file;
  name_policies(scenario, place);
  for (PolicySpec& policy : scenario.policies) load_policy_config(policy, data, place);
  if (!scenario.co_runner.constant && scenario.co_runner.steps.empty() &&
      !scenario.co_runner.trace) {
    scenario.co_runner.constant = CoRunnerLevel{};
  }
  for (WorkloadSpec& workload : scenario.workload) {
    const auto* times = std::get_if<ArrivalTimes>(&workload.arrivals);
    if (times != nullptr && workload.inferences == 0) {
      workload.inferences = static_cast<std::int64_t>(times->at_ms.size());
    }
  }
}

}  // namespace

std::optional<Scenario> load_scenario(const std::filesystem::path& file,
                                      std::span<const std::string> overrides, const DataPath& data,
                                      Diagnostics& diagnostics, Scenario* so_far) {
  const std::size_t errors_before = diagnostics.list().size();
  std::optional<JsonDocument> document = load_json_file(file, diagnostics);
  if (!document) return std::nullopt;
  const auto applied = apply_overrides(document->root(), overrides, diagnostics);

  Diagnostics found;
  std::optional<Scenario> scenario =
      read_scenario(document->root(), file.string(), data, found, so_far);
  blame_overrides(found, applied, diagnostics);
  if (diagnostics.list().size() == errors_before) return scenario;
  if (scenario && so_far != nullptr) *so_far = std::move(*scenario);  // an override is wrong
  return std::nullopt;
}

std::optional<Scenario> read_scenario(const Json& document, const std::string& file,
                                      const DataPath& data, Diagnostics& diagnostics,
                                      Scenario* so_far) {
  const std::size_t errors_before = diagnostics.list().size();
  const Place place{file, "", &diagnostics};
  Scenario scenario;
  read_json(document, scenario, place);
  check_workload_order(document, place);
  fill_in(scenario, data, place);
  if (diagnostics.list().size() == errors_before) return scenario;
  const bool too_long =  // refused as a whole
      scenario.policies.size() > kMostPolicies || scenario.workload.size() > kMostWorkloads;
  if (so_far != nullptr && !too_long) *so_far = std::move(scenario);
  return std::nullopt;
}

Scenario load_scenario(const std::filesystem::path& file, std::span<const std::string> overrides,
                       const DataPath& data) {
  Diagnostics diagnostics;
  std::optional<Scenario> scenario = load_scenario(file, overrides, data, diagnostics);
  diagnostics.throw_if_any();
  return std::move(*scenario);
}

std::string effective_json(const Scenario& scenario) { return json_text(scenario) + "\n"; }

}  // namespace autoscale
