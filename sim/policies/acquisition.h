// What one more measurement promises, where a posterior N(mean, sd^2) is to be minimised.
#pragma once

#include <cmath>
#include <numbers>

namespace autoscale {

inline double normal_density(double z) {
  return std::exp(-0.5 * z * z) * (0.5 * std::numbers::sqrt2 * std::numbers::inv_sqrtpi);
}
inline double normal_probability(double z) { return 0.5 * std::erfc(-z / std::numbers::sqrt2); }

// E[max(0, best - Y)], Y ~ N(mean, sd^2): (best - mean) Phi(z) + sd phi(z), z = (best - mean) / sd (Jones, Schonlau and
// Welch, Journal of Global Optimization 13, 1998). Precondition: sd > 0.
inline double expected_improvement(double mean, double sd, double best) {
  const double z = (best - mean) / sd;
  return (best - mean) * normal_probability(z) + sd * normal_density(z);
}

}  // namespace autoscale
