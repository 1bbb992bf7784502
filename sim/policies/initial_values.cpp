#include "sim/policies/initial_values.h"

#include <algorithm>

namespace autoscale {
namespace {

// Rewards the profile predicts, by network state and target; the mean where networks share a state.
struct Predictions {
  explicit Predictions(std::size_t target_count)
      : targets(target_count),
        sum(static_cast<std::size_t>(kNetworkStates) * target_count),
        count(sum.size()),
        least(static_cast<std::size_t>(kNetworkStates)),
        greatest(least.size()) {}

  [[nodiscard]] std::size_t position(int network_state, std::size_t target) const {
    return static_cast<std::size_t>(network_state) * targets + target;
  }
  void add(int network_state, std::size_t target, double reward) {
    const std::size_t at = position(network_state, target);
    const auto n = static_cast<std::size_t>(network_state);
    sum[at] += reward;
    ++count[at];
    least[n] = any(n) ? std::min(least[n], reward) : reward;
    greatest[n] = any(n) ? std::max(greatest[n], reward) : reward;
    seen[n] = true;
  }
  // 0 where no network of this state is supported: such an entry is never chosen.
  [[nodiscard]] double mean(int network_state, TargetId target) const {
    const std::size_t at = position(network_state, target);
    return count[at] == 0 ? 0.0 : sum[at] / count[at];
  }
  [[nodiscard]] bool any(std::size_t network_state) const { return seen[network_state]; }

  std::size_t targets;
  std::vector<double> sum;
  std::vector<int> count;
  std::vector<double> least;
  std::vector<double> greatest;
  std::array<bool, static_cast<std::size_t>(kNetworkStates)> seen{};
};

Predictions predict(const PolicyContext& context, const RewardFunction& reward,
                    std::span<const TableMember> members) {
  Predictions predictions(context.targets.size());
  for (const TableMember& member : members) {
    const auto profile = context.workloads[member.workload].profile;
    for (std::size_t t = 0; t < profile.size(); ++t) {
      if (profile[t].supported) {
        predictions.add(member.network_state, t, reward.predicted(member.workload, profile[t]));
      }
    }
  }
  return predictions;
}

}  // namespace

double initial_draw(StreamKey key, std::uint32_t table, StateIndex state, TargetId target) {
  key.stream = Stream::kPolicyInit;
  key.training = false;
  return draw_uniform(key, state, static_cast<std::uint64_t>(table) << 16 | target);
}

QTable::InitialValue make_initial_values(const AutoScaleConfig& config,
                                         const PolicyContext& context, const RewardFunction& reward,
                                         std::span<const TableMember> members,
                                         std::uint32_t table) {
  const StreamKey key = context.rng;
  const InitialValueKind kind = config.initial_values;
  if (kind == InitialValueKind::kUniform01) {
    return [key, table](StateIndex state, TargetId target) {
      return static_cast<float>(initial_draw(key, table, state, target));
    };
  }
  if (kind == InitialValueKind::kZero) return [](StateIndex, TargetId) { return 0.0F; };
  const auto predictions = std::make_shared<const Predictions>(predict(context, reward, members));
  if (kind == InitialValueKind::kPrior) {
    // What a reward that is earned for ever is worth; otherwise learned values, which contain the discounted
    // future, would look worse than those never tried.
    const double horizon = 1.0 / (1.0 - config.discount);
    return [predictions, horizon](StateIndex state, TargetId target) {
      return static_cast<float>(horizon * predictions->mean(network_state(state), target));
    };
  }
  return [predictions, key, table](StateIndex state, TargetId target) {
    const auto n = static_cast<std::size_t>(network_state(state));
    const double draw = initial_draw(key, table, state, target);
    const double range = predictions->greatest[n] - predictions->least[n];
    return static_cast<float>(predictions->least[n] + draw * range);
  };
}

}  // namespace autoscale
