#include "sim/config/place.h"

#include <utility>

#include <fmt/format.h>

namespace autoscale {

Place Place::child(std::string_view key) const {
  return {file, fmt::format("{}/{}", pointer, escape_pointer(key)), diagnostics};
}

Place Place::child(std::size_t index) const {
  return {file, fmt::format("{}/{}", pointer, index), diagnostics};
}

void Place::error(std::string message, std::string hint) const {
  diagnostics->add({file, pointer, std::move(message), std::move(hint)});
}

std::string escape_pointer(std::string_view key) {
  std::string part;
  for (const char c : key) {
    if (c == '~') {
      part += "~0";
    } else if (c == '/') {
      part += "~1";
    } else {
      part += c;
    }
  }
  return part;
}

std::string unescape_pointer(std::string_view part) {
  std::string key;
  for (std::size_t i = 0; i < part.size(); ++i) {
    const bool escaped =
        part[i] == '~' && i + 1 < part.size() && (part[i + 1] == '0' || part[i + 1] == '1');
    if (escaped) {
      key += part[++i] == '0' ? '~' : '/';
    } else {
      key += part[i];
    }
  }
  return key;
}

std::string suggestion(std::string_view word, const std::vector<std::string>& known,
                       std::string_view kind) {
  const std::string near = nearest(word, known);
  if (!near.empty()) return fmt::format("did you mean '{}'?", near);
  if (known.empty()) return fmt::format("there are no {}", kind);
  return fmt::format("known {}: {}", kind, fmt::join(known, ", "));
}

}  // namespace autoscale
