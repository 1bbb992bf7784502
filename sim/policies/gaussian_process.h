// Regression by a Gaussian process over (state, target), with the kernel Matern 5/2 and a length for every feature
// (Rasmussen and Williams, Gaussian Processes for Machine Learning, 2006, algorithm 2.1 and equations 4.17, 5.8, 5.9).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/policies/features.h"

namespace autoscale {

// k(r) = signal^2 (1 + sqrt5 r + 5/3 r^2) exp(-sqrt5 r), r^2 = the sum over features of (difference / length)^2.
// Features are in units of their standard deviation, values of theirs.
struct GaussianProcessParameters {
  double signal_sd = 1.0;
  double noise_sd = 0.1;
  std::vector<double> length;  // of each state feature, then of each target feature
};

class GaussianProcess {
 public:
  // At most `capacity` points; allocates for them. Keeps no reference to `target_features` (row: target).
  GaussianProcess(Matrix target_features, std::size_t capacity);

  [[nodiscard]] std::size_t size() const { return points_.size(); }
  // Point number `place` becomes this one; place = size() appends. A point that is appended counts at once, in the units
  // of the last refresh(); one that replaces another from the next refresh() on. Precondition: place < capacity.
  void put(std::size_t place, const StateVector& state, std::uint32_t target, double y);
  // Standardises and factorises anew. Precondition: size() > 0.
  void refresh();
  // Chooses the parameters that make the values most likely (ML-II), by a fixed number of steps of iRprop- (Igel and
  // Huesken, Neurocomputing 50, 2003) from the present ones, on at most `most_points` of the points, evenly spread.
  // Ends with refresh(). Precondition: size() > 0.
  void tune(int steps, std::size_t most_points);

  // Posterior mean, and variance of the value without noise, of every target at a state. Without points: mean 0 and
  // the variance of the prior. Does not allocate.
  void predict(const StateVector& state, std::span<double> mean);
  void predict(const StateVector& state, std::span<double> mean, std::span<double> variance);

  // ln p(y) of standardised values under `p`; with `gradient`, its derivatives by the logarithms of signal_sd,
  // noise_sd and the lengths. On the points `chosen`, in the units of the last refresh().
  [[nodiscard]] double log_likelihood(const GaussianProcessParameters& p,
                                      std::span<const std::size_t> chosen,
                                      std::vector<double>* gradient) const;

  [[nodiscard]] const GaussianProcessParameters& parameters() const { return parameters_; }
  // Takes effect at the next refresh().
  void set_parameters(const GaussianProcessParameters& p) { parameters_ = p; }
  [[nodiscard]] std::size_t footprint_bytes() const;

 private:
  struct Point {
    StateVector state{};         // as given
    StateVector standardised{};  // in the units of the last refresh()
    std::uint32_t target = 0;
    double y = 0.0;
  };

  void standardise();
  void set_target_distances();
  [[nodiscard]] double state_distance(const StateVector& a, const StateVector& b) const;
  [[nodiscard]] double kernel_of(double squared_distance) const;
  void factorise();
  bool append_row(std::size_t n);
  void solve_weights();
  void subtract_solved(const double* factor, std::size_t n, std::span<double> row) const;
  void fill_kernel(const StateVector& state, std::span<double> mean);

  Matrix raw_targets_;
  std::size_t capacity_;
  GaussianProcessParameters parameters_;
  std::vector<Point> points_;
  Standardiser state_scale_;
  Standardiser target_scale_;
  Matrix targets_;          // standardised features
  Matrix target_distance_;  // squared and scaled, of two targets
  double y_mean_ = 0.0;
  double y_sd_ = 1.0;
  std::vector<double> factor_;   // lower triangle of the Cholesky factor, rows of length capacity
  std::vector<double> weights_;  // K^-1 y
  Matrix with_points_;           // [point][target] kernel, while predicting
};

}  // namespace autoscale
