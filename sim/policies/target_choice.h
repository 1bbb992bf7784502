// How predictors choose targets: evenly while they are trained, the cheapest in time when they are judged.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sim/engine/observation.h"
#include "sim/policies/predictor.h"

namespace autoscale {

using TargetLists = std::vector<std::vector<TargetId>>;  // [workload], ascending

// What can run the workload's network.
TargetLists supported_targets(const PolicyContext& context);
// Of these, what meets the accuracy requirement; all of them where nothing does.
TargetLists allowed_targets(const PolicyContext& context);

// The design of experiments of training. Every candidate of a workload comes once, in random order, before any comes
// again: by uniform draws one of 66 targets would be missing in 22 % of blocks of 100 requests.
class TargetSweep {
 public:
  TargetSweep(TargetLists candidates, StreamKey rng);
  TargetId next(std::uint32_t workload);
  void restart();  // every workload begins anew: what comes now is another experiment

 private:
  TargetLists order_;
  std::vector<std::size_t> drawn_;  // [workload]: the first so many of its order have been drawn
  StreamKey rng_;
  std::uint64_t draws_ = 0;
};

// The allowed target of least predicted energy among those predicted to meet the QoS; if there is none, that of
// least predicted latency. (The oracle would then take the least energy; but a prediction that nothing meets the
// QoS is more often wrong than right, and the fastest target is the most likely to meet it all the same.)
class CheapestInTime {
 public:
  explicit CheapestInTime(const PolicyContext& context);
  // `predicted` is by target.
  [[nodiscard]] TargetId operator()(std::uint32_t workload,
                                    std::span<const Prediction> predicted) const;
  [[nodiscard]] std::span<const TargetId> allowed(std::uint32_t workload) const {
    return allowed_[workload];
  }

 private:
  TargetLists allowed_;
  std::vector<double> qos_ms_;  // [workload]
};

}  // namespace autoscale
