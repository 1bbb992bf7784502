// Linear regression by least squares, with or without a ridge.
#pragma once

#include <vector>

#include "sim/policies/regressor.h"

namespace autoscale {

// Minimises |y - Xw - b|^2 / n + lambda |w|^2 over standardised features: w = (X'X/n + lambda I)^-1 X'(y - b)/n, b = the mean of
// y. The normal equations are solved by a complete orthogonal decomposition, so columns that depend on each other,
// as one-hot features do, are allowed with lambda = 0: then w is the least of all solutions.
class LeastSquares final : public Regressor {
 public:
  explicit LeastSquares(double lambda) : lambda_(lambda) {}
  void fit(const Samples& samples) override;
  void predict(const StateVector& state, std::span<double> y) override;
  [[nodiscard]] std::size_t footprint_bytes() const override;

  [[nodiscard]] double intercept() const { return intercept_; }
  // First of the state features, then of the target features.
  [[nodiscard]] std::span<const double> weights() const { return weights_; }

 private:
  double lambda_;
  double intercept_ = 0.0;
  std::vector<double> weights_;
  std::vector<double> of_target_;  // [target]: intercept and the target's share of y
};

}  // namespace autoscale
