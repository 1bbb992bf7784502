// Votes of the k nearest samples, weighted by the inverse of their distance (Dudani, IEEE SMC 6, 1976, in its
// customary form).
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "sim/policies/features.h"

namespace autoscale {

class NearestNeighbours {
 public:
  explicit NearestNeighbours(std::size_t k) : k_(k) {}
  void fit(std::span<const StateVector> states, std::span<const int> labels);
  // Adds the votes for each label. Euclidean distances; of equally distant samples the first is nearer. Samples at
  // distance 0, if there are any, vote alone. Does not allocate. Precondition: fitted.
  void vote(const StateVector& state, std::span<double> votes);
  [[nodiscard]] std::size_t footprint_bytes() const;

 private:
  struct Neighbour {
    double squared_distance = 0.0;
    int label = 0;
  };
  std::size_t k_;
  std::vector<StateVector> states_;
  std::vector<int> labels_;
  std::vector<Neighbour> nearest_;  // ascending, while voting
};

}  // namespace autoscale
