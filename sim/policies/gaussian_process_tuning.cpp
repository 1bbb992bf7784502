// Type II maximum likelihood.
#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include <Eigen/Cholesky>

#include "sim/policies/gaussian_process.h"

namespace autoscale {
namespace {

// Products of matrices are summed in blocks that Eigen fits to the caches of the machine; results must not depend on
// them. Set before any thread runs.
const bool same_on_every_machine = [] {
  Eigen::setCpuCacheSizes(32 << 10, 256 << 10, 2 << 20);
  return true;
}();

struct Bounds {
  double least = 0.0;
  double greatest = 0.0;
};
constexpr Bounds kSignal{0.05, 20.0};
constexpr Bounds kNoise{1e-3, 1.0};
constexpr Bounds kLength{0.05, 100.0};

Bounds bounds_of(std::size_t parameter) {
  return parameter == 0 ? kSignal : parameter == 1 ? kNoise : kLength;
}

GaussianProcessParameters parameters_from(std::span<const double> logs) {
  GaussianProcessParameters p;
  p.signal_sd = std::exp(logs[0]);
  p.noise_sd = std::exp(logs[1]);
  for (const double l : logs.subspan(2)) p.length.push_back(std::exp(l));
  return p;
}

// 1/2 tr(outer dK), outer = w w' - K^-1; lower triangles, so off the diagonal twice. `k` is without noise.
template <class Difference>
void add_gradient(const Eigen::MatrixXd& outer, const Eigen::MatrixXd& k,
                  const Eigen::MatrixXd& by_distance, double noise, const Difference& difference,
                  std::vector<double>& gradient) {
  for (Eigen::Index row = 0; row < k.rows(); ++row) {
    for (Eigen::Index column = 0; column <= row; ++column) {
      const double w = outer(row, column) * (row == column ? 0.5 : 1.0);
      gradient[0] += w * 2.0 * k(row, column);
      if (row == column) gradient[1] += w * 2.0 * noise;
      const double by_square = w * by_distance(row, column);
      for (std::size_t c = 0; c + 2 < gradient.size(); ++c) {
        const double apart =
            difference(static_cast<std::size_t>(row), static_cast<std::size_t>(column), c);
        gradient[2 + c] += by_square * apart * apart;
      }
    }
  }
}

}  // namespace

double GaussianProcess::log_likelihood(const GaussianProcessParameters& p,
                                       std::span<const std::size_t> chosen,
                                       std::vector<double>* gradient) const {
  const std::size_t n = chosen.size();
  const std::size_t d = kFeatures + targets_.columns();
  const auto difference = [&](std::size_t i, std::size_t j, std::size_t c) {
    const Point& a = points_[chosen[i]];
    const Point& b = points_[chosen[j]];
    const double apart = c < kFeatures ? a.standardised[c] - b.standardised[c]
                                       : targets_.row(a.target)[c - kFeatures] -
                                             targets_.row(b.target)[c - kFeatures];
    return apart / p.length[c];
  };
  const auto size = static_cast<Eigen::Index>(n);
  Eigen::MatrixXd k(size, size);
  Eigen::MatrixXd by_distance(
      size, size);  // derivative by the logarithm of a length, per squared difference
  Eigen::VectorXd y(size);
  const double signal = p.signal_sd * p.signal_sd;
  const double noise = p.noise_sd * p.noise_sd;
  for (std::size_t i = 0; i < n; ++i) {
    const auto row = static_cast<Eigen::Index>(i);
    y(row) = (points_[chosen[i]].y - y_mean_) / y_sd_;
    for (std::size_t j = 0; j <= i; ++j) {
      const auto column = static_cast<Eigen::Index>(j);
      double squared = 0.0;
      for (std::size_t c = 0; c < d; ++c) squared += difference(i, j, c) * difference(i, j, c);
      const double r = std::sqrt(5.0 * squared);
      const double decay = std::exp(-r);
      k(row, column) = signal * (1.0 + r + r * r / 3.0) * decay;
      by_distance(row, column) = signal * (5.0 / 3.0) * (1.0 + r) * decay;
    }
    k(row, row) += noise;
  }
  const Eigen::LLT<Eigen::MatrixXd> factor(k);  // reads the lower triangle
  if (factor.info() != Eigen::Success) return -std::numeric_limits<double>::infinity();
  const Eigen::VectorXd weights = factor.solve(y);
  double value = -0.5 * static_cast<double>(n) * std::log(2.0 * std::numbers::pi);
  for (Eigen::Index i = 0; i < size; ++i)
    value -= 0.5 * y(i) * weights(i) + std::log(factor.matrixLLT()(i, i));
  if (gradient == nullptr) return value;

  const Eigen::MatrixXd inverse = factor.solve(Eigen::MatrixXd::Identity(size, size));
  const Eigen::MatrixXd outer = weights * weights.transpose() - inverse;
  k.diagonal().array() -= noise;
  gradient->assign(2 + d, 0.0);
  add_gradient(outer, k, by_distance, noise, difference, *gradient);
  return value;
}

void GaussianProcess::tune(int steps, std::size_t most_points) {
  constexpr double kFirstStep = 0.1;
  constexpr double kLeastStep = 1e-4;
  constexpr double kGreatestStep = 0.5;
  constexpr double kFaster = 1.2;
  constexpr double kSlower = 0.5;
  refresh();  // in the units of the points as they are
  const std::size_t n = std::min(points_.size(), most_points);
  std::vector<std::size_t> chosen;
  for (std::size_t i = 0; i < n; ++i) chosen.push_back(i * points_.size() / n);

  std::vector<double> logs{std::log(parameters_.signal_sd), std::log(parameters_.noise_sd)};
  for (const double l : parameters_.length) logs.push_back(std::log(l));
  std::vector<double> step(logs.size(), kFirstStep);
  std::vector<double> last(logs.size(), 0.0);
  std::vector<double> gradient;
  double best = -std::numeric_limits<double>::infinity();
  for (int s = 0; s < steps; ++s) {
    const GaussianProcessParameters p = parameters_from(logs);
    const double value = log_likelihood(p, chosen, &gradient);
    if (value > best) {
      best = value;
      parameters_ = p;
    }
    if (!std::isfinite(value)) break;
    for (std::size_t i = 0; i < logs.size(); ++i) {
      if (gradient[i] * last[i] > 0.0) step[i] = std::min(step[i] * kFaster, kGreatestStep);
      if (gradient[i] * last[i] < 0.0) {
        step[i] = std::max(step[i] * kSlower, kLeastStep);
        gradient[i] = 0.0;
      }
      const Bounds b = bounds_of(i);
      if (gradient[i] != 0.0) logs[i] += gradient[i] > 0.0 ? step[i] : -step[i];
      logs[i] = std::clamp(logs[i], std::log(b.least), std::log(b.greatest));
      last[i] = gradient[i];
    }
  }
  refresh();
}

}  // namespace autoscale
