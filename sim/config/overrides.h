// --set POINTER=VALUE: changes to a JSON document before it is read.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/config/json_access.h"

namespace autoscale {

struct AppliedOverride {
  std::string label;    // "--set /qos_ms=5", named in errors about the value
  std::string pointer;  // with "-" replaced by the index that was appended
};

// VALUE is JSON when it parses as JSON, otherwise a string. Missing members of objects are created;
// a list index has to exist, "-" appends. Reports what cannot be applied and goes on.
[[nodiscard]] std::vector<AppliedOverride> apply_overrides(Json& document,
                                                           std::span<const std::string> overrides,
                                                           Diagnostics& diagnostics);

// Puts `value` where `pointer` (which begins with "/") leads, as --set does. Returns where that is, or
// nothing after reporting; `at` is the root, its file what is to blame.
[[nodiscard]] std::optional<std::string> set_at(Json& document, std::string_view pointer,
                                                const Json& value, Place at);

// Moves `from` to `to`; errors about a value that --set put there name the option, not the file.
void blame_overrides(const Diagnostics& from, std::span<const AppliedOverride> applied,
                     Diagnostics& to);

}  // namespace autoscale
