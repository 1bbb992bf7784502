// The stratified bootstrap, against distributions known in closed form.
#include "sim/base/bootstrap.h"

#include <cmath>
#include <vector>

#include "sim/base/random.h"
#include "tests/support/catch.h"

namespace autoscale {
namespace {

// The mean of values[stratum * runs + run] over all runs, which all strata have equally many of.
BootstrapInterval mean_of(const std::vector<double>& values, std::size_t strata) {
  const auto weighted = [&](Counts counts, std::span<double> figures) {
    double sum = 0.0;
    for (std::size_t i = 0; i < values.size(); ++i) sum += counts[i] * values[i];
    figures[0] = sum / static_cast<double>(values.size());
  };
  return stratified_bootstrap(strata, values.size() / strata, 1, weighted).front();
}

TEST_CASE("two values: a quarter of the resamples hold one of them only") {
  const BootstrapInterval two = mean_of({1, 3}, 1);
  CHECK(two.value == 2.0);
  CHECK(two.low95 == 1.0);
  CHECK(two.high95 == 3.0);
}

TEST_CASE("the interval of a share is made of binomial quantiles") {
  // One of four: 4 x the mean is binomial (4, 1/4), at 0 with 31.6 %, up to 2 with 94.9 %, to 3 with 99.6 %.
  const BootstrapInterval share = mean_of({0, 0, 1, 0}, 1);
  CHECK(share.value == 0.25);
  CHECK(share.low95 == 0.0);
  CHECK(share.high95 == 0.75);
}

TEST_CASE("strata are resampled each by itself") {
  // Without strata the 5s and 7s would mix.
  const BootstrapInterval between = mean_of({5, 5, 5, 7, 7, 7}, 2);
  CHECK(between.value == 6.0);
  CHECK(between.low95 == 6.0);
  CHECK(between.high95 == 6.0);
  // Drawn alike, two strata of opposite values would cancel in every resample; drawn independently, the mean
  // is at an end, -1 or 1, in one resample of 16.
  const BootstrapInterval opposite = mean_of({-1, 1, 1, -1}, 2);
  CHECK(opposite.value == 0.0);
  CHECK(opposite.low95 == -1.0);
  CHECK(opposite.high95 == 1.0);
}

TEST_CASE("every resample draws as many runs of each stratum as there are") {
  std::size_t calls = 0;
  bool full = true;
  std::vector<std::size_t> drawn(10, 0);
  const auto check = [&](Counts counts, std::span<double> figures) {
    for (std::size_t i = 0; i < counts.size(); ++i) drawn[i] += counts[i];
    for (std::size_t s = 0; s < 2; ++s) {
      std::uint32_t runs = 0;
      for (const std::uint32_t count : counts.subspan(s * 5, 5)) runs += count;
      full = full && runs == 5;
    }
    ++calls;
    figures[0] = 0.0;
  };
  static_cast<void>(stratified_bootstrap(2, 5, 1, check));
  CHECK(calls == kResamples + 1);  // and the sample itself
  CHECK(full);
  // Each run is drawn once a resample on average, with a variance of 4/5: 2,000 resamples are within 5 sigma.
  const double sigma = std::sqrt(0.8 * static_cast<double>(kResamples));
  for (const std::size_t times : drawn) {
    CHECK(std::abs(static_cast<double>(times) - static_cast<double>(calls)) < 5.0 * sigma);
  }
}

TEST_CASE("one run of each stratum has a value and no interval") {
  const BootstrapInterval one = mean_of({1, 3}, 2);
  CHECK(one.value == 2.0);
  CHECK_FALSE(one.low95);
  CHECK_FALSE(one.high95);
}

TEST_CASE("the same runs have the same interval") {
  const std::vector<double> values{0.3, 0.1, 0.4, 0.1, 0.5, 0.9, 0.2, 0.6};
  const BootstrapInterval a = mean_of(values, 2);
  const BootstrapInterval b = mean_of(values, 2);
  CHECK(a.low95 == b.low95);
  CHECK(a.high95 == b.high95);
  CHECK(*a.low95 < *a.value);
  CHECK(*a.value < *a.high95);
}

TEST_CASE("19 intervals of 20 hold the true value, less what few replications take away") {
  constexpr std::size_t kSamples = 300;
  constexpr std::size_t kStrata = 3;
  constexpr std::size_t kRuns = 20;
  std::size_t covered = 0;
  for (std::uint32_t sample = 0; sample < kSamples; ++sample) {
    std::vector<double> values;
    for (std::size_t i = 0; i < kStrata * kRuns; ++i) {
      values.push_back(draw_normal({.seed = 7, .replication = sample}, 0, i));
    }
    const BootstrapInterval interval = mean_of(values, kStrata);
    covered += *interval.low95 <= 0.0 && 0.0 <= *interval.high95 ? 1 : 0;
  }
  // The plug-in variance lacks 1/20: 94 % on paper. 4 standard deviations of 300 samples are 5.5 %.
  CHECK(covered > kSamples * 885 / 1000);
  CHECK(covered < kSamples * 990 / 1000);
}

}  // namespace
}  // namespace autoscale
