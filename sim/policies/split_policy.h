// For policies that cut a network between the phone and the cloud by the signal level of the moment. A phone knows the
// level in whole dBm, so a decision is taken once for each (workload, link, level) and then looked up.
#pragma once

#include <array>
#include <deque>
#include <map>
#include <vector>

#include "sim/policies/split_costs.h"

namespace autoscale {

class SplitPolicy : public Policy {
 public:
  TargetId choose(const Observation& now) final;
  [[nodiscard]] const PartitionPlan& plan() const final { return *chosen_; }

 protected:
  // Keeps the spans of `context`. Throws PolicyError when there is no cloud.
  explicit SplitPolicy(const PolicyContext& context);

  // The layers that stay on the phone; a closed set (partition.h).
  [[nodiscard]] virtual LayerSet cut(std::uint32_t workload, const LinkLevel& link) = 0;
  // Where each workload's two parts run; set by the derived policy's constructor.
  [[nodiscard]] virtual const SplitCosts& costs(std::uint32_t workload) const = 0;

  [[nodiscard]] const PolicyContext& context() const { return context_; }

 private:
  static constexpr int kWeakestDbm = -160;
  static constexpr int kLevels = 161;  // to 0 dBm
  struct Decision {
    TargetId target = kNoTarget;  // kNoTarget: not yet taken
    const PartitionPlan* plan = nullptr;
  };

  Decision decide(std::uint32_t workload, LinkId link, int dbm);

  PolicyContext context_;
  std::vector<std::array<std::vector<Decision>, kLinks>> decisions_;  // [workload][link][level]
  std::vector<std::map<LayerSet, const PartitionPlan*>> known_;       // [workload]
  std::deque<PartitionPlan> plans_;
  const PartitionPlan* chosen_ = nullptr;
};

// The phone's CPU or GPU in floating point at its highest step, the one that `faster` prefers for the whole network;
// and the cloud's fastest processor. [workload]
struct SplitTargets {
  std::vector<TargetId> phone;
  std::vector<TargetId> cloud;
};
[[nodiscard]] SplitTargets split_targets(const PolicyContext& context, bool by_latency);

}  // namespace autoscale
