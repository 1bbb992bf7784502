// What a gate says, for people and for programs.
#pragma once

#include <cstddef>
#include <string>

#include "sim/report/gate.h"

namespace autoscale {

enum class GateRows : unsigned char { kAll, kFailures };

// One line: "2 of 40 figures are not as in golden.json (gate exact); 3 are not judged".
[[nodiscard]] std::string gate_summary(const Judgement& judgement);

// What was expected, what came, how far it moved, what is allowed, the verdict; at most `most` rows, and
// how many more there are.
[[nodiscard]] std::string gate_table(const Judgement& judgement, GateRows rows, std::size_t most);
// The same and the summary, as Markdown.
[[nodiscard]] std::string gate_markdown(const Judgement& judgement, GateRows rows,
                                        std::size_t most);

// Every figure that was judged, unrounded. Precondition of the CSV: there is one.
[[nodiscard]] std::string gate_csv(const Judgement& judgement);
[[nodiscard]] std::string gate_json(const Judgement& judgement);

// JUnit's XML: a suite per scenario, a case per figure.
[[nodiscard]] std::string gate_junit(const Judgement& judgement);

}  // namespace autoscale
