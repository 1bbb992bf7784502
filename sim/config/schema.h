// Struct to JSON Schema (draft 2020-12), by describe: for editors, other programs and the reference
// page. What a schema cannot say (validate(), names of files) is left to the reader.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>

#include "sim/config/field.h"
#include "sim/config/json_access.h"
#include "sim/config/writer.h"

namespace autoscale {

template <class T>
void write_schema(Json& slot, T& defaults, const FieldInfo& field);

// The parts that need no type.
void start_object_schema(Json& schema);  // type, properties, comments allowed, nothing else
void add_bounds(Json& schema, const FieldInfo& field);
void add_names(Json& schema, const std::vector<std::string>& names);
void add_types(Json& schema, const std::vector<std::string>& types);
void add_integer_limits(Json& schema, std::int64_t lowest, std::uint64_t highest);
void add_exactly_one(Json& schema, std::span<const std::string_view> keys);
void add_schema_key(Json& schema);  // "$schema", of the outermost object
void set_type(Json& schema, std::string_view type);
Json& add_property(Json& object_schema, const FieldInfo& field);
void add_default(Json& schema, const JsonDocument& value);

// Some members have no default that could be written in a file, such as a count of 0 that has to be
// at least 1.
template <class T>
bool is_writable_default(const T& value, const FieldInfo& field) {
  if constexpr (std::is_same_v<T, bool> || std::is_enum_v<T> || kIsVariant<T>) {
    return true;
  } else if constexpr (kIsQuantity<T>) {
    return is_writable_default(value.value, field);
  } else if constexpr (std::is_arithmetic_v<T>) {
    const auto number = static_cast<double>(value);
    return number >= field.min && number > field.above && number <= field.max;
  } else if constexpr (std::is_same_v<T, std::string>) {
    return value.size() >= field.min_items && !(field.omit_empty && value.empty());
  } else if constexpr (kIsVector<T>) {
    return std::is_arithmetic_v<typename T::value_type> && !value.empty();
  } else {
    return false;
  }
}

class SchemaWriter {
 public:
  explicit SchemaWriter(Json& schema) : schema_(schema) { start_object_schema(schema_); }

  template <class T>
  void operator()(T& member, const Declared<T>& declared) {
    const FieldInfo field = declared;
    Json& property = add_property(schema_, field);
    write_schema(property, member, field);
    if (field.required || !is_writable_default(member, field)) return;
    if constexpr (!kIsOptional<T>) {
      JsonDocument value;
      write_value(value.root(), member, field);
      add_default(property, value);
    }
  }

 private:
  Json& schema_;
};

template <class T>
void write_list_schema(Json& slot, const FieldInfo& field) {
  set_type(slot, "array");
  set(add_member(slot, "minItems"), static_cast<std::uint64_t>(field.min_items));
  T item{};
  if constexpr (std::is_enum_v<T>) set_bool(add_member(slot, "uniqueItems"), true);
  FieldInfo of_item = field;
  of_item.min_items = 0;
  write_schema(add_member(slot, "items"), item, of_item);
}

// {"NAME": {...}} with exactly one of the names.
template <class... Ts>
void write_alternative_schema(Json& slot, std::variant<Ts...>&, const FieldInfo& field) {
  start_object_schema(slot);
  const auto& names = Alternatives<std::variant<Ts...>>::names;
  add_exactly_one(slot, std::vector<std::string_view>(names.begin(), names.end()));
  auto name = names.begin();
  const auto add = [&]<class T>(T alternative) {
    FieldInfo named = field;
    named.key = *name++;
    named.doc = "";
    named.required = false;
    write_schema(add_property(slot, named), alternative, named);
  };
  (add(Ts{}), ...);
}

template <class T>
void write_struct_schema(Json& slot, T& defaults, const FieldInfo& field) {
  if constexpr (requires(const std::string& text) { read_shorthand(text, defaults); }) {
    Json& either = add_member(slot, "anyOf");
    set_array(either);
    Json& shorthand = append(either);
    set_type(shorthand, "string");
    set(add_member(shorthand, "minLength"), std::uint64_t{1});
    SchemaWriter writer(append(either));
    visit_fields(defaults, writer, field);
  } else {
    SchemaWriter writer(slot);
    visit_fields(defaults, writer, field);
    add_exactly_one(slot, kExactlyOne<T>);
  }
}

template <class T>
void write_schema(Json& slot, T& defaults, const FieldInfo& field) {
  if constexpr (std::is_same_v<T, bool>) {
    set_type(slot, "boolean");
  } else if constexpr (std::is_same_v<T, double> || kIsQuantity<T>) {
    set_type(slot, "number");
    add_bounds(slot, field);
  } else if constexpr (std::is_integral_v<T>) {
    set_type(slot, "integer");
    add_integer_limits(slot, std::numeric_limits<T>::min(),
                       static_cast<std::uint64_t>(std::numeric_limits<T>::max()));
    add_bounds(slot, field);
  } else if constexpr (std::is_same_v<T, std::string>) {
    set_type(slot, "string");
    if (!field.names.empty()) add_names(slot, {field.names.begin(), field.names.end()});
    if (field.min_items > 0) {
      set(add_member(slot, "minLength"), static_cast<std::uint64_t>(field.min_items));
    }
  } else if constexpr (std::is_enum_v<T>) {
    add_names(slot, enum_names<T>());
  } else if constexpr (std::is_same_v<T, JsonText>) {
    if (defaults.or_name) {
      add_types(slot, {"object", "string"});
    } else {
      set_type(slot, "object");
    }
  } else if constexpr (std::is_same_v<T, JsonValue>) {
    set_object(slot);  // anything
  } else if constexpr (std::is_same_v<T, CellText>) {
    add_types(slot, {"string", "number"});
  } else if constexpr (kIsOptional<T>) {
    typename T::value_type value{};
    write_schema(slot, value, field);
  } else if constexpr (kIsVector<T>) {
    write_list_schema<typename T::value_type>(slot, field);
  } else if constexpr (kIsArray<T>) {
    FieldInfo exact = field;
    exact.min_items = std::tuple_size_v<T>;
    write_list_schema<typename T::value_type>(slot, exact);
    set(add_member(slot, "maxItems"), static_cast<std::uint64_t>(exact.min_items));
  } else if constexpr (kIsMap<T>) {
    start_object_schema(slot);
    typename T::mapped_type value{};
    Json& any_key = add_member(slot, "additionalProperties");
    set_object(any_key);
    write_schema(any_key, value, field);
  } else if constexpr (kIsVariant<T>) {
    write_alternative_schema(slot, defaults, field);
  } else {
    write_struct_schema(slot, defaults, field);
  }
}

// The schema of documents that are read as T.
template <class T>
[[nodiscard]] std::string schema_text(std::string_view title) {
  JsonDocument document;
  Json& root = document.root();
  set_object(root);
  set_text(add_member(root, "$schema"), "https://json-schema.org/draft/2020-12/schema");
  set_text(add_member(root, "title"), title);
  T defaults{};
  write_schema(root, defaults, FieldInfo{});
  add_schema_key(root);
  return dump(root) + "\n";
}

}  // namespace autoscale
