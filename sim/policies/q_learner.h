// The learner of policy `autoscale` and its variants: reinforcement learning over observations, actions
// and outcomes, and nothing else: no clock, no simulator. It could run on a phone as it stands.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/engine/policy.h"
#include "sim/policies/autoscale_config.h"
#include "sim/policies/q_format.h"
#include "sim/policies/q_table.h"
#include "sim/policies/q_update.h"
#include "sim/policies/reward.h"
#include "sim/policies/state_encoder.h"

namespace autoscale {

class QLearner {
 public:
  using Agent = QAgent;

  // Keeps the spans of `context`.
  QLearner(const AutoScaleConfig& config, const PolicyContext& context,
           const UpdateRule& rule = {});

  // Applies the outcomes that wait, with this state as their next one, then decides. On-policy rules
  // need the decision first: they apply the outcomes before the next call of any of these functions.
  TargetId choose(const Observation& now);
  // R of the update; computed whether or not anything is learned.
  [[nodiscard]] double reward_of(const Outcome& outcome) const;
  // Keeps the outcome until the next decision of the same agent.
  void learn(const Outcome& outcome);
  // Applies what waits; nothing is known of a next state, so the state is taken to persist.
  void end_episode();
  void set_mode(Policy::Mode mode);

  // The state whose values decide: the observed one, but when frozen, and that was never visited, the
  // nearest that was.
  [[nodiscard]] StateIndex deciding_state(const Observation& now) const;
  // Whether the last decision was drawn at random.
  [[nodiscard]] bool explored() const { return explored_; }

  [[nodiscard]] std::size_t footprint_bytes() const;
  [[nodiscard]] std::span<Agent> agents() { return agents_; }
  [[nodiscard]] std::span<const Agent> agents() const { return agents_; }
  [[nodiscard]] const PolicyContext& context() const { return context_; }
  [[nodiscard]] const AutoScaleConfig& config() const { return config_; }
  [[nodiscard]] const UpdateRule& rule() const { return update_.rule(); }
  [[nodiscard]] const RewardFunction& reward() const { return reward_; }
  [[nodiscard]] const StateEncoder& encoder() const { return encoder_; }

  [[nodiscard]] std::size_t agent_of(std::uint32_t workload) const {
    return services_[workload].agent;
  }
  // Targets that may be chosen for a workload, ascending.
  [[nodiscard]] std::span<const TargetId> allowed(std::uint32_t workload) const {
    return services_[workload].allowed;
  }

 private:
  // How one workload is served.
  struct Service {
    std::uint32_t agent = 0;
    std::uint32_t mask = 0;  // within the masks of its network state
    std::vector<TargetId> allowed;
  };

  // Random numbers of one stream: the decision that is next, and the block it draws from.
  struct Draws {
    std::uint64_t decisions = 0;
    std::array<std::uint32_t, 4> block{};
  };

  void add_agent(std::vector<std::uint32_t> workloads);
  [[nodiscard]] ActionMask mask_of(const WorkloadInfo& workload) const;
  void learn_waiting(Agent& agent, const Agent::Next& next) {
    for (const Agent::Step& step : agent.waiting) update_(agent, step, next);
    agent.waiting.clear();
  }
  void learn_next(Agent& agent);
  [[nodiscard]] bool explores(std::uint32_t visits);
  [[nodiscard]] double next_uniform();
  Draws& draws() { return draws_[rng_.training ? 1 : 0]; }
  TargetId frozen_choice(Agent& agent, StateIndex state, std::uint32_t mask) const;

  AutoScaleConfig config_;
  PolicyContext context_;
  StateEncoder encoder_;
  RewardFunction reward_;
  QUpdate update_;
  std::vector<Service> services_;  // [workload]
  std::vector<Agent> agents_;
  Policy::Mode mode_ = Policy::Mode::kOnline;
  bool explored_ = false;
  StreamKey rng_;
  std::array<Draws, 2> draws_;  // [training]: each has a stream of its own
};

}  // namespace autoscale
