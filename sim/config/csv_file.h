// CSV (RFC 4180) to rows of text, with everything that can be wrong with its form named.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/diagnostics.h"

namespace autoscale {

struct CsvTable {
  std::vector<std::string> columns;  // the first line
  std::vector<std::vector<std::string>> rows;
  std::vector<std::size_t> lines;  // [row] where it begins, the header being line 1

  // Position of a column, or nothing.
  [[nodiscard]] std::optional<std::size_t> column(std::string_view name) const;
};

// Reports what is wrong (not UTF-8, a row of another length, an open quote, a repeated column, nothing at
// all, too much of it) and returns nothing. Diagnostics point to "line N"; after 100 of them it stops.
[[nodiscard]] std::optional<CsvTable> parse_csv(std::string_view text, const std::string& file,
                                                Diagnostics& diagnostics);

}  // namespace autoscale
