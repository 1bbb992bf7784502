// What `compare --over-tasks --profiles` prints.
#pragma once

#include <string>

#include "sim/report/performance_profile.h"
#include "sim/report/text_table.h"

namespace autoscale {

// Precondition of all: there is a row.
// Shares at the marks, in percent.
[[nodiscard]] std::string profile_table(const Profiles& profiles, Markup markup = Markup::kPlain);

// One row per metric, policy and tau; an interval that is not defined is empty.
[[nodiscard]] std::string profile_csv(const Profiles& profiles);

// {"profiles": [{...}], "notes": [...]} with the columns of the CSV as keys.
[[nodiscard]] std::string profile_json(const Profiles& profiles);

}  // namespace autoscale
