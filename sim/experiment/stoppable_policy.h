// A policy that can be told to stop in the middle of a run: whatever the simulation is doing, it
// comes back to choose() soon.
#pragma once

#include <atomic>
#include <exception>

#include "sim/engine/forwarding_policy.h"

namespace autoscale {

// Leaves a simulation that is given up; nothing of its run counts.
class RunStopped : public std::exception {
 public:
  [[nodiscard]] const char* what() const noexcept override { return "the run was stopped"; }
};

class StoppablePolicy final : public ForwardingPolicy {
 public:
  // `stop` may be nullptr; what is given must outlive this.
  StoppablePolicy(Policy& policy, const std::atomic<bool>* stop)
      : ForwardingPolicy(policy), stop_(stop) {}

  TargetId choose(const Observation& now) override {
    if (stop_ != nullptr && stop_->load(std::memory_order_relaxed)) throw RunStopped();
    return ForwardingPolicy::choose(now);
  }

 private:
  const std::atomic<bool>* stop_;
};

}  // namespace autoscale
