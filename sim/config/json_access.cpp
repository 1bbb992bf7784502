#include "sim/config/json_access.h"

#include <cmath>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "sim/base/check.h"

namespace autoscale {
namespace {

// The largest value up to which every integer is a double.
constexpr double kExactIntegers = 9007199254740992.0;

// Of one list: what becomes of an element may be hundreds of times as large as its text.
constexpr std::size_t kMostItems = 1'000'000;

std::string bounds_error(double value, const FieldInfo& field) {
  const bool has_max = field.max < kUnbounded;
  if (value < field.min) {
    return has_max ? fmt::format("{} is outside [{}, {}]", value, field.min, field.max)
                   : fmt::format("{} is below the minimum {}", value, field.min);
  }
  if (value <= field.above) {
    return fmt::format("expected a number above {}, got {}", field.above, value);
  }
  if (value <= field.max) return "";
  return field.min > -kUnbounded
             ? fmt::format("{} is outside [{}, {}]", value, field.min, field.max)
             : fmt::format("{} is above the maximum {}", value, field.max);
}

bool in_bounds(double value, const FieldInfo& field, const Place& place) {
  std::string error = bounds_error(value, field);
  if (error.empty()) return true;
  place.error(std::move(error));
  return false;
}

bool expected(std::string_view what, const Json& json, const Place& place) {
  place.error(fmt::format("expected {}, got {}", what, found(json)));
  return false;
}

// 1e3 and 5.0 are integers too. Those that do not fit into 64 bits arrive as double.
bool expect_integer(const Json& json, const Place& place) {
  if (json.is_number_integer()) return true;
  if (!json.is_number_float()) return expected("an integer", json, place);
  const auto value = json.get<double>();
  if (std::trunc(value) != value) return expected("an integer", json, place);
  if (std::abs(value) <= kExactIntegers) return true;
  place.error(fmt::format("{} is too large for an integer", json.dump()));
  return false;
}

std::string quoted(const std::vector<std::string>& names) {
  return fmt::format("\"{}\"", fmt::join(names, "\", \""));
}

}  // namespace

JsonDocument::JsonDocument() : root_(std::make_unique<Json>()) {}
JsonDocument::JsonDocument(Json root) : root_(std::make_unique<Json>(std::move(root))) {}
JsonDocument::JsonDocument(JsonDocument&&) noexcept = default;
JsonDocument& JsonDocument::operator=(JsonDocument&&) noexcept = default;
JsonDocument::~JsonDocument() = default;

bool is_object(const Json& json) { return json.is_object(); }
bool is_array(const Json& json) { return json.is_array(); }
bool is_string(const Json& json) { return json.is_string(); }
std::size_t size_of(const Json& json) { return json.size(); }
const Json& element(const Json& array, std::size_t index) { return array.at(index); }
std::string text_of(const Json& string) { return string.get<std::string>(); }

const Json* find_member(const Json& object, std::string_view key) {
  const auto member = object.find(key);
  return member == object.end() ? nullptr : &*member;
}

std::vector<std::string> member_names(const Json& object) {
  std::vector<std::string> names;
  for (const auto& item : object.items()) {
    if (item.key() != kCommentKey) names.push_back(item.key());
  }
  return names;
}

std::string found(const Json& json) {
  constexpr std::size_t kLongestQuote = 60;
  if (json.is_object()) return "an object";
  if (json.is_array()) return "a list";
  std::string text = json.dump();
  if (text.size() > kLongestQuote) {
    std::size_t end = kLongestQuote;
    while ((static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;  // not inside a letter
    text = text.substr(0, end) + "...\"";
  }
  return text;
}

bool expect_object(const Json& json, const Place& place) {
  return json.is_object() || expected("an object", json, place);
}

bool expect_array(const Json& json, std::size_t min_items, const Place& place) {
  if (!json.is_array()) return expected("a list", json, place);
  if (json.size() > kMostItems) {
    place.error(fmt::format("has {} items, more than {}", json.size(), kMostItems));
    return false;
  }
  if (json.size() >= min_items) return true;
  place.error(min_items == 1
                  ? std::string("must not be empty")
                  : fmt::format("needs at least {} items, has {}", min_items, json.size()));
  return false;
}

bool read_number(const Json& json, double& out, const FieldInfo& field, const Place& place) {
  if (!json.is_number()) return expected("a number", json, place);
  const auto value = json.get<double>();
  if (!in_bounds(value, field, place)) return false;
  out = value + 0.0;  // -0 becomes 0: written, it would be "-0", which reads back as an integer
  return true;
}

bool read_integer(const Json& json, std::int64_t& out, std::int64_t lowest, std::int64_t highest,
                  const FieldInfo& field, const Place& place) {
  if (!expect_integer(json, place)) return false;
  const bool too_large =
      json.is_number_unsigned() && json.get<std::uint64_t>() > static_cast<std::uint64_t>(highest);
  const std::int64_t value = too_large ? 0 : json.get<std::int64_t>();
  if (too_large || value < lowest || value > highest) {
    place.error(
        fmt::format("{} does not fit; the range is [{}, {}]", json.dump(), lowest, highest));
    return false;
  }
  if (!in_bounds(static_cast<double>(value), field, place)) return false;
  out = value;
  return true;
}

bool read_integer(const Json& json, std::uint64_t& out, const FieldInfo& field,
                  const Place& place) {
  if (!expect_integer(json, place)) return false;
  if (!json.is_number_unsigned() && json.get<double>() < 0.0) {
    place.error(fmt::format("{} is below the minimum 0", json.dump()));
    return false;
  }
  const auto value = json.get<std::uint64_t>();
  if (!in_bounds(static_cast<double>(value), field, place)) return false;
  out = value;
  return true;
}

bool read_bool(const Json& json, bool& out, const Place& place) {
  if (!json.is_boolean()) return expected("true or false", json, place);
  out = json.get<bool>();
  return true;
}

bool read_string(const Json& json, std::string& out, const FieldInfo& field, const Place& place) {
  if (!json.is_string()) return expected("a string", json, place);
  if (!field.names.empty()) {
    std::size_t chosen = 0;
    if (!read_name(json, chosen, {field.names.begin(), field.names.end()}, place)) return false;
  }
  out = json.get<std::string>();
  if (out.size() >= field.min_items) return true;
  place.error("must not be empty");
  return false;
}

bool read_cell(const Json& json, const CellText& out, const Place& place) {
  if (!json.is_string() && !json.is_number()) return expected("a string or a number", json, place);
  out.text = json.is_string() ? text_of(json) : json.dump();
  return true;
}

bool read_name(const Json& json, std::size_t& out, const std::vector<std::string>& names,
               const Place& place) {
  if (!json.is_string()) {
    place.error(fmt::format("expected one of {}, got {}", quoted(names), found(json)));
    return false;
  }
  const std::string name = text_of(json);
  for (out = 0; out < names.size(); ++out) {
    if (names[out] == name) return true;
  }
  const std::string near = nearest(name, names);
  place.error(fmt::format("{} is not one of {}", found(json), quoted(names)),
              near.empty() ? "" : fmt::format("did you mean '{}'?", near));
  return false;
}

bool read_json_text(const Json& json, const JsonText& out, const Place& place) {
  if (!json.is_object() && !(out.or_name && json.is_string())) {
    return expected(out.or_name ? "an object or the name of a file" : "an object", json, place);
  }
  out.text = json.dump();
  return true;
}

const Json* read_single_member(const Json& json, std::size_t& out,
                               const std::vector<std::string>& names, const Place& place) {
  if (!expect_object(json, place)) return nullptr;
  const std::vector<std::string> keys = member_names(json);
  std::size_t known = 0;
  for (const std::string& key : keys) {
    std::size_t i = 0;
    while (i < names.size() && names[i] != key) ++i;
    if (i == names.size()) {
      place.child(key).error("unknown key", suggestion(key, names, "keys"));
      return nullptr;
    }
    out = i;
    ++known;
  }
  if (known == 1) return find_member(json, names[out]);
  place.error(fmt::format("expected exactly one of {}, got {}", quoted(names),
                          keys.empty() ? "none" : quoted(keys)));
  return nullptr;
}

void set_object(Json& json) { json = Json::object(); }
void set_array(Json& json) { json = Json::array(); }
Json& add_member(Json& object, std::string_view key) { return object[std::string(key)]; }

Json& append(Json& array) {
  array.push_back(nullptr);
  return array.back();
}

void remove_empty_object(Json& object, std::string_view key) {
  const auto member = object.find(std::string(key));
  if (member->is_object() && member->empty()) object.erase(member);
}

void remove_member(Json& object, std::string_view key) { object.erase(std::string(key)); }

void set(Json& json, double value) {
  AUTOSCALE_CHECK(std::isfinite(value), "JSON has no NaN and no infinity");
  if (std::trunc(value) == value && std::abs(value) < kExactIntegers) {
    json = static_cast<std::int64_t>(value);
  } else {
    json = value;
  }
}

void set(Json& json, std::int64_t value) { json = value; }
void set(Json& json, std::uint64_t value) { json = value; }
void set_bool(Json& json, bool value) { json = value; }
void set_text(Json& json, std::string_view value) { json = value; }
void set_parsed(Json& json, std::string_view json_text) { json = Json::parse(json_text); }

// What the readers let in is UTF-8; the words of a command line, kept in manifests, need not be.
std::string dump(const Json& json, int indent) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

}  // namespace autoscale
