// The rows of results.csv and summary.csv as JSON Lines: one object per row, the columns as keys. Numbers are
// the shortest that read back as the same double; what is not defined is null.
#pragma once

#include <string>
#include <string_view>

#include "sim/report/summary.h"

namespace autoscale {

// `leading` are members that stand before the scenario: "\"point\":17,".
[[nodiscard]] std::string jsonl_rows(const Summary& summary, std::string_view leading,
                                     bool by_network);
[[nodiscard]] std::string summary_jsonl_rows(const Summary& summary, std::string_view leading,
                                             bool by_network);

// A text as a JSON string, with its quotes.
[[nodiscard]] std::string json_string(std::string_view text);

}  // namespace autoscale
