#include "sim/cli/reference.h"

#include <array>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "sim/cli/schema_documents.h"
#include "sim/config/json_access.h"
#include "sim/config/schemas.h"
#include "sim/policies/registry.h"
#include "sim/report/metrics.h"

namespace autoscale {
namespace {

// How a unit is written, by the suffix of its keys; longer suffixes first.
constexpr std::array<std::pair<std::string_view, std::string_view>, 23> kUnits{{
    {"bytes_per_element", "B/element"},
    {"gmac_per_s", "GMAC/s"},
    {"gb_per_s", "GB/s"},
    {"k_per_w", "K/W"},
    {"percent", "%"},
    {"bytes", "B"},
    {"mmac", "MMAC"},
    {"kbit", "kbit"},
    {"mbps", "Mbit/s"},
    {"dbm", "dBm"},
    {"mah", "mAh"},
    {"mhz", "MHz"},
    {"hz", "Hz"},
    {"db", "dB"},
    {"mj", "mJ"},
    {"ms", "ms"},
    {"us", "µs"},
    {"w", "W"},
    {"count", "count"},
    {"c", "°C"},
    {"k", "K"},
    {"s", "s"},
    {"v", "V"},
}};

std::string_view unit_of(std::string_view key) {
  for (const auto& [suffix, symbol] : kUnits) {
    if (has_unit(key, suffix)) return symbol;
  }
  return "";
}

const Json* member(const Json& object, const char* key) { return find_member(object, key); }
std::string text_of_member(const Json& object, const char* key) {
  const Json* found = member(object, key);
  return found == nullptr ? "" : found->get<std::string>();
}

std::string as_code(const std::string& text) { return "`" + text + "`"; }

// {"value": 3, "quality": ..., "source": ...}
bool is_sourced(const Json& properties) {
  return properties.contains("quality") && properties.contains("source");
}
bool is_figure(const Json& schema) {
  const Json* properties = member(schema, "properties");
  return properties != nullptr && is_sourced(*properties) && properties->contains("value");
}

// The object form of what may be written as a string too.
const Json& object_form(const Json& schema) {
  const Json* either = member(schema, "anyOf");
  return either == nullptr ? schema : either->back();
}

std::string names_of(const Json& names) {
  std::vector<std::string> quoted;
  for (const Json& name : names) quoted.push_back(as_code(name.get<std::string>()));
  return fmt::format("{}", fmt::join(quoted, ", "));
}

std::string type_of(const Json& schema) {
  if (const Json* names = member(schema, "enum")) return names_of(*names);
  if (is_figure(schema)) return "figure";
  if (schema.contains("anyOf")) return "string or object";
  const Json* type = member(schema, "type");
  if (type == nullptr) return "any value";
  if (type->is_array()) return fmt::format("{}", fmt::join(*type, " or "));
  if (*type == "array") return "list: " + type_of(schema["items"]);
  const Json* any_key = member(schema, "additionalProperties");
  if (any_key != nullptr && any_key->is_object()) return "object by name";
  return type->get<std::string>();
}

std::string number_bounds(const Json& schema) {
  std::vector<std::string> bounds;
  // Limits of 64-bit integers say nothing to a reader.
  const auto is_limit = [](const Json& v) {
    return v.is_number_integer() && std::abs(v.get<double>()) > 9e18;
  };
  const auto add = [&](const char* key, const char* sign) {
    const Json* bound = member(schema, key);
    if (bound != nullptr && !is_limit(*bound))
      bounds.push_back(fmt::format("{} {}", sign, bound->dump()));
  };
  add("minimum", "≥");
  add("exclusiveMinimum", ">");
  add("maximum", "≤");
  return fmt::format("{}", fmt::join(bounds, ", "));
}

std::string bounds_of(const Json& schema) {
  if (is_figure(schema)) return number_bounds(schema["properties"]["value"]);
  const Json* items = member(schema, "items");
  if (items == nullptr) return number_bounds(schema);
  const Json* most = member(schema, "maxItems");
  std::string bounds = bounds_of(*items);
  const std::string least = schema["minItems"].dump();
  if (most == nullptr && least == "0") return bounds;
  return fmt::format("{}{}{} items", bounds, bounds.empty() ? "" : "; ",
                     most == nullptr ? "≥ " + least : most->dump());
}

void add_rows(std::string& page, const Json& schema, const std::string& pointer);

std::string default_of(const Json& schema, bool required) {
  if (required) return "**required**";
  const Json* value = member(schema, "default");
  return value == nullptr ? "" : as_code(value->dump());
}

void add_property_rows(std::string& page, const Json& property, const std::string& pointer,
                       std::string_view key, bool required) {
  std::string doc = text_of_member(property, "description");
  if (const Json* one_of = member(object_form(property), "oneOf")) {
    std::vector<std::string> keys;
    for (const Json& one : *one_of) keys.push_back(as_code(one["required"][0].get<std::string>()));
    doc += fmt::format("{}Exactly one of {}.", doc.empty() ? "" : " ", fmt::join(keys, ", "));
  }
  page += fmt::format("| `{}` | {} | {} | {} | {} | {} |\n", pointer, type_of(property),
                      unit_of(key), bounds_of(property), default_of(property, required), doc);
  if (!is_figure(property)) add_rows(page, property, pointer);
}

// A row for every key below `pointer`.
void add_rows(std::string& page, const Json& schema, const std::string& pointer) {
  const Json& object = object_form(schema);
  if (const Json* items = member(object, "items")) add_rows(page, *items, pointer + "/*");
  const Json* any_key = member(object, "additionalProperties");
  if (any_key != nullptr && any_key->is_object()) add_rows(page, *any_key, pointer + "/NAME");
  const Json* properties = member(object, "properties");
  if (properties == nullptr) return;
  const Json* required = member(object, "required");
  for (const auto& [key, property] : properties->items()) {
    if (key == kSchemaKey) continue;
    if (is_sourced(*properties) && (key == "quality" || key == "source")) continue;
    const bool needed = required != nullptr &&
                        std::find(required->begin(), required->end(), key) != required->end();
    add_property_rows(page, property, fmt::format("{}/{}", pointer, key), key, needed);
  }
}

std::string key_table(const std::string& schema) {
  std::string rows;
  add_rows(rows, Json::parse(schema), "");
  if (rows.empty()) return "It has no fields.\n";
  return "| key | type | unit | bounds | default | meaning |\n|---|---|---|---|---|---|\n" + rows;
}

constexpr std::string_view kIntroduction = R"(# Reference

Every key that the program reads, every metric that it writes and every policy, as `autoscale-sim schema --format markdown` prints them
from the declarations that also read the files. Written by `scripts/update_reference`: do not edit.

* A key is given as a JSON pointer, as `--set` and error messages have it: `*` stands for a position in a list, `NAME` for a name.
* A key carries its unit as suffix. Bounds of a list hold for its elements.
* A *figure* is a number with its origin: `{"value": 3.2, "quality": "measured", "source": "..."}`. `quality` is `measured`, `derived` or
  `assumed`. Objects whose numbers are lists carry `quality` and `source` beside them; both are required, and left out of the tables.
* `"$comment"` may stand in every object, `"$schema"` in the outermost one.
* The same as JSON Schema, for editors and other programs: `autoscale-sim schema scenario`, or `device`, `network`, `radio`, `sweep`, `regression`, `trace`,
  `trace_model`, `policy NAME`.
)";

std::string metric_table() {
  std::string table = "| metric | unit | better | meaning |\n|---|---|---|---|\n";
  for (const Metric& m : metrics()) {
    table += fmt::format("| `{}` | {} | {} | {} |\n", m.name, m.unit, to_string(m.better), m.doc);
  }
  return table;
}

const char* words(PolicyKind kind) {
  switch (kind) {
    case PolicyKind::kRule: return "A rule: decides by what it observes and the offline profile.";
    case PolicyKind::kLearner: return "A learner: trained before it is judged.";
    case PolicyKind::kOracle: return "An oracle: is told the true costs; a yardstick.";
  }
  return "";
}

// Scenarios without the policies' keys, which have sections of their own.
std::string plain_schema(const FileKind& kind) {
  return kind.name == "scenario" ? scenario_schema() : kind.schema();
}

}  // namespace

std::string reference_page() {
  std::string page(kIntroduction);
  for (const FileKind& kind : file_kinds()) {
    page += fmt::format("\n## {}: `{}`\n\n{}\n\n{}", kind.name, kind.files, kind.doc,
                        key_table(plain_schema(kind)));
  }
  page +=
      "\n## Metrics\n\nPer policy, network and replication; \"better\" says which direction "
      "is.\n\n" +
      metric_table();
  page +=
      "\n## Policies\n\nFields stand in `/policies/*/config`, or in `/policy` for every policy "
      "that "
      "knows them.\n";
  for (const PolicyEntry& policy : registered_policies()) {
    page += fmt::format("\n### `{}`\n\n{} {}\n\n{}", policy.name, policy.doc, words(policy.kind),
                        key_table(policy_schema(policy.name)));
  }
  return page;
}

}  // namespace autoscale
