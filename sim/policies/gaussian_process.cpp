#include "sim/policies/gaussian_process.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include <Eigen/Cholesky>

#include "sim/base/check.h"

namespace autoscale {
namespace {

using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Strided = Eigen::Ref<RowMajor, 0, Eigen::OuterStride<>>;

Eigen::Index index(std::size_t i) { return static_cast<Eigen::Index>(i); }

}  // namespace

GaussianProcess::GaussianProcess(Matrix target_features, std::size_t capacity)
    : raw_targets_(std::move(target_features)),
      capacity_(capacity),
      state_scale_(kFeatures),
      target_scale_(raw_targets_.columns()),
      targets_(raw_targets_.rows(), raw_targets_.columns()),
      target_distance_(raw_targets_.rows(), raw_targets_.rows()),
      factor_(capacity * capacity),
      with_points_(capacity, raw_targets_.rows()) {
  // Features that hardly matter have long lengths; until tuned, all matter as little as their number demands.
  const std::size_t features = kFeatures + raw_targets_.columns();
  parameters_.length.assign(features, std::sqrt(static_cast<double>(features)));
  points_.reserve(capacity);
  weights_.reserve(capacity);
}

void GaussianProcess::put(std::size_t place, const StateVector& state, std::uint32_t target,
                          double y) {
  AUTOSCALE_CHECK(place <= points_.size() && place < capacity_, "points are put one by one");
  Point point{.state = state, .standardised = state, .target = target, .y = y};
  state_scale_.apply(point.standardised);
  if (place < points_.size()) {
    points_[place] = point;
    return;
  }
  points_.push_back(point);
  if (points_.size() == 1 || !append_row(place)) {
    refresh();
  } else {
    solve_weights();
  }
}

void GaussianProcess::refresh() {
  standardise();
  set_target_distances();
  factorise();
  solve_weights();
}

void GaussianProcess::standardise() {
  state_scale_.reset();
  target_scale_.reset();
  const auto n = static_cast<double>(points_.size());
  y_mean_ = 0.0;
  for (const Point& p : points_) {
    state_scale_.add(p.state);
    target_scale_.add(std::as_const(raw_targets_).row(p.target));
    y_mean_ += p.y / n;
  }
  state_scale_.close();
  target_scale_.close();
  double squares = 0.0;
  for (Point& p : points_) {
    p.standardised = p.state;
    state_scale_.apply(p.standardised);
    squares += (p.y - y_mean_) * (p.y - y_mean_) / n;
  }
  y_sd_ = squares > 0.0 ? std::sqrt(squares) : 1.0;
  for (std::size_t t = 0; t < targets_.rows(); ++t) {
    std::ranges::copy(std::as_const(raw_targets_).row(t), targets_.row(t).begin());
    target_scale_.apply(targets_.row(t));
  }
}

void GaussianProcess::set_target_distances() {
  for (std::size_t a = 0; a < targets_.rows(); ++a) {
    for (std::size_t b = 0; b < targets_.rows(); ++b) {
      double sum = 0.0;
      for (std::size_t c = 0; c < targets_.columns(); ++c) {
        const double d =
            (targets_.row(a)[c] - targets_.row(b)[c]) / parameters_.length[kFeatures + c];
        sum += d * d;
      }
      target_distance_.row(a)[b] = sum;
    }
  }
}

double GaussianProcess::state_distance(const StateVector& a, const StateVector& b) const {
  double sum = 0.0;
  for (std::size_t f = 0; f < kFeatures; ++f) {
    const double d = (a[f] - b[f]) / parameters_.length[f];
    sum += d * d;
  }
  return sum;
}

double GaussianProcess::kernel_of(double squared_distance) const {
  const double r = std::sqrt(5.0 * squared_distance);
  return parameters_.signal_sd * parameters_.signal_sd * (1.0 + r + r * r / 3.0) * std::exp(-r);
}

void GaussianProcess::factorise() {
  const std::size_t n = points_.size();
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      factor_[i * capacity_ + j] =
          kernel_of(state_distance(points_[i].standardised, points_[j].standardised) +
                    target_distance_.row(points_[i].target)[points_[j].target]);
    }
    factor_[i * capacity_ + i] += parameters_.noise_sd * parameters_.noise_sd;
  }
  Eigen::Map<RowMajor, 0, Eigen::OuterStride<>> matrix(factor_.data(), index(n), index(n),
                                                       Eigen::OuterStride<>(index(capacity_)));
  const Eigen::LLT<Strided> in_place(matrix);
  AUTOSCALE_CHECK(in_place.info() == Eigen::Success, "a kernel matrix with noise is definite");
}

