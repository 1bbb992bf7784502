#include "sim/engine/thermal_costs.h"

#include <array>

namespace autoscale {
namespace {

using Caps = std::array<double, kProcessorKinds>;  // MHz

// Steps of a processor and precision ascend in `targets`, so the last one that fits is the highest.
TargetId below_cap(std::span<const Target> targets, std::size_t wanted, const Caps& caps) {
  const Target& target = targets[wanted];
  const double cap_mhz = caps[static_cast<std::size_t>(target.processor)];
  if (target.site != Site::kPhone || target.frequency.value <= cap_mhz)
    return static_cast<TargetId>(wanted);
  TargetId found = kNoTarget;
  for (std::size_t t = 0; t < wanted; ++t) {
    const Target& other = targets[t];
    const bool same = other.site == target.site && other.processor == target.processor &&
                      other.precision == target.precision;
    if (same && (found == kNoTarget || other.frequency.value <= cap_mhz))
      found = static_cast<TargetId>(t);
  }
  return found == kNoTarget ? static_cast<TargetId>(wanted) : found;
}

}  // namespace

ThermalCost thermal_cost(const ThermalProfile& profile, const ThermalSpec& spec,
                         std::span<const Target> targets) {
  ThermalCost cost;
  cost.node = {.resistance_k_per_w = profile.resistance_k_per_w.value,
               .time_constant_ms = profile.time_constant_s.value * 1e3,
               .ambient_c = spec.ambient_c};
  cost.initial_c = spec.initial_c.value_or(spec.ambient_c);
  cost.hysteresis_k = profile.hysteresis_k.value;
  Caps caps;
  caps.fill(std::numeric_limits<double>::infinity());
  for (const ThrottlingStep& step : profile.throttling) {
    cost.at_c.push_back(step.at_c);
    if (step.cpu_mhz) caps[static_cast<std::size_t>(ProcessorKind::kCpu)] = *step.cpu_mhz;
    if (step.gpu_mhz) caps[static_cast<std::size_t>(ProcessorKind::kGpu)] = *step.gpu_mhz;
    if (step.dsp_mhz) caps[static_cast<std::size_t>(ProcessorKind::kDsp)] = *step.dsp_mhz;
    for (std::size_t t = 0; t < targets.size(); ++t)
      cost.runs_as.push_back(below_cap(targets, t, caps));
  }
  return cost;
}

}  // namespace autoscale
