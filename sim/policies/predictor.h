// What a policy that predicts costs has predicted; the experiment compares it with the truth.
#pragma once

#include <span>

namespace autoscale {

// Expected cost of one target for one request.
struct Prediction {
  double latency_ms = 0.0;
  double energy_mj = 0.0;
};

// A policy that predicts the latency and energy of targets derives from this as well.
class Predictor {
 public:
  virtual ~Predictor() = default;
  // [target]: of the decision that choose() has just taken; those of targets that cannot run the network
  // mean nothing. Valid until the next call of the policy.
  [[nodiscard]] virtual std::span<const Prediction> predictions() const = 0;
};

}  // namespace autoscale
