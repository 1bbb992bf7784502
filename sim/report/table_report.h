// The default output of `run`: aligned tables for people.
#pragma once

#include <string>

#include "sim/report/summary.h"

namespace autoscale {

// Who was simulated how, one block for all workloads together, and where requests ran. `by_network`
// adds each policy's energy per network.
[[nodiscard]] std::string table_report(const World& world, const Summary& summary,
                                       Evaluation evaluation, bool by_network);

}  // namespace autoscale
