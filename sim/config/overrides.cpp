#include "sim/config/overrides.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "sim/base/split.h"
#include "sim/config/json_file.h"

namespace autoscale {
namespace {

std::vector<std::string> split_pointer(std::string_view pointer) {
  std::vector<std::string> parts;
  for (const std::string_view part : split(pointer.substr(1), '/')) {
    parts.push_back(unescape_pointer(part));
  }
  return parts;
}

// What keeps an option from being applied, or "".
std::string problem_with(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (!text.starts_with('/') || equals == std::string_view::npos) {
    return "expected POINTER=VALUE, such as /workload/0/qos_ms=30";
  }
  const std::size_t invalid = find_invalid_utf8(text);
  if (invalid != std::string_view::npos) {
    return fmt::format("byte {} of it is not UTF-8", invalid + 1);
  }
  const auto depth = std::ranges::count(text.substr(0, equals), '/');
  if (static_cast<std::size_t>(depth) > kDeepestNesting) {
    return fmt::format("nests deeper than {} levels", kDeepestNesting);
  }
  return "";
}

std::optional<std::size_t> parse_index(std::string_view text) {
  std::size_t index = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), index);
  const bool whole = error == std::errc{} && end == text.data() + text.size();
  return whole ? std::optional(index) : std::nullopt;
}

// "autoscale" and {"policy": "autoscale"} mean the same; only the second has room for members.
void make_room_in_policy(Json& value, const std::string& pointer) {
  constexpr std::string_view kList = "/policies/";
  const bool in_list =
      pointer.starts_with(kList) && pointer.find('/', kList.size()) == pointer.npos;
  if (in_list && value.is_string()) value = Json{{"policy", value}};
}

// One step down from `value`; `at` is where value stands and is moved along.
Json* step(Json& value, const std::string& part, Place& at) {
  make_room_in_policy(value, at.pointer);
  if (value.is_null()) value = Json::object();  // a member that was just created
  if (value.is_object()) {
    at = at.child(part);
    return &value[part];
  }
  if (!value.is_array()) {
    at.error(fmt::format("is {}, which has no member \"{}\"", found(value), part));
    return nullptr;
  }
  if (part == "-") {
    at = at.child(value.size());
    value.push_back(nullptr);
    return &value.back();
  }
  const std::optional<std::size_t> index = parse_index(part);
  if (!index || *index >= value.size()) {
    at.error(fmt::format("is a list of {} and has no element \"{}\"", value.size(), part),
             "'-' appends");
    return nullptr;
  }
  at = at.child(*index);
  return &value[*index];
}

Json parse_value(std::string_view text) {
  Diagnostics ignored;  // what is not JSON is a string
  std::optional<JsonDocument> parsed = parse_json(text, "", ignored);
  if (!parsed || !ignored.empty()) return Json(std::string(text));
  return std::move(parsed->root());
}

}  // namespace

std::optional<std::string> set_at(Json& document, std::string_view pointer, const Json& value,
                                  Place at) {
  Json* slot = &document;
  for (const std::string& part : split_pointer(pointer)) {
    slot = step(*slot, part, at);
    if (slot == nullptr) return std::nullopt;
  }
  *slot = value;
  return at.pointer;
}

std::vector<AppliedOverride> apply_overrides(Json& document, std::span<const std::string> overrides,
                                             Diagnostics& diagnostics) {
  std::vector<AppliedOverride> applied;
  for (const std::string& text : overrides) {
    const std::string label = "--set " + text;
    if (std::string problem = problem_with(text); !problem.empty()) {
      diagnostics.add({label, "", std::move(problem), ""});
      continue;
    }
    const std::size_t equals = text.find('=');
    const std::string_view whole = text;
    const auto set = set_at(document, whole.substr(0, equals),
                            parse_value(whole.substr(equals + 1)), Place{label, "", &diagnostics});
    if (set) applied.push_back({label, *set});
  }
  return applied;
}

void blame_overrides(const Diagnostics& from, std::span<const AppliedOverride> applied,
                     Diagnostics& to) {
  for (Diagnostic d : from.list()) {
    const auto set_it = [&](const AppliedOverride& o) {
      return d.pointer == o.pointer || d.pointer.starts_with(o.pointer + "/");
    };
    const auto last = std::find_if(applied.rbegin(), applied.rend(), set_it);
    if (last != applied.rend()) d.file = last->label;
    to.add(std::move(d));
  }
}

}  // namespace autoscale
