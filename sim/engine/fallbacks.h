// Where requests run whose transfers fail.
#pragma once

#include <string>

#include "sim/base/diagnostics.h"
#include "sim/engine/world.h"

namespace autoscale {

// Gives each workload of the world its fallback: what cpu_only or edge_best would choose. Reports workloads
// without one. `file`: the scenario, for messages.
void fill_fallbacks(World& world, const std::string& file, Diagnostics& problems);

}  // namespace autoscale
