// JSON to struct, by describe: every error of a document is found before anything is given up.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/config/field.h"
#include "sim/config/json_access.h"
#include "sim/config/place.h"

namespace autoscale {

template <class T>
void read_value(const Json& json, T& out, const FieldInfo& field, const Place& place);

// One JSON object whose members are looked up; later layers win, member by member.
struct ObjectLayer {
  const Json* object = nullptr;
  Place place;
  bool foreign_keys = false;  // keys that T does not know belong to others and are no error
};

// Visits the fields of one object (or of several laid over each other).
class ObjectReader {
 public:
  explicit ObjectReader(std::vector<ObjectLayer> layers) : layers_(std::move(layers)) {}

  template <class T>
  void operator()(T& member, const Declared<T>& field) {
    if (const Found found = take(field); found.value != nullptr)
      read_value(*found.value, member, field, found.layer->place.child(field.key.text));
  }

  void report_unknown_keys() const;
  void check_exactly_one(std::span<const std::string_view> keys) const;  // of kExactlyOne

 private:
  struct Found {
    const Json* value = nullptr;
    const ObjectLayer* layer = nullptr;  // that has it
  };
  // Reports a required key that no layer has.
  Found take(const FieldInfo& field);

  std::vector<ObjectLayer> layers_;
  std::vector<std::string_view> known_;
};

// Reads a struct with describe(), then lets its validate() look at a struct without other errors.
template <class T>
void read_layers(std::vector<ObjectLayer> layers, T& out, const FieldInfo& field) {
  const Place place = layers.back().place;
  const std::size_t errors_before = place.errors();
  ObjectReader reader(std::move(layers));
  visit_fields(out, reader, field);
  reader.report_unknown_keys();
  if (place.errors() == errors_before) reader.check_exactly_one(kExactlyOne<T>);
  if constexpr (requires { validate(std::as_const(out), place); }) {
    if (place.errors() == errors_before) validate(std::as_const(out), place);
  }
}

// A list of names is a set: one that comes twice is a slip, and hides that another was meant.
void refuse_repeats(std::span<const std::string> names, const Place& place);

template <class T>
void read_elements(const Json& json, std::vector<T>& out, const FieldInfo& field,
                   const Place& place) {
  if (!expect_array(json, field.min_items, place)) return;
  const std::size_t errors_before = place.errors();
  out.assign(size_of(json), T{});
  for (std::size_t i = 0; i < out.size(); ++i) {
    read_value(element(json, i), out[i], field, place.child(i));
  }
  if constexpr (std::is_enum_v<T>) {
    if (place.errors() != errors_before) return;
    std::vector<std::string> names;
    names.reserve(out.size());
    for (const T& name : out) names.emplace_back(to_string(name));
    refuse_repeats(names, place);
  }
}

template <class T, std::size_t N>
void read_elements(const Json& json, std::array<T, N>& out, const FieldInfo& field,
                   const Place& place) {
  if (!expect_array(json, 0, place)) return;
  if (size_of(json) != N) {
    place.error("expected " + std::to_string(N) + " numbers, got " + std::to_string(size_of(json)));
    return;
  }
  for (std::size_t i = 0; i < N; ++i) read_value(element(json, i), out[i], field, place.child(i));
}

template <class T>
void read_map(const Json& json, std::map<std::string, T>& out, const FieldInfo& field,
              const Place& place) {
  if (!expect_object(json, place)) return;
  out.clear();
  for (const std::string& key : member_names(json)) {
    read_value(*find_member(json, key), out[key], field, place.child(key));
  }
}

template <class... Ts>
void read_alternative(const Json& json, std::variant<Ts...>& out, const FieldInfo& field,
                      const Place& place) {
  const auto& names = Alternatives<std::variant<Ts...>>::names;
  static_assert(sizeof...(Ts) == std::tuple_size_v<std::remove_cvref_t<decltype(names)>>);
  std::size_t chosen = 0;
  const Json* value = read_single_member(json, chosen, {names.begin(), names.end()}, place);
  if (value == nullptr) return;
  std::size_t i = 0;
  const auto read_if_chosen = [&]<class T>(std::in_place_type_t<T> type) {
    if (i++ == chosen) {
      read_value(*value, out.template emplace<T>(), field, place.child(names[chosen]));
    }
    static_cast<void>(type);
  };
  (read_if_chosen(std::in_place_type<Ts>), ...);
}

template <class T>
void read_struct(const Json& json, T& out, const FieldInfo& field, const Place& place) {
  if constexpr (requires(const std::string& text) { read_shorthand(text, out); }) {
    if (is_string(json)) {
      std::string text;
      FieldInfo name;
      name.min_items = 1;
      if (read_string(json, text, name, place)) read_shorthand(text, out);
      return;
    }
  }
  if (expect_object(json, place)) read_layers<T>({{&json, place}}, out, field);
}

template <class T>
void read_value(const Json& json, T& out, const FieldInfo& field, const Place& place) {
  if constexpr (std::is_same_v<T, bool>) {
    read_bool(json, out, place);
  } else if constexpr (std::is_same_v<T, double>) {
    read_number(json, out, field, place);
  } else if constexpr (kIsQuantity<T>) {
    read_number(json, out.value, field, place);
  } else if constexpr (std::is_same_v<T, std::uint64_t>) {
    read_integer(json, out, field, place);
  } else if constexpr (std::is_integral_v<T>) {
    std::int64_t wide = 0;
    using Limits = std::numeric_limits<T>;
    if (read_integer(json, wide, Limits::min(), Limits::max(), field, place)) {
      out = static_cast<T>(wide);
    }
  } else if constexpr (std::is_same_v<T, std::string>) {
    read_string(json, out, field, place);
  } else if constexpr (std::is_enum_v<T>) {
    std::size_t chosen = 0;
    if (read_name(json, chosen, enum_names<T>(), place)) out = static_cast<T>(chosen);
  } else if constexpr (std::is_same_v<T, JsonText>) {
    read_json_text(json, out, place);
  } else if constexpr (std::is_same_v<T, JsonValue>) {
    out.text = dump(json, -1);
  } else if constexpr (std::is_same_v<T, CellText>) {
    read_cell(json, out, place);
  } else if constexpr (kIsOptional<T>) {
    read_value(json, out.emplace(), field, place);
  } else if constexpr (kIsVector<T> || kIsArray<T>) {
    read_elements(json, out, field, place);
  } else if constexpr (kIsMap<T>) {
    read_map(json, out, field, place);
  } else if constexpr (kIsVariant<T>) {
    read_alternative(json, out, field, place);
  } else {
    read_struct(json, out, field, place);
  }
}

// Reads a whole document.
template <class T>
void read_json(const Json& json, T& out, const Place& place) {
  read_value(json, out, FieldInfo{}, place);
}

// ---- from text ---------------------------------------------------------------------------------

// A JSON text with the place where it stood, so that errors point there.
struct JsonLayer {
  std::string_view text;
  std::string file;
  std::string pointer;
  bool foreign_keys = false;  // see ObjectLayer
};

// Parses the layers that are JSON objects; others are reported and left out.
class ParsedLayers {
 public:
  ParsedLayers(std::span<const JsonLayer> layers, Diagnostics& diagnostics);
  [[nodiscard]] std::vector<ObjectLayer> objects() const;

 private:
  std::vector<JsonDocument> documents_;
  std::vector<ObjectLayer> layers_;
};

// Objects laid over each other: a key of a later one replaces the same key of an earlier one.
template <class T>
void read_json_layers(std::span<const JsonLayer> layers, T& out, Diagnostics& diagnostics) {
  const ParsedLayers parsed(layers, diagnostics);
  std::vector<ObjectLayer> objects = parsed.objects();
  if (objects.size() == layers.size()) read_layers(std::move(objects), out, FieldInfo{});
}

template <class T>
void read_json_text(std::string_view json_text, T& out, std::string_view file,
                    std::string_view base_pointer, Diagnostics& diagnostics) {
  const JsonLayer layer{json_text, std::string(file), std::string(base_pointer)};
  read_json_layers(std::span(&layer, 1), out, diagnostics);
}

// The keys of a JSON object in text form; empty when it is none. For "which policy knows this key".
[[nodiscard]] std::vector<std::string> keys_of_json_text(std::string_view json_text);

}  // namespace autoscale
