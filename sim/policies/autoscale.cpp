// Policy `autoscale`: tabular Q-learning over execution targets, after AutoScale (Kim and Wu, MICRO
// 2020). docs/autoscale.md compares it with the paper, point by point.
#include <ostream>

#include <fmt/format.h>

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
  [[nodiscard]] std::optional<double> reward(const Outcome& outcome) const override {
    return learner_.reward_of(outcome);
  }
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
    const QTable& table = learner_.agents()[learner_.agent_of(now.workload)].table;
    const StateIndex observed = learner_.encoder().encode(now);
    const StateIndex deciding = learner_.deciding_state(now);
    const QTable::Row row = table.find(deciding);
    const bool known = row != QTable::kNoRow;
    ChoiceExplanation explanation;
    explanation.state = description_of(observed);
    if (deciding != observed) explanation.answered_by = description_of(deciding);
    const bool visited = known && table.row_visits(row) > 0;
    explanation.reason = reason(now, visited, deciding != observed);
    for (TargetId t = 0; t < table.targets(); ++t) {
      explanation.opinions.push_back(
          {t, false, known ? table.values(row)[t] : table.initial_value(deciding, t),
           known ? table.visits(row)[t] : std::uint32_t{0}});
    }
    for (const TargetId t : learner_.allowed(now.workload)) explanation.opinions[t].allowed = true;
    return explanation;
  }

 private:
  static StateDescription description_of(StateIndex state) {
    StateDescription description{state, {}};
    const StateBins bins = decode(state);
    for (std::size_t f = 0; f < kFeatures; ++f) {
      const auto feature = static_cast<Feature>(f);
      description.features.push_back(
          {feature_name(feature), bins[f], kBins[f], bin_label(feature, bins[f])});
    }
    return description;
  }

  [[nodiscard]] std::string reason(const Observation& now, bool visited, bool elsewhere) const {
    if (learner_.explored()) {
      return fmt::format("exploring: drawn at random among {} allowed targets",
                         learner_.allowed(now.workload).size());
    }
    if (elsewhere) {
      return "greedy: greatest Q value of the nearest visited state, as this one was never visited";
    }
    if (!visited) return "greedy: greatest initial Q value, as nothing was learned in this state";
    return "greedy: greatest Q value of this state";
  }

  QLearner learner_;
  bool trained_;
};

const RegisterPolicy<AutoScale> registered{
    "autoscale", "Learns by Q-learning which target costs least energy within QoS and accuracy.",
    PolicyKind::kLearner};

}  // namespace
}  // namespace autoscale
