// What policies that predict by regression are made of: one number, from a state and a target.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "sim/policies/features.h"

namespace autoscale {

// Features are standardised over the samples.
struct Samples {
  std::span<const StateVector> states;      // [sample]
  std::span<const std::uint32_t> targets;   // [sample] row of target_features
  std::span<const double> y;                // [sample]
  const Matrix* target_features = nullptr;  // [target that the model answers for]
};

class Regressor {
 public:
  virtual ~Regressor() = default;
  // Precondition: there is at least one sample.
  virtual void fit(const Samples& samples) = 0;
  // Sets `y` of every target. Does not allocate. Precondition: fitted.
  virtual void predict(const StateVector& state, std::span<double> y) = 0;
  [[nodiscard]] virtual std::size_t footprint_bytes() const = 0;
};

}  // namespace autoscale
