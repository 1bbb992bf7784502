// Declare once. A config struct T has one free function beside it:
//
//   template <class Visitor>
//   void describe(T& self, Visitor& field) {
//     field(self.qos_ms, {.key = "qos_ms", .doc = "Latency requirement.", .min = 0});
//   }
//
// and, where fields depend on each other, `void validate(const T&, const Place&)`. Reading with all
// errors, dumping, the JSON Schema and the list of figures are visitors of describe (reader.h,
// writer.h, schema.h, figures.h). Defaults are the member initialisers of T. Both functions are
// found by argument-dependent lookup, so a policy may keep them in its unnamed namespace.
#pragma once

#include <array>
#include <cstddef>
#include <limits>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "sim/base/units.h"

namespace autoscale {

// ---- keys carry their unit -------------------------------------------------------------------

inline constexpr std::array kUnitSuffixes{"ms",
                                          "us",
                                          "w",
                                          "mj",
                                          "dbm",
                                          "db",
                                          "mbps",
                                          "kbit",
                                          "mhz",
                                          "hz",
                                          "c",
                                          "ratio",
                                          "percent",
                                          "bytes",
                                          "mmac",
                                          "count",
                                          "gb_per_s",
                                          "gmac_per_s",
                                          "bytes_per_element"};

constexpr bool has_unit(std::string_view key, std::string_view unit) {
  if (key == unit) return true;
  return key.size() > unit.size() && key.ends_with(unit) &&
         key[key.size() - unit.size() - 1] == '_';
}

constexpr bool has_some_unit(std::string_view key) {
  for (const char* unit : kUnitSuffixes) {
    if (has_unit(key, unit)) return true;
  }
  return false;
}

// What a key of T must end in: any unit for a plain number, Tag's for a Quantity, nothing else.
template <class T>
struct UnitRule {
  static constexpr bool accepts(std::string_view) { return true; }
};
template <>
struct UnitRule<double> {
  static constexpr bool accepts(std::string_view key) { return has_some_unit(key); }
};
template <class Tag>
struct UnitRule<Quantity<Tag>> {
  static constexpr bool accepts(std::string_view key) { return has_unit(key, Tag::suffix); }
};
template <class T>
struct UnitRule<std::optional<T>> : UnitRule<T> {};
template <class T>
struct UnitRule<std::vector<T>> : UnitRule<T> {};

// Not constexpr on purpose: its name is what the compiler prints when the rule is broken.
inline void key_of_a_number_must_end_in_its_unit_or_write_dimensionless() {}

// For numbers without a unit: .key = dimensionless("learning_rate").
struct DimensionlessKey {
  std::string_view text;
};
consteval DimensionlessKey dimensionless(const char* key) { return {key}; }

template <class T>
struct Key {
  std::string_view text;
  consteval Key(const char* key) : text(key) {  // NOLINT: implicit, for .key = "..."
    if (!UnitRule<T>::accepts(text)) key_of_a_number_must_end_in_its_unit_or_write_dimensionless();
  }
  constexpr Key(DimensionlessKey key) : text(key.text) {}  // NOLINT: implicit
};

// Has no default constructor, so that a field without a text does not compile.
struct Doc {
  std::string_view text;
  consteval Doc(const char* doc) : text(doc) {}  // NOLINT: implicit
};

// ---- one field -------------------------------------------------------------------------------

inline constexpr double kUnbounded = std::numeric_limits<double>::infinity();

// What visitors get to know about a field, without its type.
struct FieldInfo {
  std::string_view key;
  std::string_view doc;
  double min = -kUnbounded;
  double above = -kUnbounded;
  double max = kUnbounded;
  bool required = false;
  std::size_t min_items = 0;
  bool omit_empty = false;
  bool meta = false;
  std::string_view values_key;
  std::span<const std::string_view> names;
};

template <class T>
struct Field {
  Key<T> key;
  Doc doc;
  double min = -kUnbounded;    // inclusive; bounds of a list hold for its elements
  double above = -kUnbounded;  // exclusive lower bound
  double max = kUnbounded;     // inclusive
  bool required = false;
  std::size_t min_items = 0;      // of a list, or characters of a string
  bool omit_empty = false;        // an empty list or string is left out of dumps
  bool meta = false;              // says something about figures, is none itself
  std::string_view values_key{};  // Series, SignalTable: the key of the list, which is its unit
  std::span<const std::string_view> names{};  // of a string: the only values; static storage

