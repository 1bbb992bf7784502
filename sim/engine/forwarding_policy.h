// Stands between the simulator and a policy and passes everything on: a base for who listens or interrupts.
#pragma once

#include "sim/engine/policy.h"

namespace autoscale {

class ForwardingPolicy : public Policy {
 public:
  TargetId choose(const Observation& now) override { return judged_->choose(now); }
  [[nodiscard]] const PartitionPlan& plan() const override { return judged_->plan(); }
  void learn(const Outcome& outcome) override { judged_->learn(outcome); }
  [[nodiscard]] std::optional<double> reward(const Outcome& outcome) const override {
    return judged_->reward(outcome);
  }
  void set_mode(Mode mode) override { judged_->set_mode(mode); }
  [[nodiscard]] bool needs_training() const override { return judged_->needs_training(); }
  [[nodiscard]] std::size_t footprint_bytes() const override { return judged_->footprint_bytes(); }
  void end_episode() override { judged_->end_episode(); }
  bool save(std::ostream& out) const override { return judged_->save(out); }

 protected:
  ForwardingPolicy() = default;
  explicit ForwardingPolicy(Policy& judged) : judged_(&judged) {}

  // `judged` outlives this. Called before anything else, by who was not constructed with it.
  void forward_to(Policy& judged) { judged_ = &judged; }
  [[nodiscard]] const Policy& judged() const { return *judged_; }

 private:
  Policy* judged_ = nullptr;
};

}  // namespace autoscale
