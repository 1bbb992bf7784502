#include "sim/base/statistics.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include <boost/math/distributions/students_t.hpp>

#include "sim/base/check.h"

namespace autoscale {
namespace {

double sum(std::span<const double> values) {
  double total = 0.0;
  double lost = 0.0;
  for (const double v : values) {
    const double next = total + v;
    lost += std::abs(total) >= std::abs(v) ? (total - next) + v : (v - next) + total;
    total = next;
  }
  return total + lost;
}

}  // namespace

std::optional<double> mean(std::span<const double> values) {
  if (values.empty()) return std::nullopt;
  return sum(values) / static_cast<double>(values.size());
}

std::optional<double> standard_deviation(std::span<const double> values) {
  if (values.size() < 2) return std::nullopt;
  const double centre = *mean(values);
  std::vector<double> squares;
  squares.reserve(values.size());
  for (const double v : values) squares.push_back((v - centre) * (v - centre));
  return std::sqrt(sum(squares) / static_cast<double>(values.size() - 1));
}

double student_t_975(std::size_t degrees_of_freedom) {
  AUTOSCALE_CHECK(degrees_of_freedom > 0, "Student's t needs a degree of freedom");
  // A sweep asks for the same one hundreds of times a point, and it takes 10 us to find.
  constexpr std::size_t kKept = 1'024;
  thread_local std::array<double, kKept> kept{};
  double* const known = degrees_of_freedom < kKept ? &kept[degrees_of_freedom] : nullptr;
  if (known != nullptr && *known > 0.0) return *known;
  const double quantile = student_t(0.975, static_cast<double>(degrees_of_freedom));
  if (known != nullptr) *known = quantile;
  return quantile;
}

double student_t(double probability, double degrees_of_freedom) {
  AUTOSCALE_CHECK(degrees_of_freedom > 0.0, "Student's t needs a degree of freedom");
  return boost::math::quantile(boost::math::students_t(degrees_of_freedom), probability);
}

MeanInterval mean_interval(std::span<const double> values) {
  MeanInterval result{.mean = mean(values), .ci95 = std::nullopt};
  if (const auto sd = standard_deviation(values)) {
    const auto n = static_cast<double>(values.size());
    result.ci95 = student_t_975(values.size() - 1) * *sd / std::sqrt(n);
  }
  return result;
}

RatioInterval paired_ratio(std::span<const double> numerator, std::span<const double> denominator) {
  AUTOSCALE_CHECK(numerator.size() == denominator.size(), "paired samples have equal sizes");
  std::vector<double> logs;
  for (std::size_t i = 0; i < numerator.size(); ++i) {
    if (!(numerator[i] > 0.0 && denominator[i] > 0.0)) return {};
    logs.push_back(std::log(numerator[i] / denominator[i]));
  }
  const MeanInterval interval = mean_interval(logs);
  RatioInterval result;
  if (interval.mean) result.ratio = std::exp(*interval.mean);
  // Two pairs far apart have an interval beyond all numbers: as good as none.
  if (interval.ci95 && std::isfinite(std::exp(std::max(*interval.mean, 0.0) + *interval.ci95))) {
    result.factor95 = std::exp(*interval.ci95);
  }
  return result;
}

std::optional<MeanShift> paired_shift(std::span<const double> from, std::span<const double> to) {
  AUTOSCALE_CHECK(from.size() == to.size(), "paired samples have equal sizes");
  std::vector<double> differences;
  for (std::size_t i = 0; i < from.size(); ++i) differences.push_back(to[i] - from[i]);
  const auto sd = standard_deviation(differences);
  if (!sd) return std::nullopt;
  const auto n = static_cast<double>(differences.size());
  return MeanShift{*mean(differences), *sd / std::sqrt(n), n - 1.0};
}

std::optional<MeanShift> welch_shift(std::span<const double> from, std::span<const double> to) {
  const auto sd_from = standard_deviation(from);
  const auto sd_to = standard_deviation(to);
  if (!sd_from || !sd_to) return std::nullopt;
  const auto n = static_cast<double>(from.size());
  const auto m = static_cast<double>(to.size());
  const double a = *sd_from * *sd_from / n;
  const double b = *sd_to * *sd_to / m;
  MeanShift shift{*mean(to) - *mean(from), std::sqrt(a + b), n + m - 2.0};
  // Welch and Satterthwaite, by shares, whose squares are numbers; of two constants nothing is left to estimate.
  if (const double all = a + b; all > 0.0) {
    const double share = a / all;
    shift.degrees_of_freedom =
        1.0 / (share * share / (n - 1.0) + (1.0 - share) * (1.0 - share) / (m - 1.0));
  }
  return shift;
}

std::optional<double> quantile(std::span<const double> ascending, double p) {
  if (ascending.empty()) return std::nullopt;
  AUTOSCALE_CHECK(p > 0.0 && p <= 1.0, "a quantile's share is above 0 and at most 1");
  const auto n = static_cast<double>(ascending.size());
  const auto rank = static_cast<std::size_t>(std::ceil(p * n));
  return ascending[std::clamp<std::size_t>(rank, 1, ascending.size()) - 1];
}

}  // namespace autoscale
