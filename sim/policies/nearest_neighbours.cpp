#include "sim/policies/nearest_neighbours.h"

#include <algorithm>
#include <cmath>

namespace autoscale {

void NearestNeighbours::fit(std::span<const StateVector> states, std::span<const int> labels) {
  states_.assign(states.begin(), states.end());
  labels_.assign(labels.begin(), labels.end());
  nearest_.reserve(std::min(k_, states_.size()) + 1);
}

void NearestNeighbours::vote(const StateVector& state, std::span<double> votes) {
  const std::size_t k = std::min(k_, states_.size());
  nearest_.clear();
  for (std::size_t i = 0; i < states_.size(); ++i) {
    double d = 0.0;
    for (std::size_t f = 0; f < kFeatures; ++f)
      d += (state[f] - states_[i][f]) * (state[f] - states_[i][f]);
    if (nearest_.size() == k && !(d < nearest_.back().squared_distance)) continue;
    const auto place = std::ranges::upper_bound(nearest_, d, {}, &Neighbour::squared_distance);
    nearest_.insert(place, {d, labels_[i]});
    if (nearest_.size() > k) nearest_.pop_back();
  }
  const bool exact = nearest_.front().squared_distance == 0.0;
  for (const Neighbour& n : nearest_) {
    if (exact && n.squared_distance > 0.0) break;
    votes[static_cast<std::size_t>(n.label)] += exact ? 1.0 : 1.0 / std::sqrt(n.squared_distance);
  }
}

std::size_t NearestNeighbours::footprint_bytes() const {
  return states_.size() * (sizeof(StateVector) + sizeof(int));
}

}  // namespace autoscale
