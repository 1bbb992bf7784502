#include "sim/engine/cost_limits.h"

#include <algorithm>

#include <fmt/format.h>

namespace autoscale {
namespace {

bool is_duration(double ms) { return ms >= 0.0 && ms <= kLongestInferenceMs; }  // false for NaN

std::string too_long(std::string_view what, double ms) {
  return fmt::format("{} would take {} ms; expected 0 to {}", what, ms, kLongestInferenceMs);
}

double least(const SignalTable& goodput) { return *std::ranges::min_element(goodput.values); }

}  // namespace

std::string cost_problem(const CostTable& table, const WorkloadCost& workload,
                         const ScenarioInputs& inputs) {
  for (std::size_t t = 0; t < workload.targets.size(); ++t) {
    const TargetCost& target = workload.targets[t];
    if (!target.supported) continue;
    const LayerCosts& layers = *target.layers;
    const double compute_ms = layers.compute_ms() * target.frequency_scale;
    const double run_ms = layers.dispatch_ms + compute_ms + layers.memory_ms();
    const std::string& name = table.targets[t].name;
    if (!is_duration(compute_ms) || !is_duration(layers.memory_ms()) || !is_duration(run_ms)) {
      return too_long("an inference on " + name, run_ms);
    }
    const auto& radio = inputs.radios[static_cast<std::size_t>(target.link)];
    if (target.local || !radio) continue;
    const double up_ms = workload.uplink_kbit / least(radio->uplink_mbps);
    const double down_ms = workload.downlink_kbit / least(radio->downlink_mbps);
    if (!is_duration(up_ms)) return too_long("an upload to " + name, up_ms);
    if (!is_duration(down_ms)) return too_long("a download from " + name, down_ms);
  }
  return "";
}

}  // namespace autoscale
