#include "sim/policies/reward.h"

#include <algorithm>

namespace autoscale {
namespace {

double greatest_energy_mj(const WorkloadInfo& workload) {
  double greatest = 0.0;
  for (const ProfileEntry& entry : workload.profile) {
    if (entry.supported) greatest = std::max(greatest, entry.energy.value);
  }
  return greatest;
}

bool counts(const AutoScaleConfig& config, RewardTerm term) {
  return std::ranges::count(config.reward_terms_left_out, term) == 0;
}

}  // namespace

Millijoules reference_energy(const WorkloadInfo& workload, std::span<const Target> targets) {
  for (std::size_t t = 0; t < targets.size(); ++t) {
    const Target& target = targets[t];
    const bool is_reference =
        target.site == Site::kPhone && target.processor == ProcessorKind::kCpu &&
        target.precision == Precision::kFp32 && target.step + 1 == target.steps;
    if (is_reference && workload.profile[t].supported && workload.profile[t].energy.value > 0.0) {
      return workload.profile[t].energy;
    }
  }
  const double greatest = greatest_energy_mj(workload);
  return Millijoules{greatest > 0.0 ? greatest : 1.0};
}

RewardFunction::RewardFunction(const AutoScaleConfig& config, const PolicyContext& context)
    : kind_(config.reward),
      qos_counts_(counts(config, RewardTerm::kQos)),
      accuracy_counts_(counts(config, RewardTerm::kAccuracy)),
      energy_weight_(counts(config, RewardTerm::kEnergy) ? 1.0 : 0.0),
      alpha_(qos_counts_ ? config.alpha : 0.0),
      beta_(accuracy_counts_ ? config.beta : 0.0),
      overshoot_weight_(qos_counts_ ? config.overshoot_weight : 0.0) {
  // A feasible run must beat every late one, so w0 has to exceed the energy ratio of any feasible
  // run. The profile's greatest ratio belongs to a run far longer than the QoS in most networks;
  // twice that leaves room for weak signals and co-runners.
  constexpr double kMargin = 2.0;
  for (const WorkloadInfo& workload : context.workloads) {
    const double reference = reference_energy(workload, context.targets).value;
    const double computed = kMargin * std::max(1.0, greatest_energy_mj(workload) / reference);
    scales_.push_back({workload.qos.value, energy_weight_ / reference,
                       config.violation_penalty > 0.0 ? config.violation_penalty : computed});
  }
}

double RewardFunction::predicted(std::uint32_t workload, const ProfileEntry& entry) const {
  return (*this)(workload, {.energy_mj = entry.energy.value,
                            .latency_ms = entry.latency.value,
                            .accuracy_percent = entry.accuracy_percent,
                            .meets_accuracy = entry.meets_accuracy});
}

}  // namespace autoscale
