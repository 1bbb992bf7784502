// What can be wrong with the signals and the load of a scenario beyond its own file.
#pragma once

#include <string>

#include "sim/base/diagnostics.h"
#include "sim/engine/world.h"

namespace autoscale {

// Traces that do not fit their link or do not reach where the scenario plays them; generators without sense.
void check_signals(const World& world, const std::string& file, Diagnostics& problems);

// Links over which nothing ever gets through, or through whose outages a transfer would wait for ever. Needs
// world.environment.
void check_outages(const World& world, const std::string& file, Diagnostics& problems);

}  // namespace autoscale
