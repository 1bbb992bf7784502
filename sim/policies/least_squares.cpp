#include "sim/policies/least_squares.h"

#include <algorithm>

#include <Eigen/QR>

namespace autoscale {

void LeastSquares::fit(const Samples& samples) {
  const std::size_t n = samples.y.size();
  const std::size_t d = kFeatures + samples.target_features->columns();
  intercept_ = 0.0;
  for (const double y : samples.y) intercept_ += y / static_cast<double>(n);

  // Summed up sample by sample: a product of matrices adds in an order that depends on the caches of the machine.
  Eigen::MatrixXd gram =
      Eigen::MatrixXd::Zero(static_cast<Eigen::Index>(d), static_cast<Eigen::Index>(d));
  Eigen::VectorXd moment = Eigen::VectorXd::Zero(static_cast<Eigen::Index>(d));
  std::vector<double> x(d);
  for (std::size_t i = 0; i < n; ++i) {
    std::ranges::copy(samples.states[i], x.begin());
    std::ranges::copy(samples.target_features->row(samples.targets[i]), x.begin() + kFeatures);
    for (std::size_t c = 0; c < d; ++c) {
      const auto column = static_cast<Eigen::Index>(c);
      for (std::size_t r = 0; r <= c; ++r)
        gram(static_cast<Eigen::Index>(r), column) += x[r] * x[c];
      moment(column) += x[c] * (samples.y[i] - intercept_);
    }
  }
  gram = gram.selfadjointView<Eigen::Upper>();
  gram /= static_cast<double>(n);
  moment /= static_cast<double>(n);
  gram.diagonal().array() += lambda_;

  Eigen::CompleteOrthogonalDecomposition<Eigen::MatrixXd> decomposition;
  decomposition.setThreshold(1e-11);  // rounding of sums of up to a million squares
  decomposition.compute(gram);
  const Eigen::VectorXd w = decomposition.solve(moment);
  weights_.assign(w.begin(), w.end());

  of_target_.assign(samples.target_features->rows(), intercept_);
  for (std::size_t t = 0; t < of_target_.size(); ++t) {
    const auto row = samples.target_features->row(t);
    for (std::size_t c = 0; c < row.size(); ++c) of_target_[t] += weights_[kFeatures + c] * row[c];
  }
}

void LeastSquares::predict(const StateVector& state, std::span<double> y) {
  double of_state = 0.0;
  for (std::size_t f = 0; f < kFeatures; ++f) of_state += weights_[f] * state[f];
  for (std::size_t t = 0; t < y.size(); ++t) y[t] = of_target_[t] + of_state;
}

std::size_t LeastSquares::footprint_bytes() const {
  return (weights_.size() + of_target_.size() + 1) * sizeof(double);
}

}  // namespace autoscale
