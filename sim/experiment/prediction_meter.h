// Compares what a policy predicts with the truth while it is judged. Stands between the simulator and the policy.
#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

#include "sim/engine/cost_evaluator.h"
#include "sim/engine/forwarding_policy.h"
#include "sim/engine/run_result.h"
#include "sim/policies/predictor.h"

namespace autoscale {

// Errors are of every target that supports the network, at every kMeasuredDecisions-th decision of a workload, against
// the noise-free cost without waiting at the conditions of the moment.
class PredictionMeter final : public ForwardingPolicy {
 public:
  static constexpr std::uint64_t kMeasuredDecisions = 10;

  // `judged` and `truth` outlive this; `truth` is at the conditions of the moment when choose() is called.
  PredictionMeter(Policy& judged, const Predictor& predictor, const CostEvaluator& truth,
                  std::size_t workloads)
      : ForwardingPolicy(judged),
        predictor_(predictor),
        truth_(truth),
        seen_(workloads),
        errors_(workloads) {}

  TargetId choose(const Observation& now) override {
    const TargetId chosen = ForwardingPolicy::choose(now);
    if (seen_[now.workload]++ % kMeasuredDecisions == 0) measure(now.workload);
    return chosen;
  }

  // [workload]
  [[nodiscard]] const std::vector<PredictionErrors>& errors() const { return errors_; }

 private:
  void measure(std::uint32_t workload) {
    const auto predicted = predictor_.predictions();
    const auto costs = truth_.costs(workload);
    for (std::size_t t = 0; t < costs.size(); ++t) {
      if (!costs[t].supported) continue;
      errors_[workload].latency.add(predicted[t].latency_ms, costs[t].latency_ms);
      errors_[workload].energy.add(predicted[t].energy_mj, costs[t].energy_mj);
    }
  }

  const Predictor& predictor_;
  const CostEvaluator& truth_;
  std::vector<std::uint64_t> seen_;  // [workload] decisions
  std::vector<PredictionErrors> errors_;
};

}  // namespace autoscale
