// JSON text and files to documents, with everything that can be wrong with a text named.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "sim/config/json_access.h"

namespace autoscale {

inline constexpr std::size_t kDeepestNesting = 64;
inline constexpr std::size_t kMostKeys = 10'000;  // of one object: Json looks them up one by one
inline constexpr std::size_t kLargestFileBytes = std::size_t{64} << 20;

// The bytes of a file, or nothing after reporting why not.
[[nodiscard]] std::optional<std::string> read_text_file(const std::filesystem::path& path,
                                                        Diagnostics& diagnostics);

// Offset of the first byte that is not UTF-8, or npos. Overlong forms and surrogates are refused.
[[nodiscard]] std::size_t find_invalid_utf8(std::string_view text);

// Refuses what is not UTF-8, not JSON, nested too deeply or too large a
// number, has too many keys. A repeated key is
// reported too, but the document is still returned so that its other errors are found.
[[nodiscard]] std::optional<JsonDocument> parse_json(std::string_view text, const std::string& file,
                                                     Diagnostics& diagnostics);

[[nodiscard]] std::optional<JsonDocument> load_json_file(const std::filesystem::path& path,
                                                         Diagnostics& diagnostics);

}  // namespace autoscale
