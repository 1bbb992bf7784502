#include "sim/policies/q_format.h"

#include <algorithm>

namespace autoscale {
namespace {

void widen(QRange& range, const QRange& by) {
  range = {std::min(range.least, by.least), std::max(range.greatest, by.greatest)};
}

QRange rewards_of(const TableMember& member, const PolicyContext& context,
                  const RewardFunction& reward) {
  const auto profile = context.workloads[member.workload].profile;
  const double greatest = reward.greatest(member.workload);
  QRange range{greatest, greatest};
  for (const TargetId t : member.allowed) {
    range.least = std::min(range.least, reward.predicted(member.workload, profile[t]));
  }
  return range;
}

}  // namespace

QFormat make_format(const AutoScaleConfig& config, const PolicyContext& context,
                    const RewardFunction& reward, std::span<const TableMember> members) {
  if (config.q_value_bits == QValueBits::k32) return {};
  const bool random = config.initial_values == InitialValueKind::kUniform01;
  const QRange initial{0.0, random ? 1.0 : 0.0};  // the others lie among the rewards
  const double horizon = 1.0 / (1.0 - config.discount);
  std::vector<QRange> ranges(static_cast<std::size_t>(kNetworkStates), initial);
  QRange all = initial;
  for (const TableMember& member : members) {
    const QRange rewards = rewards_of(member, context, reward);
    const QRange earned{horizon * rewards.least, horizon * rewards.greatest};
    widen(ranges[static_cast<std::size_t>(member.network_state)], earned);
    widen(all, earned);
  }
  for (int n = 0; n < kNetworkStates; ++n) {
    if (std::ranges::count(members, n, &TableMember::network_state) > 0) continue;
    ranges[static_cast<std::size_t>(n)] = all;
  }
  return {config.q_value_bits == QValueBits::k16 ? 16 : 8, std::move(ranges)};
}

}  // namespace autoscale
