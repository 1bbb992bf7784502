// What `autoscale` and its variants have in common: a policy around a QLearner, which starts from saved
// tables, saves its own and explains its decisions.
#pragma once

#include <cstddef>
#include <iosfwd>
#include <optional>
#include <string>

#include "sim/engine/policy.h"
#include "sim/policies/explain.h"
#include "sim/policies/q_learner.h"

namespace autoscale {

class QPolicy : public Policy, public Explainer {
 public:
  // Throws PolicyError when the table that `config` loads does not fit, InputError when it is none.
  QPolicy(const AutoScaleConfig& config, const UpdateRule& rule, const PolicyContext& context);

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
  bool save(std::ostream& out) const override;

  [[nodiscard]] ChoiceExplanation explain(const Observation& now) const override;

 private:
  [[nodiscard]] std::string reason(const Observation& now, bool visited, bool elsewhere) const;

  QLearner learner_;
  bool trained_;
};

}  // namespace autoscale