// The last row of the factor; false where rounding leaves nothing of its diagonal.
bool GaussianProcess::append_row(std::size_t n) {
  double* row = &factor_[n * capacity_];
  double rest = kernel_of(0.0) + parameters_.noise_sd * parameters_.noise_sd;
  for (std::size_t j = 0; j < n; ++j) {
    double value = kernel_of(state_distance(points_[n].standardised, points_[j].standardised) +
                             target_distance_.row(points_[n].target)[points_[j].target]);
    const double* other = &factor_[j * capacity_];
    for (std::size_t k = 0; k < j; ++k) value -= row[k] * other[k];
    row[j] = value / other[j];
    rest -= row[j] * row[j];
  }
  if (!(rest > 0.0)) return false;
  row[n] = std::sqrt(rest);
  return true;
}

void GaussianProcess::solve_weights() {
  const std::size_t n = points_.size();
  weights_.resize(n);
  for (std::size_t i = 0; i < n; ++i) {
    double value = (points_[i].y - y_mean_) / y_sd_;
    for (std::size_t j = 0; j < i; ++j) value -= factor_[i * capacity_ + j] * weights_[j];
    weights_[i] = value / factor_[i * capacity_ + i];
  }
  for (std::size_t i = n; i-- > 0;) {
    weights_[i] /= factor_[i * capacity_ + i];
    for (std::size_t j = 0; j < i; ++j) weights_[j] -= factor_[i * capacity_ + j] * weights_[i];
  }
}

void GaussianProcess::fill_kernel(const StateVector& state, std::span<double> mean) {
  StateVector standardised = state;
  state_scale_.apply(standardised);
  std::ranges::fill(mean, 0.0);
  for (std::size_t i = 0; i < points_.size(); ++i) {
    const double of_state = state_distance(standardised, points_[i].standardised);
    const auto of_target = std::as_const(target_distance_).row(points_[i].target);
    const auto row = with_points_.row(i);
    for (std::size_t t = 0; t < row.size(); ++t) {
      row[t] = kernel_of(of_state + of_target[t]);
      mean[t] += row[t] * weights_[i];
    }
  }
  for (double& m : mean) m = y_mean_ + y_sd_ * m;
}

void GaussianProcess::predict(const StateVector& state, std::span<double> mean) {
  fill_kernel(state, mean);
}

// row -= factor[j] * (row j of with_points_), j < n in ascending order; four at a time, so that `row` is loaded and
// stored a quarter as often. Nearly all of the time of a decision in training is spent here.
void GaussianProcess::subtract_solved(const double* factor, std::size_t n,
                                      std::span<double> row) const {
  std::size_t j = 0;
  for (; j + 4 <= n; j += 4) {
    const double* r0 = with_points_.row(j).data();
    const double* r1 = with_points_.row(j + 1).data();
    const double* r2 = with_points_.row(j + 2).data();
    const double* r3 = with_points_.row(j + 3).data();
    const std::array f{factor[j], factor[j + 1], factor[j + 2], factor[j + 3]};
    for (std::size_t t = 0; t < row.size(); ++t)
      row[t] = row[t] - f[0] * r0[t] - f[1] * r1[t] - f[2] * r2[t] - f[3] * r3[t];
  }
  for (; j < n; ++j) {
    const double* other = with_points_.row(j).data();
    for (std::size_t t = 0; t < row.size(); ++t) row[t] -= factor[j] * other[t];
  }
}

void GaussianProcess::predict(const StateVector& state, std::span<double> mean,
                              std::span<double> variance) {
  fill_kernel(state, mean);
  const double prior = parameters_.signal_sd * parameters_.signal_sd;
  std::ranges::fill(variance, prior);
  // Forward substitution, all targets at once.
  for (std::size_t i = 0; i < points_.size(); ++i) {
    const auto row = with_points_.row(i);
    subtract_solved(&factor_[i * capacity_], i, row);
    const double diagonal = factor_[i * capacity_ + i];
    for (std::size_t t = 0; t < row.size(); ++t) {
      row[t] /= diagonal;
      variance[t] -= row[t] * row[t];
    }
  }
  // Rounding may leave a little less than nothing.
  for (double& v : variance) v = std::max(v, 1e-12 * prior) * y_sd_ * y_sd_;
}

std::size_t GaussianProcess::footprint_bytes() const {
  const std::size_t n = points_.size();
  return n * sizeof(Point) + (n * (n + 1) / 2 + n + parameters_.length.size()) * sizeof(double);
}

}  // namespace autoscale
