// Statistics of replications and samples. What is not defined (a mean of nothing, an interval from
// one value) is nullopt, never NaN.
#pragma once

#include <cstddef>
#include <optional>
#include <span>

namespace autoscale {

// Sum of values / count, by Neumaier's compensated summation.
[[nodiscard]] std::optional<double> mean(std::span<const double> values);

// With n - 1 in the denominator; needs two values.
[[nodiscard]] std::optional<double> standard_deviation(std::span<const double> values);

// Two-sided 97.5 % quantile of Student's t distribution. Precondition: degrees_of_freedom > 0.
[[nodiscard]] double student_t_975(std::size_t degrees_of_freedom);

// Quantile `probability` of Student's t distribution. Precondition: 0 < probability < 1,
// degrees_of_freedom > 0, not necessarily whole.
[[nodiscard]] double student_t(double probability, double degrees_of_freedom);

// The mean lies within +- ci95 of `mean` with 95 % confidence (Student's t over independent
// values).
struct MeanInterval {
  std::optional<double> mean;  // needs one value
  std::optional<double> ci95;  // needs two
};
[[nodiscard]] MeanInterval mean_interval(std::span<const double> values);

// Geometric mean of numerator[i] / denominator[i] over paired replications. The interval is
// Student's t on the logarithms: the ratio lies within [ratio / factor95, ratio * factor95].
struct RatioInterval {
  std::optional<double> ratio;     // needs one pair, all values above 0
  std::optional<double> factor95;  // needs two pairs, and an upper bound that is finite
};
[[nodiscard]] RatioInterval paired_ratio(std::span<const double> numerator,
                                         std::span<const double> denominator);

// How far the mean of one sample is above that of another: (estimate - true shift) / standard_error is
// Student's t with these degrees of freedom.
struct MeanShift {
  double estimate = 0.0;
  double standard_error = 0.0;
  double degrees_of_freedom = 0.0;
};
// Of values that belong together by position; needs two pairs. Precondition: equal sizes.
[[nodiscard]] std::optional<MeanShift> paired_shift(std::span<const double> from,
                                                    std::span<const double> to);
// Of independent samples whose variances may differ (Welch, Biometrika 1947); needs two values of each.
[[nodiscard]] std::optional<MeanShift> welch_shift(std::span<const double> from,
                                                   std::span<const double> to);

// The smallest value of which at least the share p of the sample is not above it: the order
// statistic of rank ceil(p n), no interpolation (definition 1 of Hyndman and Fan, The American
// Statistician 1996). Precondition: 0 < p <= 1, `ascending` is sorted.
[[nodiscard]] std::optional<double> quantile(std::span<const double> ascending, double p);

}  // namespace autoscale
