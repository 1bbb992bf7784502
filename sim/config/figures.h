// Every figure of a profile with its provenance, found by describe: `list assumptions` and the
// shares of measured, derived and assumed figures come from here.
#pragma once

#include <string>
#include <vector>

#include "sim/base/provenance.h"
#include "sim/model/device.h"
#include "sim/model/network.h"
#include "sim/model/radio.h"

namespace autoscale {

struct SourcedFigure {
  std::string pointer;  // below the profile
  std::string value;
  Quality quality = Quality::kAssumed;
  std::string source;
};

// A list counts as one figure per number (a signal table as one per level).
[[nodiscard]] std::vector<SourcedFigure> sourced_figures(const DeviceProfile& device);
[[nodiscard]] std::vector<SourcedFigure> sourced_figures(const RadioProfile& radio);
[[nodiscard]] std::vector<SourcedFigure> sourced_figures(const Network& network);

}  // namespace autoscale
