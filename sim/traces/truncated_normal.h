// The normal distribution cut to an interval.
#pragma once

#include <algorithm>
#include <cmath>
#include <numbers>

#include "sim/base/normal_quantile.h"

namespace autoscale {

inline double normal_probability(double x) { return 0.5 * std::erfc(-x / std::numbers::sqrt2); }

// N(mean, sd^2) given that it lies in [min, max]. Precondition: sd >= 0, min <= max. An interval that has no
// probability to speak of, or sd 0, leaves the point of the interval that is nearest to the mean.
class TruncatedNormal {
 public:
  TruncatedNormal(double mean, double sd, double min, double max)
      : mean_(mean), sd_(sd), min_(min), max_(max) {
    if (sd <= 0.0 || min >= max) return;
    // In the upper tail probabilities round to 1: look at the mirror image.
    mirrored_ = min > mean;
    low_ = normal_probability(mirrored_ ? (mean - max) / sd : (min - mean) / sd);
    high_ = normal_probability(mirrored_ ? (mean - min) / sd : (max - mean) / sd);
  }

  // The value that is as probable to be undercut as u is of N(0, 1).
  [[nodiscard]] double at_normal(double u) const {
    const double p = low_ + normal_probability(mirrored_ ? -u : u) * (high_ - low_);
    if (!(p > 0.0 && p < 1.0) || !(high_ > low_)) return std::clamp(mean_, min_, max_);
    const double z = normal_quantile(p);
    return std::clamp(mean_ + sd_ * (mirrored_ ? -z : z), min_, max_);
  }

  // The u whose value is x, within +- `most`.
  [[nodiscard]] double to_normal(double x, double most) const {
    if (!(high_ > low_)) return 0.0;
    const double z = (x - mean_) / sd_;
    const double p = (normal_probability(mirrored_ ? -z : z) - low_) / (high_ - low_);
    if (!(p > 0.0)) return mirrored_ ? most : -most;
    if (!(p < 1.0)) return mirrored_ ? -most : most;
    const double u = std::clamp(normal_quantile(p), -most, most);
    return mirrored_ ? -u : u;
  }

 private:
  double mean_;
  double sd_;
  double min_;
  double max_;
  double low_ = 0.0;
  double high_ = 0.0;
  bool mirrored_ = false;
};

}  // namespace autoscale
