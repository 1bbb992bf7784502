// What `compare --over-tasks` prints.
#pragma once

#include <string>

#include "sim/report/task_comparison.h"
#include "sim/report/text_table.h"

namespace autoscale {

// Precondition of all: there is a row.
[[nodiscard]] std::string task_table(const TaskComparison& comparison,
                                     Markup markup = Markup::kPlain);

// One row per policy and metric; what is not defined is empty.
[[nodiscard]] std::string task_csv(const TaskComparison& comparison);

// {"tasks": [{...}], "notes": [...]} with the columns of the CSV as keys.
[[nodiscard]] std::string task_json(const TaskComparison& comparison);

}  // namespace autoscale
