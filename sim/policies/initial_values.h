// What a Q entry is worth before anything was learned.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "sim/base/random.h"
#include "sim/policies/autoscale_config.h"
#include "sim/policies/q_format.h"
#include "sim/policies/q_table.h"
#include "sim/policies/reward.h"

namespace autoscale {

// Random values are keyed by (state, target): they do not depend on the order of visits.
// `members` are the workloads of one table.
QTable::InitialValue make_initial_values(const AutoScaleConfig& config,
                                         const PolicyContext& context, const RewardFunction& reward,
                                         std::span<const TableMember> members, std::uint32_t table);

// A draw in (0, 1) for an entry of a table.
double initial_draw(StreamKey key, std::uint32_t table, StateIndex state, TargetId target);

}  // namespace autoscale
