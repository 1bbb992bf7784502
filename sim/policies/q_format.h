// How many bits a Q value has, and what fixed-point numbers reach from and to.
#pragma once

#include <cstdint>
#include <span>

#include "sim/policies/autoscale_config.h"
#include "sim/policies/q_values.h"
#include "sim/policies/reward.h"

namespace autoscale {

// A workload of one table: its network state, and the targets it may choose.
struct TableMember {
  std::uint32_t workload = 0;
  int network_state = 0;
  std::span<const TargetId> allowed;
};

// The range of a network state is from the worst reward that the offline profile predicts for an allowed
// target to the best that the reward can be at all, both as if earned for ever (over 1 - discount), and
// contains the initial values. Network states without a member, which a loaded table may have, get the
// range of all.
QFormat make_format(const AutoScaleConfig& config, const PolicyContext& context,
                    const RewardFunction& reward, std::span<const TableMember> members);

}  // namespace autoscale
