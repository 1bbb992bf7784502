#include "sim/config/reader.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "sim/config/json_file.h"

namespace autoscale {

ObjectReader::Found ObjectReader::take(const FieldInfo& field) {
  known_.push_back(field.key);
  for (auto layer = layers_.rbegin(); layer != layers_.rend(); ++layer) {
    if (const Json* value = find_member(*layer->object, field.key)) return {value, &*layer};
  }
  if (field.required) layers_.front().place.child(field.key).error("is required");
  return {};
}

void ObjectReader::report_unknown_keys() const {
  for (const ObjectLayer& layer : layers_) {
    if (layer.foreign_keys) continue;
    for (const std::string& key : member_names(*layer.object)) {
      if (std::ranges::find(known_, key) != known_.end()) continue;
      if (key == kSchemaKey && layer.place.pointer.empty()) {
        std::string ignored;
        read_string(*find_member(*layer.object, key), ignored, {}, layer.place.child(key));
        continue;
      }
      layer.place.child(key).error("unknown key",
                                   suggestion(key, {known_.begin(), known_.end()}, "keys"));
    }
  }
}

void ObjectReader::check_exactly_one(std::span<const std::string_view> keys) const {
  if (keys.empty()) return;
  const auto is_given = [&](std::string_view key) {
    return std::ranges::any_of(layers_, [&](const ObjectLayer& layer) {
      return find_member(*layer.object, key) != nullptr;
    });
  };
  std::vector<std::string_view> given;
  std::ranges::copy_if(keys, std::back_inserter(given), is_given);
  if (given.size() == 1) return;
  layers_.back().place.error(
      fmt::format("expected exactly one of \"{}\", got {}", fmt::join(keys, "\", \""),
                  given.empty() ? "none" : fmt::format("\"{}\"", fmt::join(given, "\" and \""))));
}

ParsedLayers::ParsedLayers(std::span<const JsonLayer> layers, Diagnostics& diagnostics) {
  for (const JsonLayer& layer : layers) {
    std::optional<JsonDocument> document = parse_json(layer.text, layer.file, diagnostics);
    if (!document) continue;
    const Place place{layer.file, layer.pointer, &diagnostics};
    if (!expect_object(document->root(), place)) continue;
    documents_.push_back(std::move(*document));
    layers_.push_back({&documents_.back().root(), place, layer.foreign_keys});
  }
}

std::vector<ObjectLayer> ParsedLayers::objects() const { return layers_; }

std::vector<std::string> keys_of_json_text(std::string_view json_text) {
  Diagnostics ignored;
  const std::optional<JsonDocument> document = parse_json(json_text, "", ignored);
  if (!document || !is_object(document->root())) return {};
  return member_names(document->root());
}

void refuse_repeats(std::span<const std::string> names, const Place& place) {
  for (std::size_t i = 1; i < names.size(); ++i) {
    if (std::ranges::count(names.first(i), names[i]) == 0) continue;
    place.child(i).error(fmt::format("\"{}\" is listed twice", names[i]));
  }
}

}  // namespace autoscale
