// Checks of what options are given, made while the command line is read.
#pragma once

#include <charconv>
#include <cstdint>
#include <string>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace autoscale {

// A whole decimal number in [lowest, highest]; for Option::transform.
inline CLI::Validator whole_number(std::uint64_t lowest, std::uint64_t highest) {
  return CLI::Validator(
      [=](std::string& text) -> std::string {
        std::uint64_t value = 0;
        const char* const end = text.data() + text.size();
        const auto [stop, error] = std::from_chars(text.data(), end, value);
        if (text.empty() || stop != end || error != std::errc{} || value < lowest ||
            value > highest) {
          return fmt::format("expected a whole number from {} to {}, got \"{}\"", lowest, highest,
                             text);
        }
        text = std::to_string(value);  // without leading zeros, which would make it octal
        return "";
      },
      "");
}

// For names of files and folders: an empty one is a mistake of a script.
inline CLI::Validator not_empty() {
  return CLI::Validator(
      [](std::string& text) { return std::string(text.empty() ? "is empty" : ""); }, "");
}

}  // namespace autoscale
