// What `compare` prints.
#pragma once

#include <string>

#include "sim/report/comparison.h"
#include "sim/report/text_table.h"

namespace autoscale {

// Precondition: there is a row.
[[nodiscard]] std::string comparison_table(const Comparison& comparison,
                                           Markup markup = Markup::kPlain);

// One row per comparison; what is not defined is empty.
[[nodiscard]] std::string comparison_csv(const Comparison& comparison);

// {"comparisons": [{...}], "notes": [...]} with the columns of the CSV as keys; what is not defined is
// null.
[[nodiscard]] std::string comparison_json(const Comparison& comparison);

}  // namespace autoscale
