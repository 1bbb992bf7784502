// Enumerates the targets a scenario's devices offer.
#pragma once

#include <vector>

#include "sim/engine/target.h"
#include "sim/engine/world.h"

namespace autoscale {

// A target and where its figures stand in the profiles.
struct TargetSource {
  Target target;
  const ProcessorProfile* processor = nullptr;
  const LatencyProfile* latency = nullptr;
};

// In the order documented at Target: 66 for the Mi8Pro, 65 for the Galaxy S10e, 47 for the Moto X Force
// with the Galaxy Tab S6 and the Xeon + P100 as peers.
std::vector<TargetSource> enumerate_targets(const ScenarioInputs& inputs);

}  // namespace autoscale
