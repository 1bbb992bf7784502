// Where a value stands in an input, and where its problems are reported.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "sim/base/diagnostics.h"

namespace autoscale {

struct Place {
  std::string file;     // as the user named it; empty for the command line
  std::string pointer;  // JSON pointer, "" for the whole document
  Diagnostics* diagnostics = nullptr;

  [[nodiscard]] Place child(std::string_view key) const;  // escapes "~" and "/"
  [[nodiscard]] Place child(std::size_t index) const;
  void error(std::string message, std::string hint = "") const;
  [[nodiscard]] std::size_t errors() const { return diagnostics->list().size(); }
};

// One part of a JSON pointer, escaped and unescaped (RFC 6901).
[[nodiscard]] std::string escape_pointer(std::string_view key);
[[nodiscard]] std::string unescape_pointer(std::string_view part);

// "did you mean 'x'?" when something is near, otherwise "known KIND: a, b, c".
[[nodiscard]] std::string suggestion(std::string_view word, const std::vector<std::string>& known,
                                     std::string_view kind);

}  // namespace autoscale
