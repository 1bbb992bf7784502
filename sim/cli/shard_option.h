// --shard I/N.
#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "sim/sweep/plan.h"

namespace autoscale {

// "2/8"; nothing when it is none.
[[nodiscard]] inline std::optional<Shard> parse_shard(const std::string& text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string::npos) return std::nullopt;
  const auto number = [](std::string_view part) {
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), value);
    return error == std::errc{} && end == part.data() + part.size() ? value : 0;
  };
  const Shard shard{number(std::string_view(text).substr(0, slash)),
                    number(std::string_view(text).substr(slash + 1))};
  const bool valid = shard.index >= 1 && shard.index <= shard.count;
  return valid ? std::optional(shard) : std::nullopt;
}

inline CLI::Validator a_shard() {
  return CLI::Validator(
      [](std::string& text) {
        return parse_shard(text) ? std::string()
                                 : fmt::format("expected I/N with I from 1 to N, got \"{}\"", text);
      },
      "");
}

}  // namespace autoscale
