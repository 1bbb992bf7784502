// Struct to JSON, by describe: the effective configuration with all defaults spelt out.
#pragma once

#include <cstdint>
#include <string>

#include "sim/config/field.h"
#include "sim/config/json_access.h"

namespace autoscale {

// describe() takes its struct by mutable reference, but the members are only read here.
template <class T>
void write_value(Json& slot, T& value, const FieldInfo& field);

class ObjectWriter {
 public:
  explicit ObjectWriter(Json& object) : object_(object) { set_object(object_); }

  template <class T>
  void operator()(T& member, const Declared<T>& declared) {
    const FieldInfo field = declared;
    if constexpr (kIsOptional<T>) {
      if (member) write_value(add_member(object_, field.key), *member, field);
    } else {
      if constexpr (requires { member.empty(); }) {
        if (field.omit_empty && member.empty()) return;
      }
      write_value(add_member(object_, field.key), member, field);
      if (!field.required) remove_empty_object(object_, field.key);
    }
  }

 private:
  Json& object_;
};

template <class T>
void write_elements(Json& slot, T& values, const FieldInfo& field) {
  set_array(slot);
  for (auto& value : values) write_value(append(slot), value, field);
}

template <class T>
void write_map(Json& slot, T& map, const FieldInfo& field) {
  set_object(slot);
  for (auto& [key, value] : map) write_value(add_member(slot, key), value, field);
}

template <class T>
void write_alternative(Json& slot, T& value, const FieldInfo& field) {
  set_object(slot);
  Json& member = add_member(slot, Alternatives<T>::names[value.index()]);
  std::visit([&](auto& chosen) { write_value(member, chosen, field); }, value);
}

template <class T>
void write_value(Json& slot, T& value, const FieldInfo& field) {
  if constexpr (std::is_same_v<T, bool>) {
    set_bool(slot, value);
  } else if constexpr (std::is_same_v<T, double> || std::is_same_v<T, std::uint64_t>) {
    set(slot, value);
  } else if constexpr (kIsQuantity<T>) {
    set(slot, value.value);
  } else if constexpr (std::is_integral_v<T>) {
    set(slot, static_cast<std::int64_t>(value));
  } else if constexpr (std::is_same_v<T, std::string>) {
    set_text(slot, value);
  } else if constexpr (std::is_enum_v<T>) {
    set_text(slot, to_string(value));
  } else if constexpr (std::is_same_v<T, JsonText> || std::is_same_v<T, JsonValue>) {
    set_parsed(slot, value.text);
  } else if constexpr (std::is_same_v<T, CellText>) {
    set_text(slot, value.text);
  } else if constexpr (kIsVector<T> || kIsArray<T>) {
    write_elements(slot, value, field);
  } else if constexpr (kIsMap<T>) {
    write_map(slot, value, field);
  } else if constexpr (kIsVariant<T>) {
    write_alternative(slot, value, field);
  } else {
    ObjectWriter writer(slot);
    visit_fields(value, writer, field);
  }
}

// The whole struct as JSON text; reading it again gives the same struct.
template <class T>
[[nodiscard]] std::string json_text(const T& value, int indent = 2) {
  JsonDocument document;
  write_value(document.root(), const_cast<T&>(value), FieldInfo{});  // only read, see above
  return dump(document.root(), indent);
}

}  // namespace autoscale
