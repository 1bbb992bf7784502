// Policy `autoscale`: tabular Q-learning over execution targets, after AutoScale (Kim and Wu, MICRO
// 2020). docs/autoscale.md compares it with the paper, point by point.
#include <ostream>

#include "sim/policies/autoscale_config.h"
#include "sim/policies/explain.h"
#include "sim/policies/q_file.h"
#include "sim/policies/q_learner.h"
#include "sim/policies/q_transfer.h"
#include "sim/policies/registry.h"

namespace autoscale {
namespace {

class AutoScale final : public Policy, public Explainer {
 public:
  using Config = AutoScaleConfig;

  AutoScale(const Config& config, const PolicyContext& context)
      : learner_(config, context), trained_(!config.load.empty() && !config.transfer) {
    if (!config.load.empty()) restore(read_q_file(config.load), learner_, config.load);
  }

  TargetId choose(const Observation& now) override { return learner_.choose(now); }
  void learn(const Outcome& outcome) override { learner_.learn(outcome); }
  void set_mode(Mode mode) override { learner_.set_mode(mode); }
  void end_episode() override { learner_.end_episode(); }
  // A table that was saved has been trained already; one of another device still has to be.
  [[nodiscard]] bool needs_training() const override { return !trained_; }
  [[nodiscard]] std::size_t footprint_bytes() const override { return learner_.footprint_bytes(); }
  bool save(std::ostream& out) const override {
    write(snapshot(learner_), out);
    return true;
  }

  [[nodiscard]] ChoiceExplanation explain(const Observation& now) const override {
    const QLearner::Agent& agent = learner_.agents()[learner_.agent_of(now.workload)];
    const StateIndex state = learner_.encoder().encode(now);
    const QTable::Row row = agent.table.find(state);
    ChoiceExplanation explanation{describe_state(state), {}};
    for (TargetId t = 0; t < agent.table.targets(); ++t) {
      const bool known = row != QTable::kNoRow;
      explanation.opinions.push_back(
          {t, false, known ? agent.table.values(row)[t] : agent.table.initial_value(state, t),
           known ? agent.table.visits(row)[t] : std::uint32_t{0}});
    }
    for (const TargetId t : learner_.allowed(now.workload)) explanation.opinions[t].allowed = true;
    return explanation;
  }

 private:
  QLearner learner_;
  bool trained_;
};

const RegisterPolicy<AutoScale> registered{
    "autoscale", "Learns by Q-learning which target costs least energy within QoS and accuracy.",
    PolicyKind::kLearner};

}  // namespace
}  // namespace autoscale
