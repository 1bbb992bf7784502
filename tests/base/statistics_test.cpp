#include "sim/base/statistics.h"

#include <array>
#include <cmath>
#include <vector>

#include "tests/support/catch.h"

namespace autoscale {
namespace {

TEST_CASE("what is not defined is no number") {
  CHECK_FALSE(mean({}));
  CHECK_FALSE(quantile({}, 0.5));
  const std::array one{3.0};
  CHECK_FALSE(standard_deviation(one));
  const MeanInterval interval = mean_interval(one);
  CHECK(*interval.mean == 3.0);
  CHECK_FALSE(interval.ci95);
}

TEST_CASE("mean loses no small addend beside a large one") {
  const std::array values{1e16, 1.0, -1e16, 1.0};
  CHECK(*mean(values) == 0.5);
}

TEST_CASE("standard deviation has n - 1 in the denominator") {
  const std::array values{2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0};  // squares sum to 32
  CHECK(*standard_deviation(values) == Approx(std::sqrt(32.0 / 7.0)));
}

TEST_CASE("Student's t quantiles are those of the printed tables") {
  CHECK(student_t_975(1) == Approx(12.7062).epsilon(1e-5));
  CHECK(student_t_975(4) == Approx(2.7764).epsilon(1e-4));
  CHECK(student_t_975(9) == Approx(2.2622).epsilon(1e-4));
  CHECK(student_t_975(1000000) == Approx(1.95997).epsilon(1e-5));
}

TEST_CASE("the interval of a mean is t s / sqrt n") {
  const std::array values{1.0, 2.0, 3.0, 4.0, 5.0};
  const MeanInterval interval = mean_interval(values);
  CHECK(*interval.mean == 3.0);
  CHECK(*interval.ci95 == Approx(2.776445 * std::sqrt(2.5) / std::sqrt(5.0)).epsilon(1e-6));
}

TEST_CASE("a paired ratio is the geometric mean, and has no interval where pairs agree") {
  const std::array numerator{2.0, 8.0};
  const std::array denominator{1.0, 4.0};
  const RatioInterval same = paired_ratio(numerator, denominator);
  CHECK(*same.ratio == Approx(2.0));
  CHECK(*same.factor95 == Approx(1.0));
  const std::array halves{1.0, 1.0};
  CHECK(*paired_ratio(numerator, halves).ratio == Approx(4.0));
  const std::array zero{0.0, 1.0};
  CHECK_FALSE(paired_ratio(numerator, zero).ratio);
  CHECK_FALSE(paired_ratio({}, {}).ratio);
}

TEST_CASE("a paired ratio without a finite upper bound has no interval") {
  const std::vector<double> numerator{1e-9, 1e100};
  const std::vector<double> denominator{1e3, 1.0};
  const RatioInterval interval = paired_ratio(numerator, denominator);
  CHECK(*interval.ratio == Approx(1e44));
  CHECK_FALSE(interval.factor95);
}

TEST_CASE("Student's t of one and of two degrees of freedom, and of a fraction between") {
  const double pi = std::acos(-1.0);
  CHECK(student_t(0.95, 1.0) == Approx(std::tan(0.45 * pi)));
  CHECK(student_t(0.95, 2.0) == Approx(0.9 * std::sqrt(2.0 / (1.0 - 0.81))));
  CHECK(student_t(0.05, 2.0) == Approx(-student_t(0.95, 2.0)));
  CHECK(student_t(0.95, 1.5) < student_t(0.95, 1.0));
  CHECK(student_t(0.95, 1.5) > student_t(0.95, 2.0));
}

TEST_CASE("the shift of paired means is that of their differences") {
  const std::vector<double> from{1.0, 5.0, 9.0};
  const std::vector<double> to{2.0, 7.0, 12.0};
  const MeanShift shift = *paired_shift(from, to);
  CHECK(shift.estimate == Approx(2.0));
  CHECK(shift.standard_error == Approx(1.0 / std::sqrt(3.0)));
  CHECK(shift.degrees_of_freedom == 2.0);
  const std::vector<double> one{1.0};
  CHECK_FALSE(paired_shift(one, one));
}

// Variances 1 and 4 of 3 and 2 values: (1/3 + 2)^2 / ((1/3)^2 / 2 + 2^2 / 1).
TEST_CASE("the shift of independent means has Welch's degrees of freedom") {
  const std::vector<double> from{1.0, 2.0, 3.0};
  const std::vector<double> to{5.0, 5.0 + 2.0 * std::sqrt(2.0)};
  const MeanShift shift = *welch_shift(from, to);
  CHECK(shift.estimate == Approx(3.0 + std::sqrt(2.0)));
  CHECK(shift.standard_error == Approx(std::sqrt(7.0 / 3.0)));
  CHECK(shift.degrees_of_freedom == Approx((49.0 / 9.0) / (1.0 / 18.0 + 4.0)));
  const std::vector<double> one{1.0};
  CHECK_FALSE(welch_shift(from, one));
  const std::vector<double> constant{4.0, 4.0};
  CHECK(welch_shift(constant, constant)->standard_error == 0.0);
  const std::vector<double> huge{1e100, -1e100, 5e99};  // whose fourth powers are no numbers
  const std::vector<double> tiny{1e-100, -1e-100, 5e-101};
  CHECK(welch_shift(huge, huge)->degrees_of_freedom == Approx(4.0));
  CHECK(welch_shift(tiny, tiny)->degrees_of_freedom == Approx(4.0));
}

TEST_CASE("quantiles are order statistics of rank ceil(p n)") {
  std::vector<double> ten;
  for (int i = 1; i <= 10; ++i) ten.push_back(i);
  CHECK(*quantile(ten, 0.50) == 5.0);
  CHECK(*quantile(ten, 0.51) == 6.0);
  CHECK(*quantile(ten, 0.95) == 10.0);
  CHECK(*quantile(ten, 0.99) == 10.0);
  CHECK(*quantile(ten, 1.0) == 10.0);
  CHECK(*quantile(ten, 1e-9) == 1.0);
  std::vector<double> hundred;
  for (int i = 1; i <= 100; ++i) hundred.push_back(i);
  CHECK(*quantile(hundred, 0.50) == 50.0);
  CHECK(*quantile(hundred, 0.95) == 95.0);
  CHECK(*quantile(hundred, 0.99) == 99.0);
}

}  // namespace
}  // namespace autoscale
