// A policy that can be told to stop in the middle of a run: whatever the simulation is doing, it
// comes back to choose() soon.
#pragma once

#include <atomic>
#include <exception>

#include "sim/engine/policy.h"

namespace autoscale {

// Leaves a simulation that is given up; nothing of its run counts.
class RunStopped : public std::exception {
 public:
  [[nodiscard]] const char* what() const noexcept override { return "the run was stopped"; }
};

class StoppablePolicy final : public Policy {
 public:
  // `stop` may be nullptr; what is given must outlive this.
  StoppablePolicy(Policy& policy, const std::atomic<bool>* stop) : policy_(policy), stop_(stop) {}

  TargetId choose(const Observation& now) override {
    if (stop_ != nullptr && stop_->load(std::memory_order_relaxed)) throw RunStopped();
    return policy_.choose(now);
  }
  [[nodiscard]] const PartitionPlan& plan() const override { return policy_.plan(); }
  void learn(const Outcome& outcome) override { policy_.learn(outcome); }
  [[nodiscard]] std::optional<double> reward(const Outcome& outcome) const override {
    return policy_.reward(outcome);
  }
  void set_mode(Mode mode) override { policy_.set_mode(mode); }
  [[nodiscard]] bool needs_training() const override { return policy_.needs_training(); }
  [[nodiscard]] std::size_t footprint_bytes() const override { return policy_.footprint_bytes(); }
  void end_episode() override { policy_.end_episode(); }
  bool save(std::ostream& out) const override { return policy_.save(out); }

 private:
  Policy& policy_;
  const std::atomic<bool>* stop_;
};

}  // namespace autoscale
