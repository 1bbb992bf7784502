#include "sim/cli/schema_documents.h"

#include <array>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "sim/config/gate_spec.h"
#include "sim/config/schemas.h"
#include "sim/config/sweep_spec.h"
#include "sim/policies/registry.h"
#include "sim/traces/trace_schema.h"

namespace autoscale {
namespace {

std::string definition(const std::string& policy) { return "policy_" + policy; }

Json reference_to(const std::string& definition, const std::string& below = "") {
  return Json{{"$ref", fmt::format("#/$defs/{}{}", definition, below)}};
}

// What is no part of the document when the schema stands inside another one.
Json embedded(Json schema) {
  schema.erase("$schema");
  schema["properties"].erase(std::string(kSchemaKey));
  return schema;
}

// "/policies/*": names of policies, and the configuration that belongs to each.
void add_policies(Json& either, const std::vector<std::string>& names) {
  either[0]["enum"] = names;
  Json& object = either[1];
  object["properties"]["policy"]["enum"] = names;
  for (const std::string& name : names) {
    const Json config{{"anyOf", {Json{{"type", "string"}}, reference_to(definition(name))}}};
    object["allOf"].push_back(
        {{"if", {{"properties", {{"policy", {{"const", name}}}}}, {"required", {"policy"}}}},
         {"then", {{"properties", {{"config", config}}}}}});
  }
}

// "/policy": every key of every policy, read as any of those that know it reads it.
void add_shared_keys(Json& shared) {
  shared["additionalProperties"] = false;
  shared["patternProperties"] = Json{{"^\\$comment$", Json::object()}};
  Json& properties = shared["properties"];
  properties = Json::object();
  for (const PolicyEntry& policy : registered_policies()) {
    for (const std::string& key : policy.keys) {
      properties[key]["anyOf"].push_back(
          reference_to(definition(policy.name), "/properties/" + key));
    }
  }
}

// The scenario's own schema with what the policies of this program declare.
std::string scenario_schema_with_policies() {
  Json schema = Json::parse(scenario_schema());
  add_policies(schema["properties"]["policies"]["items"]["anyOf"], policy_names());
  add_shared_keys(schema["properties"]["policy"]);
  for (const std::string& name : policy_names()) {
    schema["$defs"][definition(name)] = embedded(Json::parse(policy_schema(name)));
  }
  return dump(schema) + "\n";
}

constexpr std::array kFileKinds{
    FileKind{"scenario", "scenarios/*.json", "One question asked of the simulator.",
             scenario_schema_with_policies},
    FileKind{"device", "models/devices/*.json",
             "A phone, an edge peer or a cloud: what it runs, how fast, at what power.",
             device_schema},
    FileKind{"network", "models/networks/*.json", "A DNN layer by layer, with its accuracies.",
             network_schema},
    FileKind{"radio", "configs/radios/*.json", "Goodput and power of a link over signal level.",
             radio_schema},
    FileKind{"sweep", "configs/sweeps/*.json",
             "Many changes of scenarios: what `autoscale-sim sweep` simulates.", sweep_schema},
    FileKind{"regression", "configs/regression.json",
             "Gates: what counts as a regression of which figures.", gate_schema},
    FileKind{"trace", "traces/*.csv",
             "A signal or a co-runner's load over time. It is CSV; the schema is of its columns.",
             trace_schema},
    FileKind{"trace_model", "traces/models/*.json",
             "What a trace is generated from, as `fit` writes it.", trace_model_schema},
};

}  // namespace

std::span<const FileKind> file_kinds() { return kFileKinds; }

std::vector<std::string> policy_names() {
  std::vector<std::string> names;
  for (const PolicyEntry& policy : registered_policies()) names.push_back(policy.name);
  return names;
}

std::string policy_schema(const std::string& name) {
  const PolicyEntry* policy = find_policy(name);
  if (policy == nullptr) {
    throw InputError({{"schema policy", "", fmt::format("there is no policy \"{}\"", name),
                       suggestion(name, policy_names(), "policies")}});
  }
  Json schema = Json::parse(policy->schema());
  schema["title"] = "Configuration of policy " + name;
  schema["description"] = policy->doc;
  return dump(schema) + "\n";
}

}  // namespace autoscale
