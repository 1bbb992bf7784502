// For policies that decide once per workload, from the offline profile, and then never again.
#pragma once

#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "sim/engine/policy.h"

namespace autoscale {

class FixedChoice : public Policy {
 public:
  TargetId choose(const Observation& now) final { return choice_[now.workload]; }

 protected:
  explicit FixedChoice(std::vector<TargetId> choice) : choice_(std::move(choice)) {}

 private:
  std::vector<TargetId> choice_;  // [workload]
};

using TargetTest = std::function<bool(const Target&)>;

// Whether profile entry `a` is a better place to run than `b` for a workload.
using ProfileOrder =
    std::function<bool(const WorkloadInfo&, const ProfileEntry& a, const ProfileEntry& b)>;

// The order of the oracle, by the profile: accuracy met, then QoS met, then least energy.
bool better_by_profile(const WorkloadInfo& workload, const ProfileEntry& a, const ProfileEntry& b);
bool faster_by_profile(const WorkloadInfo& workload, const ProfileEntry& a, const ProfileEntry& b);

// For each workload the best supported target among the `candidates`, the lowest on ties. Throws
// PolicyError, naming the networks, when a workload has none: a fixed policy does not quietly run
// somewhere else. `place` says in words where it looked: "on the cloud".
std::vector<TargetId> best_targets(const PolicyContext& context, const TargetTest& candidates,
                                   const ProfileOrder& better, std::string_view place);

inline bool is_top_step(const Target& t) { return t.step + 1 == t.steps; }

}  // namespace autoscale
