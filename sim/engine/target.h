// The targets of a phone: every (site, processor, precision, V/F step) where one inference can run.
// Order: the phone's processors in file order, each precision, steps from low to high frequency; then the
// edge peer's processors; then the cloud's (each at its only, highest step).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/base/units.h"
#include "sim/model/device.h"

namespace autoscale {

enum class Site : std::uint8_t { kPhone, kEdgePeer, kCloud };
inline constexpr int kSites = 3;
const char* to_string(Site s);

using TargetId = std::uint16_t;
inline constexpr TargetId kNoTarget = 0xFFFF;

struct Target {
  Site site = Site::kPhone;
  ProcessorKind processor = ProcessorKind::kCpu;
  Precision precision = Precision::kFp32;
  int step = 0;   // V/F step, 0 = lowest
  int steps = 1;  // steps of that processor
  Megahertz frequency;
  double frequency_ratio = 1.0;  // f / f_max
  std::string name;              // "cpu/fp32@2649.6MHz", "edge:gpu/fp16", "cloud:cpu/fp32"
  std::string place;             // "cpu/fp32": the target without its step
};

}  // namespace autoscale