  constexpr operator FieldInfo() const {  // NOLINT: implicit
    return {key.text,  doc.text,   min,  above,      max,  required,
            min_items, omit_empty, meta, values_key, names};
  }
};

// The declaration of a field, deduced from the member only (allows the braces at the call).
template <class T>
using Declared = std::type_identity_t<Field<T>>;

// ---- kinds of values beyond numbers, bools, strings, lists and structs ------------------------

// Enumerations count from 0 and have to_string(E); a specialisation says how many there are.
template <class E>
inline constexpr std::size_t kEnumCount = 0;

template <class E>
std::vector<std::string> enum_names() {
  static_assert(kEnumCount<E> > 0, "specialise kEnumCount for this enumeration");
  std::vector<std::string> names;
  for (std::size_t i = 0; i < kEnumCount<E>; ++i) names.emplace_back(to_string(static_cast<E>(i)));
  return names;
}

// A JSON object whose fields somebody else knows, kept as text.
struct JsonText {
  std::string& text;
  bool or_name = false;  // a string (the name of a file) is allowed as well
};

// Any JSON value, kept as its text in one line.
struct JsonValue {
  std::string text = "null";
};

// A text that may be written as a number, such as a quoted table cell.
struct CellText {
  std::string& text;
};

// A variant written as {"NAME": {...}}; a specialisation gives `names`, one per alternative.
template <class Variant>
struct Alternatives;

// Keys of T of which exactly one is given; a specialisation lists them.
template <class T>
inline constexpr std::array<std::string_view, 0> kExactlyOne{};

// Names are visited by the visitors below and by every other one.
template <class T, class Visitor>
void visit_fields(T& self, Visitor& visitor, const FieldInfo& outer) {
  if constexpr (requires { describe(self, visitor, outer); }) {
    describe(self, visitor, outer);  // fields that depend on how the outer field is declared
  } else {
    describe(self, visitor);
  }
}

// ---- type tests --------------------------------------------------------------------------------

template <class T>
inline constexpr bool kIsOptional = false;
template <class T>
inline constexpr bool kIsOptional<std::optional<T>> = true;
template <class T>
inline constexpr bool kIsVector = false;
template <class T>
inline constexpr bool kIsVector<std::vector<T>> = true;
template <class T>
inline constexpr bool kIsArray = false;
template <class T, std::size_t N>
inline constexpr bool kIsArray<std::array<T, N>> = true;
template <class T>
inline constexpr bool kIsMap = false;
template <class T>
inline constexpr bool kIsMap<std::map<std::string, T>> = true;
template <class T>
inline constexpr bool kIsVariant = false;
template <class... Ts>
inline constexpr bool kIsVariant<std::variant<Ts...>> = true;
template <class T>
inline constexpr bool kIsQuantity = false;
template <class Tag>
inline constexpr bool kIsQuantity<Quantity<Tag>> = true;

// ---- the smallest visitor ----------------------------------------------------------------------

class KeyCollector {
 public:
  template <class T>
  void operator()(T&, const Declared<T>& field) {
    keys.emplace_back(field.key.text);
  }
  std::vector<std::string> keys;
};

// The keys that T knows, in the order of their declaration.
template <class T>
std::vector<std::string> known_keys() {
  T defaults{};
  KeyCollector collector;
  visit_fields(defaults, collector, FieldInfo{});
  return collector.keys;
}

}  // namespace autoscale
