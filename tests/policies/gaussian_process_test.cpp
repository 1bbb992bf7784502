#include "sim/policies/gaussian_process.h"

#include <cmath>
#include <numbers>
#include <numeric>

#include "sim/base/random.h"
#include "sim/policies/acquisition.h"
#include "tests/support/catch.h"

namespace autoscale {
namespace {

StateVector at_load(double cpu) {
  StateVector s{};
  at(s, Feature::kCpu) = cpu;
  return s;
}

// The kernel, written out again.
double matern(double r) {
  const double a = std::sqrt(5.0) * r;
  return (1.0 + a + 5.0 / 3.0 * r * r) * std::exp(-a);
}

GaussianProcessParameters parameters(double signal, double noise, double length,
                                     std::size_t features) {
  return {signal, noise, std::vector<double>(kFeatures + features, length)};
}

// Two points of one feature: x = 0 and 1 with y = 2 and 6. Mean 0.5, sd 0.5 of x; mean 4, sd 2 of y: standardised
// x = -1, 1, y = -1, 1. With k = k(2 / length): K = [[s + n, k], [k, s + n]], K^-1 y = (-1, 1) / (s + n - k).
TEST_CASE("the posterior of two points is the closed form") {
  GaussianProcess process(Matrix(1, 1), 4);
  const double signal = 1.3;
  const double noise = 0.4;
  const double length = 1.7;
  process.set_parameters(parameters(signal, noise, length, 1));
  process.put(0, at_load(0.0), 0, 2.0);
  process.put(1, at_load(1.0), 0, 6.0);
  process.refresh();
  const double s2 = signal * signal;
  const double d = s2 + noise * noise;
  const double between = s2 * matern(2.0 / length);
  for (const double x : {-3.0, -1.0, 0.2, 1.0, 2.5}) {
    const double k0 = s2 * matern(std::abs(x + 1.0) / length);
    const double k1 = s2 * matern(std::abs(x - 1.0) / length);
    const double mean = (k1 - k0) / (d - between);
    const double explained =
        (d * (k0 * k0 + k1 * k1) - 2.0 * between * k0 * k1) / (d * d - between * between);
    double got_mean = 0.0;
    double got_variance = 0.0;
    process.predict(at_load(0.5 + 0.5 * x), {&got_mean, 1}, {&got_variance, 1});
    CHECK(got_mean == Approx(4.0 + 2.0 * mean));
    CHECK(got_variance == Approx(4.0 * (s2 - explained)));
    double alone = 0.0;
    process.predict(at_load(0.5 + 0.5 * x), {&alone, 1});
    CHECK(alone == got_mean);
  }
}

struct Example {
  static constexpr std::size_t kTargets = 3;
  explicit Example(std::size_t n) : features(kTargets, 2) {
    for (std::size_t t = 0; t < kTargets; ++t) {
      features.row(t)[0] = static_cast<double>(t);
      features.row(t)[1] = t == 1 ? 1.0 : 0.0;
    }
    for (std::size_t i = 0; i < n; ++i) {
      StateVector s{};
      for (std::uint32_t f = 0; f < kFeatures; ++f) s[f] = draw_normal({.seed = 5}, f, i);
      states.push_back(s);
      y.push_back(std::sin(2.0 * s[1]) + 0.5 * s[4] + features.row(i % kTargets)[0]);
    }
  }
  void put(GaussianProcess& process, std::size_t place, std::size_t i) const {
    process.put(place, states[i], static_cast<std::uint32_t>(i % kTargets), y[i]);
  }
  Matrix features;
  std::vector<StateVector> states;
  std::vector<double> y;
};

// Copies of all points change neither means nor deviations, so both factor in the same units.
TEST_CASE("points put one by one give the posterior of all factorised at once") {
  const Example example(31);
  GaussianProcess grown(example.features, 40);
  for (std::size_t i = 0; i < 20; ++i) example.put(grown, i, i);
  grown.refresh();
  for (std::size_t i = 20; i < 40; ++i) example.put(grown, i, i - 20);
  GaussianProcess whole = grown;
  whole.refresh();
  std::vector<double> mean_a(3), mean_b(3), variance_a(3), variance_b(3);
  grown.predict(example.states[30], mean_a, variance_a);
  whole.predict(example.states[30], mean_b, variance_b);
  for (std::size_t t = 0; t < 3; ++t) {
    CHECK(mean_a[t] == Approx(mean_b[t]).epsilon(1e-9));
    CHECK(variance_a[t] == Approx(variance_b[t]).epsilon(1e-9));
  }
}

TEST_CASE("a point that replaces another is as if it had been there from the start") {
  const Example example(12);
  GaussianProcess replaced(example.features, 10);
  for (std::size_t i = 0; i < 10; ++i) example.put(replaced, i, i);
  example.put(replaced, 4, 11);
  replaced.refresh();
  GaussianProcess direct(example.features, 10);
  for (std::size_t i = 0; i < 10; ++i) example.put(direct, i, i == 4 ? 11 : i);
  direct.refresh();
  std::vector<double> a(3), b(3);
  replaced.predict(example.states[10], a);
  direct.predict(example.states[10], b);
  CHECK(a == b);
}

TEST_CASE("without noise the mean goes through the points and nothing is uncertain there") {
  const Example example(15);
  GaussianProcess process(example.features, 15);
  process.set_parameters(parameters(1.0, 1e-3, 3.0, 2));
  for (std::size_t i = 0; i < 15; ++i) example.put(process, i, i);
  process.refresh();
  std::vector<double> mean(3), variance(3);
  for (std::size_t i = 0; i < 15; ++i) {
    process.predict(example.states[i], mean, variance);
    CHECK(mean[i % 3] == Approx(example.y[i]).margin(1e-3));
    CHECK(variance[i % 3] < 1e-5);
  }
}

// n = 2, one feature that varies: ln p = -(y' K^-1 y + ln|K| + n ln 2 pi) / 2.
TEST_CASE("the likelihood of two points is the closed form") {
  GaussianProcess process(Matrix(1, 1), 2);
  process.put(0, at_load(0.0), 0, 2.0);
  process.put(1, at_load(1.0), 0, 6.0);
  process.refresh();
  const auto p = parameters(1.3, 0.4, 1.7, 1);
  const double d = 1.69 + 0.16;
  const double k = 1.69 * matern(2.0 / 1.7);
  const std::vector<std::size_t> both{0, 1};
  const double expected =
      -0.5 * (2.0 / (d - k) + std::log(d * d - k * k) + 2.0 * std::log(2.0 * std::numbers::pi));
  CHECK(process.log_likelihood(p, both, nullptr) == Approx(expected));
}

TEST_CASE("the gradient of the likelihood is that of finite differences") {
  const Example example(20);
  GaussianProcess process(example.features, 20);
  for (std::size_t i = 0; i < 20; ++i) example.put(process, i, i);
  process.refresh();
  std::vector<std::size_t> all(20);
  std::iota(all.begin(), all.end(), 0);
  auto p = parameters(1.2, 0.3, 2.0, 2);
  for (std::size_t f = 0; f < p.length.size(); ++f) p.length[f] += 0.3 * static_cast<double>(f);
  std::vector<double> gradient;
  REQUIRE(std::isfinite(process.log_likelihood(p, all, &gradient)));
  REQUIRE(gradient.size() == 2 + kFeatures + 2);
  for (std::size_t i = 0; i < gradient.size(); ++i) {
    const auto moved = [&](double by) {
      auto q = p;
      double& parameter = i == 0 ? q.signal_sd : i == 1 ? q.noise_sd : q.length[i - 2];
      parameter *= std::exp(by);
      return process.log_likelihood(q, all, nullptr);
    };
    INFO("parameter " << i);
    CHECK(gradient[i] == Approx((moved(1e-5) - moved(-1e-5)) / 2e-5).epsilon(1e-4).margin(1e-6));
  }
}

TEST_CASE("tuning makes the points likelier and finds the features that matter") {
  const Example example(60);
  GaussianProcess process(example.features, 60);
  for (std::size_t i = 0; i < 60; ++i) example.put(process, i, i);
  process.refresh();
  std::vector<std::size_t> all(60);
  std::iota(all.begin(), all.end(), 0);
  const double before = process.log_likelihood(process.parameters(), all, nullptr);
  process.tune(60, 60);
  const auto& p = process.parameters();
  CHECK(process.log_likelihood(p, all, nullptr) > before + 20.0);
  for (const std::size_t unused : {0U, 2U, 3U, 5U, 6U, 7U}) {
    CHECK(p.length[1] < p.length[unused]);
    CHECK(p.length[4] < p.length[unused]);
  }
  GaussianProcess again(example.features, 60);
  for (std::size_t i = 0; i < 60; ++i) example.put(again, i, i);
  again.tune(60, 60);
  CHECK(again.parameters().length == p.length);
}

TEST_CASE("one point, and points that are all the same, are no trouble") {
  GaussianProcess process(Matrix(2, 1), 8);
  std::vector<double> mean(2), variance(2);
  for (std::size_t i = 0; i < 8; ++i) {
    process.put(i, at_load(0.5), 1, 3.0);
    process.tune(5, 8);
    process.predict(at_load(0.5), mean, variance);
    CHECK(mean[1] == Approx(3.0));
    CHECK((variance[1] > 0.0 && std::isfinite(variance[1])));
  }
}

TEST_CASE("expected improvement is its integral") {
  for (const auto& [mean, sd, best] :
       {std::tuple{0.0, 1.0, 0.0}, {2.0, 0.5, 1.0}, {-1.0, 2.0, 0.5}, {5.0, 1.0, 0.0}}) {
    double integral = 0.0;
    constexpr double kStep = 1e-3;
    for (double y = best - 20.0; y < best; y += kStep) {
      const double z = (y + 0.5 * kStep - mean) / sd;
      integral += (best - y - 0.5 * kStep) * std::exp(-0.5 * z * z) /
                  (sd * std::sqrt(2.0 * std::numbers::pi)) * kStep;
    }
    CHECK(expected_improvement(mean, sd, best) == Approx(integral).epsilon(1e-4).margin(1e-9));
  }
  CHECK(expected_improvement(0.0, 1.0, 0.0) == Approx(1.0 / std::sqrt(2.0 * std::numbers::pi)));
  CHECK(normal_probability(1.959963984540054) == Approx(0.975));
}

}  // namespace
}  // namespace autoscale
