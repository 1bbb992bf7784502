// The machine-readable summary: `run --format json` and summary.json.
#pragma once

#include <string>

#include "sim/report/summary.h"

namespace autoscale {

// {"scenario", "device", "seed", "replications", "policies": [{"name", "policy", "metrics": {NAME:
// {"mean", "ci95"}}, "targets": {TARGET: share}, "places", "networks": {NETWORK: the same
// three}}]}. What is not defined is null.
[[nodiscard]] std::string json_report(const Summary& summary);

}  // namespace autoscale
