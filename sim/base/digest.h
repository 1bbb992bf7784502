// Fingerprints of texts and files.
#pragma once

#include <cstdint>
#include <string_view>

namespace autoscale {

inline constexpr std::uint64_t kFnvOffset = 0xcbf29ce484222325U;

// FNV-1a, 64 bits: tells whether a text has changed, not whether somebody meant harm. `from` continues an
// earlier one.
[[nodiscard]] constexpr std::uint64_t fnv1a64(std::string_view bytes,
                                              std::uint64_t from = kFnvOffset) {
  for (const char c : bytes) from = (from ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  return from;
}

}  // namespace autoscale
