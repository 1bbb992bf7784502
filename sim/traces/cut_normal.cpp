#include <algorithm>
#include <cmath>

#include "sim/traces/fit.h"

namespace autoscale {
namespace {

// The widest normal tried, in widths of the interval: flat but for a tilt.
constexpr double kWidest = 2.0;
constexpr int kBisections = 60;

// The mean before the cut that gives `mean` after it, at this sd.
double mean_before_cut(double mean, double sd, double min, double max) {
  // A mean further out than this leaves nothing but the interval's end.
  const double reach = 30.0 * sd + (max - min);
  double low = min - reach;
  double high = max + reach;
  for (int i = 0; i < kBisections; ++i) {
    const double middle = 0.5 * (low + high);
    (cut_moments({middle, sd}, min, max).mean < mean ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

}  // namespace

CutNormal cut_moments(CutNormal before, double min, double max) {
  if (before.sd <= 0.0 || min >= max) return {std::clamp(before.mean, min, max), 0.0};
  // Simpson's rule over the part of the interval where the density is; relative to its peak, which may be far outside.
  const double peak = std::clamp(before.mean, min, max);
  const double reach = 9.0 * before.sd;
  const double from = std::max(min, peak - reach);
  const double to = std::min(max, peak + reach);
  constexpr int kSteps = 200;
  const double at_peak = (peak - before.mean) / before.sd;
  double sums[3]{};
  for (int i = 0; i <= kSteps; ++i) {
    const double x = from + (to - from) * i / kSteps;
    const double z = (x - before.mean) / before.sd;
    const double weight = (i == 0 || i == kSteps ? 1.0
                           : i % 2 == 1          ? 4.0
                                                 : 2.0) *
                          std::exp(0.5 * (at_peak * at_peak - z * z));
    const double offset = x - peak;
    sums[0] += weight;
    sums[1] += weight * offset;
    sums[2] += weight * offset * offset;
  }
  const double offset = sums[1] / sums[0];
  return {peak + offset, std::sqrt(std::max(0.0, sums[2] / sums[0] - offset * offset))};
}

CutNormal before_cut(CutNormal moments, double min, double max) {
  if (moments.sd <= 0.0 || min >= max) return {moments.mean, 0.0};
  // Wide intervals cut nothing; the sd after the cut grows with the one before.
  double low = 0.5 * moments.sd;
  double high = std::max(kWidest * (max - min), 1.001 * moments.sd);
  for (int i = 0; i < kBisections; ++i) {
    const double sd = std::sqrt(low * high);
    const double mean = mean_before_cut(moments.mean, sd, min, max);
    (cut_moments({mean, sd}, min, max).sd < moments.sd ? low : high) = sd;
  }
  const double sd = std::sqrt(low * high);
  return {mean_before_cut(moments.mean, sd, min, max), sd};
}

}  // namespace autoscale
