#include "sim/config/schema.h"

#include <nlohmann/json.hpp>

#include "sim/config/device_fields.h"
#include "sim/config/radio_fields.h"
#include "sim/config/scenario_fields.h"
#include "sim/config/schemas.h"

namespace autoscale {

void start_object_schema(Json& schema) {
  schema["type"] = "object";
  schema["additionalProperties"] = false;
  schema["patternProperties"] = Json{{"^\\$comment$", Json::object()}};
  schema["properties"] = Json::object();
}

void add_bounds(Json& schema, const FieldInfo& field) {
  if (field.min > -kUnbounded) set(schema["minimum"], field.min);
  if (field.above > -kUnbounded) set(schema["exclusiveMinimum"], field.above);
  if (field.max < kUnbounded) set(schema["maximum"], field.max);
}

void add_names(Json& schema, const std::vector<std::string>& names) { schema["enum"] = names; }
void add_types(Json& schema, const std::vector<std::string>& types) { schema["type"] = types; }

// Narrower bounds of the field replace them (add_bounds).
void add_integer_limits(Json& schema, std::int64_t lowest, std::uint64_t highest) {
  schema["minimum"] = lowest;
  schema["maximum"] = highest;
}

void add_exactly_one(Json& schema, std::span<const std::string_view> keys) {
  for (const std::string_view key : keys) {
    schema["oneOf"].push_back(Json{{"required", Json::array({key})}});
  }
}

void add_schema_key(Json& schema) {
  schema["properties"][std::string(kSchemaKey)] = {
      {"description", "The schema of this file, for editors."}, {"type", "string"}};
}

void set_type(Json& schema, std::string_view type) { schema["type"] = type; }

Json& add_property(Json& object_schema, const FieldInfo& field) {
  const std::string key(field.key);
  if (field.required) object_schema["required"].push_back(key);
  Json& property = object_schema["properties"][key];
  property = Json::object();
  if (!field.doc.empty()) property["description"] = field.doc;
  return property;
}

void add_default(Json& schema, const JsonDocument& value) { schema["default"] = value.root(); }

std::string scenario_schema() { return schema_text<Scenario>("Scenario"); }
std::string device_schema() { return schema_text<DeviceProfile>("Device profile"); }
std::string network_schema() { return schema_text<Network>("Network"); }
std::string radio_schema() { return schema_text<RadioProfile>("Radio profile"); }

}  // namespace autoscale
