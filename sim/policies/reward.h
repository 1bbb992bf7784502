// The reward of one outcome: AutoScale's formula as reconstructed (`paper`), and one that puts the
// requirements first (`penalised`). docs/autoscale.md derives both.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sim/engine/observation.h"
#include "sim/policies/autoscale_config.h"

namespace autoscale {

// Profile energy on the phone's CPU, FP32, top step: the unit in which energies of networks and of
// devices compare. Where that target is not supported, the greatest profile energy.
Millijoules reference_energy(const WorkloadInfo& workload, std::span<const Target> targets);

// What a reward is made of; energies in mJ, latencies in ms, accuracies in percent.
struct RewardInput {
  double energy_mj = 0.0;
  double latency_ms = 0.0;
  double accuracy_percent = 0.0;
  bool meets_accuracy = true;
  bool dropped = false;
};

class RewardFunction {
 public:
  RewardFunction(const AutoScaleConfig& config, const PolicyContext& context);

  [[nodiscard]] double operator()(std::uint32_t workload, const RewardInput& input) const {
    return kind_ == RewardKind::kPaper ? paper(scales_[workload], input)
                                       : penalised(scales_[workload], input);
  }
  // What the offline profile predicts for a target. Precondition: the target is supported.
  [[nodiscard]] double predicted(std::uint32_t workload, const ProfileEntry& entry) const;
  // No reward of a workload is greater.
  [[nodiscard]] double greatest(std::uint32_t workload) const {
    return kind_ == RewardKind::kPaper ? alpha_ * scales_[workload].qos_ms + beta_ * 100.0 : 0.0;
  }
  // w0 of a workload, after its calculation from the profile.
  [[nodiscard]] double violation_penalty(std::uint32_t workload) const {
    return scales_[workload].violation_penalty;
  }

 private:
  struct Scale {  // of a workload
    double qos_ms = 0.0;
    double per_reference_mj = 1.0;
    double violation_penalty = 0.0;
  };

  [[nodiscard]] double paper(const Scale& scale, const RewardInput& in) const {
    // The paper has no drops. No answer has no accuracy: by any other branch a drop, which costs
    // little energy, would be the best that can happen.
    if (in.dropped) return -100.0;
    if (accuracy_counts_ && !in.meets_accuracy) return in.accuracy_percent - 100.0;
    const double slack = in.latency_ms < scale.qos_ms ? alpha_ * in.latency_ms : 0.0;
    return -energy_weight_ * in.energy_mj + slack + beta_ * in.accuracy_percent;
  }

  [[nodiscard]] double penalised(const Scale& scale, const RewardInput& in) const {
    double reward = -in.energy_mj * scale.per_reference_mj;
    if (in.dropped || (qos_counts_ && in.latency_ms > scale.qos_ms)) {
      const double overshoot = in.latency_ms / scale.qos_ms - 1.0;
      reward -= scale.violation_penalty + (overshoot > 0.0 ? overshoot_weight_ * overshoot : 0.0);
    }
    // Twice: a missed accuracy is worse than a missed QoS, as in the order of the oracle.
    if (accuracy_counts_ && !in.meets_accuracy && !in.dropped)
      reward -= 2.0 * scale.violation_penalty;
    return reward;
  }

  RewardKind kind_;
  bool qos_counts_;
  bool accuracy_counts_;
  double energy_weight_;  // 0 or 1
  double alpha_;
  double beta_;
  double overshoot_weight_;
  std::vector<Scale> scales_;  // [workload]
};

}  // namespace autoscale
