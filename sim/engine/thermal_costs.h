// What a phone's throttling makes of the targets, from its profile.
#pragma once

#include <span>

#include "sim/config/scenario.h"
#include "sim/engine/cost_table.h"
#include "sim/model/device.h"

namespace autoscale {

// A target whose V/F step lies above the cap of its processor runs at the highest step at or below the cap, in
// the same precision; at the lowest where there is none. Targets elsewhere than on the phone run as they are.
ThermalCost thermal_cost(const ThermalProfile& profile, const ThermalSpec& spec,
                         std::span<const Target> targets);

}  // namespace autoscale
