#include "sim/traces/generator.h"

#include <algorithm>
#include <cmath>

#include "tests/support/catch.h"

namespace autoscale {
namespace {

constexpr StreamKey kKey{.seed = 7, .stream = Stream::kSignal};
constexpr TraceBounds kDbm{-150.0, 0.0};
constexpr std::size_t kMany = 400'000;

struct Moments {
  double mean = 0.0;
  double sd = 0.0;
  double lag1 = 0.0;
};

Moments moments(const std::vector<double>& x) {
  const auto n = static_cast<double>(x.size());
  double sum = 0.0;
  for (const double v : x) sum += v;
  const double mean = sum / n;
  double square = 0.0;
  double product = 0.0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    square += (x[i] - mean) * (x[i] - mean);
    if (i > 0) product += (x[i] - mean) * (x[i - 1] - mean);
  }
  return {mean, std::sqrt(square / n), product / square};
}

MarkovModel wifi() {
  return {.states = {{-60.0, 6.0, 0.9, -79.0, -30.0}, {-84.0, 3.0, 0.5, -95.0, -80.0}},
          .transition = {{0.97, 0.03}, {0.2, 0.8}}};
}

TEST_CASE("independent samples have their mean and deviation and no memory") {
  const Moments m = moments(generate(GaussianModel{-60.0, 8.0}, kMany, kDbm, kKey, 0));
  const double se = 1.0 / std::sqrt(double{kMany});
  CHECK(std::abs(m.mean + 60.0) < 3.5 * 8.0 * se);
  CHECK(std::abs(m.sd - 8.0) < 3.5 * 8.0 * se / std::sqrt(2.0));
  CHECK(std::abs(m.lag1) < 3.5 * se);
}

TEST_CASE("an AR(1) course has its mean, deviation and correlation") {
  for (const double lag1 : {0.925, 0.3, -0.4}) {
    const Moments m = moments(generate(Ar1Model{-66.0, 7.2, lag1}, kMany, kDbm, kKey, 1));
    const double se = 1.0 / std::sqrt(double{kMany});
    const double square = lag1 * lag1;
    CHECK(std::abs(m.mean + 66.0) < 3.5 * 7.2 * se * std::sqrt((1.0 + lag1) / (1.0 - lag1)));
    CHECK(std::abs(m.sd - 7.2) < 3.5 * 7.2 * se * std::sqrt((1.0 + square) / (1.0 - square) / 2.0));
    CHECK(std::abs(m.lag1 - lag1) < 3.5 * se * std::sqrt(1.0 - square));
  }
}

TEST_CASE("an AR(1) course follows its recursion exactly") {
  const std::vector<double> x = generate(Ar1Model{-66.0, 7.0, 0.8}, 5, kDbm, kKey, 2);
  CHECK(x[0] == Approx(-66.0 + 7.0 * draw_normal(kKey, 2, 0)).epsilon(1e-12));
  for (std::size_t k = 1; k < x.size(); ++k) {
    CHECK(x[k] == Approx(-66.0 + 0.8 * (x[k - 1] + 66.0) + 7.0 * 0.6 * draw_normal(kKey, 2, k))
                      .epsilon(1e-12));
  }
}

TEST_CASE("a Markov course spends its shares and dwells in its states") {
  const std::vector<double> x = generate(wifi(), kMany, kDbm, kKey, 3);
  double weak = 0.0;
  double leaves_regular = 0.0;
  double leaves_weak = 0.0;
  double regular_sum = 0.0;
  for (std::size_t k = 0; k + 1 < x.size(); ++k) {
    const bool now = x[k] <= -80.0;
    const bool next = x[k + 1] <= -80.0;
    CHECK((now ? x[k] >= -95.0 : x[k] >= -79.0 && x[k] <= -30.0));
    weak += now ? 1.0 : 0.0;
    leaves_regular += !now && next ? 1.0 : 0.0;
    leaves_weak += now && !next ? 1.0 : 0.0;
    regular_sum += now ? 0.0 : x[k];
  }
  const auto n = static_cast<double>(x.size() - 1);
  // pi = 0.03 / 0.23; the chain's own correlation is 1 - 0.03 - 0.2.
  const double pi = 0.03 / 0.23;
  CHECK(std::abs(weak / n - pi) < 3.5 * std::sqrt(pi * (1.0 - pi) / n * 1.77 / 0.23));
  CHECK(std::abs(leaves_regular / (n - weak) - 0.03) < 3.5 * std::sqrt(0.03 * 0.97 / (n - weak)));
  CHECK(std::abs(leaves_weak / weak - 0.2) < 3.5 * std::sqrt(0.2 * 0.8 / weak));
  // N(-60, 6^2) cut at -79 (-3.17 sd) and -30 (5 sd): mean -60 + 6 phi(3.1667)/Phi(3.1667).
  const double mean = -60.0 + 6.0 * 0.0026505 / 0.99923;
  CHECK(std::abs(regular_sum / (n - weak) - mean) < 3.5 * 6.0 * std::sqrt(19.0 / (n - weak)));
}

TEST_CASE("a Markov state holds its truncated distribution and its correlation") {
  // N(0, 1) cut to [0, inf): half-normal, mean sqrt(2/pi), variance 1 - 2/pi.
  const MarkovModel half{.states = {{-50.0, 5.0, 0.8, -50.0, 0.0}}, .transition = {{1.0}}};
  const Moments m = moments(generate(half, kMany, kDbm, kKey, 4));
  CHECK(m.mean == Approx(-50.0 + 5.0 * std::sqrt(2.0 / M_PI)).margin(0.05));
  CHECK(m.sd == Approx(5.0 * std::sqrt(1.0 - 2.0 / M_PI)).margin(0.04));
  const MarkovModel wide{.states = {{-60.0, 5.0, 0.8, -150.0, 0.0}}, .transition = {{1.0}}};
  CHECK(moments(generate(wide, kMany, kDbm, kKey, 4)).lag1 == Approx(0.8).margin(0.004));
  // An interval far out in a tail still has a distribution: exponential-like above its lower end.
  const MarkovModel tail{.states = {{-140.0, 5.0, 0.0, -90.0, 0.0}}, .transition = {{1.0}}};
  const Moments t = moments(generate(tail, kMany, kDbm, kKey, 4));
  CHECK(t.mean == Approx(-89.51).margin(0.02));  // -140 + 5 phi(10)/(1 - Phi(10)) = -89.51
  CHECK(t.sd == Approx(0.48).margin(0.02));
}

TEST_CASE("three states settle where their chain does") {
  const std::vector<std::vector<double>> p{
      {.929, .060, .011}, {.116, .818, .066}, {.051, .170, .779}};
  const std::vector<double> pi = stationary_distribution(p);
  CHECK(pi[0] + pi[1] + pi[2] == Approx(1.0));
  for (std::size_t j = 0; j < 3; ++j)
    CHECK(pi[0] * p[0][j] + pi[1] * p[1][j] + pi[2] * p[2][j] == Approx(pi[j]).epsilon(1e-12));
}

TEST_CASE("a gap state is heard as nothing, for its share of the time") {
  MarkovModel model = wifi();
  model.states[1].gap = true;
  const std::vector<double> x = generate(model, kMany, kDbm, kKey, 3);
  const auto gaps = static_cast<double>(std::ranges::count_if(x, is_gap));
  CHECK(gaps / double{kMany} == Approx(0.03 / 0.23).margin(0.006));
  // What is heard between the gaps does not depend on whether the others are.
  const std::vector<double> full = generate(wifi(), kMany, kDbm, kKey, 3);
  for (std::size_t k = 0; k < 1000; ++k) CHECK((is_gap(x[k]) || x[k] == full[k]));
}

TEST_CASE("a longer course begins with the shorter one, and a key is a course of its own") {
  for (const GeneratorModel& model :
       {GeneratorModel{GaussianModel{-60.0, 8.0}}, GeneratorModel{Ar1Model{-60.0, 8.0, 0.9}},
        GeneratorModel{wifi()}}) {
    const std::vector<double> x = generate(model, 1000, kDbm, kKey, 5);
    const std::vector<double> prefix = generate(model, 100, kDbm, kKey, 5);
    CHECK(std::equal(prefix.begin(), prefix.end(), x.begin()));
    CHECK(generate(model, 1000, kDbm, kKey, 5) == x);
    CHECK(generate(model, 1000, kDbm, kKey, 6) != x);
    StreamKey other = kKey;
    other.seed = 8;
    CHECK(generate(model, 1000, kDbm, other, 5) != x);
    CHECK(generate(model, 0, kDbm, kKey, 5).empty());
  }
}

TEST_CASE("values are clamped to the bounds of their column") {
  const std::vector<double> x = generate(GaussianModel{0.5, 1.0}, 1000, {0.0, 1.0}, kKey, 0);
  CHECK(*std::ranges::min_element(x) == 0.0);
  CHECK(*std::ranges::max_element(x) == 1.0);
}

TEST_CASE("what makes a model unusable is said") {
  CHECK(problem_of(wifi()).empty());
  CHECK(problem_of(GaussianModel{-60.0, -1.0}) == "sd is -1, expected at least 0");
  CHECK(problem_of(Ar1Model{-60.0, 1.0, 1.0}) == "lag1 is 1, expected a number in (-1, 1)");
  CHECK(problem_of(MarkovModel{}) == "states is empty, expected one at least");
  const auto with = [](auto change) {
    MarkovModel model = wifi();
    change(model);
    return problem_of(model);
  };
  CHECK(with([](MarkovModel& m) {
          m.transition[1] = {0.2, 0.7};
        }) == "row 2 of transition sums to 0.8999999999999999, expected 1");
  CHECK(with([](MarkovModel& m) {
          m.transition[0] = {1.03, -0.03};
        }) == "row 1 of transition has 1.03, expected probabilities");
  CHECK(with([](MarkovModel& m) { m.transition[0] = {1.0}; }) ==
        "row 1 of transition has 1 numbers, expected one for each of the 2 states");
  CHECK(with([](MarkovModel& m) { m.transition.pop_back(); }) ==
        "transition has 1 rows, expected one for each of the 2 states");
  CHECK(with([](MarkovModel& m) {
          m.transition[0] = {1.0, 0.0};
        }) == "transition never leads from state 1 to state 2");
  CHECK(with([](MarkovModel& m) {
          m.transition[1] = {0.0, 1.0};
        }) == "transition never leads from state 2 to state 1");
  CHECK(with([](MarkovModel& m) { m.states[1].min = -70.0; }) ==
        "state 2: min is -70, above max, -80");
}

}  // namespace
}  // namespace autoscale
