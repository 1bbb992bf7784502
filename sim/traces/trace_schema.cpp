#include "sim/traces/trace_schema.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "sim/config/schema.h"
#include "sim/traces/trace_model_fields.h"

namespace autoscale {
namespace {

Json names_of(const std::vector<TraceColumn>& columns) {
  Json names = Json::array();
  for (const TraceColumn c : columns) names.push_back(to_string(c));
  return names;
}

// All that one of the kinds needs, and nothing that it does not know.
Json one_of_the_kinds() {
  Json kinds;
  for (const TraceKind& kind : trace_kinds()) {
    Json foreign = Json::array();
    for (const std::string& name : trace_column_names()) {
      const auto is_name = [&](TraceColumn c) { return name == to_string(c); };
      if (std::ranges::none_of(kind.needed, is_name) &&
          std::ranges::none_of(kind.optional, is_name))
        foreign.push_back({{"required", {name}}});
    }
    kinds.push_back({{"required", names_of(kind.needed)}, {"not", {{"anyOf", foreign}}}});
  }
  return Json{{"oneOf", kinds}};
}

Json times_schema() {
  return {
      {"description", "From when the row holds, until the next row; the first 0, then ascending."},
      {"type", "array"},
      {"minItems", 1},
      {"uniqueItems", true},
      {"prefixItems", {{{"const", 0}}}},
      {"items", {{"type", "number"}, {"minimum", 0}, {"maximum", kLongestTraceMs}}}};
}

Json values_schema(TraceColumn column) {
  const TraceBounds bounds = bounds_of(column);
  return {
      {"description", doc_of(column)},
      {"type", "array"},
      {"minItems", 1},
      {"items", {{"type", {"number", "null"}}, {"minimum", bounds.min}, {"maximum", bounds.max}}}};
}

}  // namespace

std::string trace_schema() {
  Json schema{{"$schema", "https://json-schema.org/draft/2020-12/schema"},
              {"title", "Trace"},
              {"description",
               "The columns of a CSV file: lists of one length, null where a field is empty."},
              {"type", "object"},
              {"additionalProperties", false},
              {"required", {kTimeColumn}}};
  schema["properties"][kTimeColumn] = times_schema();
  for (const std::string& name : trace_column_names())
    schema["properties"][name] = values_schema(*trace_column_named(name));
  schema["allOf"] = Json::array({one_of_the_kinds()});
  return dump(schema) + "\n";
}

std::string trace_model_schema() {
  Json schema = Json::parse(schema_text<TraceModel>("Model of a trace"));
  Json& columns = schema["properties"]["columns"];
  Json names = trace_column_names();
  names.emplace_back(kCommentKey);
  columns["propertyNames"]["enum"] = names;
  Json no_levels;  // under the level
  for (const TraceKind& kind : trace_kinds()) {
    for (const TraceColumn c : kind.needed)
      no_levels["properties"][to_string(c)] = {{"not", {{"required", {"over_level"}}}}};
  }
  columns["allOf"] = {one_of_the_kinds(), no_levels};
  return dump(schema) + "\n";
}

}  // namespace autoscale
