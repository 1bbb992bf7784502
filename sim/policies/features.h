// What predictors predict from: AutoScale's eight state features as they are measured, not discretised
// (docs/predictors.md), and what tells the targets of a phone apart.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "sim/engine/observation.h"
#include "sim/policies/state_encoder.h"

namespace autoscale {

// By Feature: layer counts, ln(MACs), ratios, dB above the level that is weak. A link the phone does not
// have is at 0 dB, which is weak, as in StateEncoder.
using StateVector = std::array<double, kFeatures>;

constexpr double& at(StateVector& state, Feature f) { return state[static_cast<std::size_t>(f)]; }
constexpr double at(const StateVector& state, Feature f) {
  return state[static_cast<std::size_t>(f)];
}

// The bins of the four runtime features, as StateEncoder has them, as one number in 0..63.
int runtime_bin(const StateVector& state);

class FeatureReader {
 public:
  // Layer counts are the paper's.
  explicit FeatureReader(const PolicyContext& context);
  [[nodiscard]] StateVector operator()(const Observation& now) const;

 private:
  std::vector<StateVector> network_;  // [workload]: the network's features, the others 0
  std::array<bool, kLinks> has_link_;
};

// Rows of equal length.
class Matrix {
 public:
  Matrix() = default;
  Matrix(std::size_t rows, std::size_t columns) : columns_(columns), values_(rows * columns) {}
  [[nodiscard]] std::size_t rows() const { return columns_ == 0 ? 0 : values_.size() / columns_; }
  [[nodiscard]] std::size_t columns() const { return columns_; }
  [[nodiscard]] std::span<double> row(std::size_t i) {
    return {values_.data() + i * columns_, columns_};
  }
  [[nodiscard]] std::span<const double> row(std::size_t i) const {
    return {values_.data() + i * columns_, columns_};
  }

 private:
  std::size_t columns_ = 0;
  std::vector<double> values_;
};

// One row a target: one-hot (site, processor), one-hot precision, f/f_max and f_max/f. Of the compute part of a
// run, latency goes with f_max/f.
Matrix target_features(std::span<const Target> targets);

// (x - mean) / sd of a column. A column that does not vary tells nothing: it becomes 0, also where
// a later value differs.
class Standardiser {
 public:
  Standardiser() = default;
  explicit Standardiser(std::size_t columns)
      : mean_(columns, 0.0), inverse_sd_(columns, 0.0), sum_of_squares_(columns, 0.0) {}

  void reset();                           // as if nothing had been added; does not allocate
  void add(std::span<const double> row);  // Welford's update
  void close();                           // after the last add()
  void apply(std::span<double> row) const;

 private:
  std::size_t count_ = 0;
  std::vector<double> mean_;
  std::vector<double> inverse_sd_;
  std::vector<double> sum_of_squares_;
};

}  // namespace autoscale
