#include "sim/policies/least_squares.h"

#include <cmath>

#include "tests/support/catch.h"

namespace autoscale {
namespace {

// Samples of y = 3 + 2 conv - 5 wifi + 4 (first target feature) + noise, over three targets.
struct Line {
  Line() : target_features(3, 2) {
    const double features[3][2] = {{-1.0, 0.5}, {0.0, -1.0}, {1.0, 0.5}};
    for (std::size_t t = 0; t < 3; ++t) {
      for (std::size_t c = 0; c < 2; ++c) target_features.row(t)[c] = features[t][c];
    }
    // All combinations, so that every column has mean 0 and none depends on another.
    for (const double conv : {-1.0, 0.0, 1.0}) {
      for (const double wifi : {-1.5, 1.5}) {
        for (std::uint32_t t = 0; t < 3; ++t) {
          StateVector s{};
          at(s, Feature::kConv) = conv;
          at(s, Feature::kWifi) = wifi;
          states.push_back(s);
          targets.push_back(t);
          y.push_back(3.0 + 2.0 * conv - 5.0 * wifi + 4.0 * features[t][0]);
        }
      }
    }
  }
  [[nodiscard]] Samples samples() const { return {states, targets, y, &target_features}; }

  Matrix target_features;
  std::vector<StateVector> states;
  std::vector<std::uint32_t> targets;
  std::vector<double> y;
};

TEST_CASE("least squares recovers the coefficients of a line") {
  const Line line;
  LeastSquares model(0.0);
  model.fit(line.samples());
  CHECK(model.intercept() == Approx(3.0));
  const auto w = model.weights();
  REQUIRE(w.size() == kFeatures + 2);
  CHECK(w[static_cast<std::size_t>(Feature::kConv)] == Approx(2.0));
  CHECK(w[static_cast<std::size_t>(Feature::kWifi)] == Approx(-5.0));
  CHECK(w[static_cast<std::size_t>(Feature::kMac)] == 0.0);  // does not vary: no share of anything
  CHECK(w[kFeatures] == Approx(4.0));
  CHECK(w[kFeatures + 1] == Approx(0.0).margin(1e-9));

  StateVector s{};
  at(s, Feature::kConv) = 0.3;
  at(s, Feature::kWifi) = -0.2;
  std::vector<double> y(3);
  model.predict(s, y);
  CHECK(y[0] == Approx(3.0 + 0.6 + 1.0 - 4.0));
  CHECK(y[2] == Approx(3.0 + 0.6 + 1.0 + 4.0));
}

TEST_CASE("features that depend on each other share their weight") {
  Line line;
  for (std::size_t t = 0; t < 3; ++t) {
    line.target_features.row(t)[1] = line.target_features.row(t)[0];
  }
  LeastSquares model(0.0);
  model.fit(line.samples());
  CHECK(model.weights()[kFeatures] == Approx(2.0));
  CHECK(model.weights()[kFeatures + 1] == Approx(2.0));
}

// One feature of mean square v: w = v w0 / (v + lambda).
TEST_CASE("a ridge shrinks weights as its formula says") {
  const Line line;
  LeastSquares model(0.5);
  model.fit(line.samples());
  CHECK(model.intercept() == Approx(3.0));
  CHECK(model.weights()[static_cast<std::size_t>(Feature::kConv)] ==
        Approx(2.0 * (2.0 / 3) / (2.0 / 3 + 0.5)));
  CHECK(model.weights()[static_cast<std::size_t>(Feature::kWifi)] ==
        Approx(-5.0 * 2.25 / (2.25 + 0.5)));
}

TEST_CASE("with noise, the residuals of least squares are orthogonal to every feature") {
  Line line;
  for (std::size_t i = 0; i < line.y.size(); ++i)
    line.y[i] += std::sin(7.0 * static_cast<double>(i * i));
  LeastSquares model(0.0);
  model.fit(line.samples());
  double sum = 0.0;
  double with_conv = 0.0;
  double with_target = 0.0;
  std::vector<double> y(3);
  for (std::size_t i = 0; i < line.y.size(); ++i) {
    model.predict(line.states[i], y);
    const double residual = line.y[i] - y[line.targets[i]];
    sum += residual;
    with_conv += residual * at(line.states[i], Feature::kConv);
    with_target += residual * line.target_features.row(line.targets[i])[1];
  }
  CHECK(sum == Approx(0.0).margin(1e-9));
  CHECK(with_conv == Approx(0.0).margin(1e-9));
  CHECK(with_target == Approx(0.0).margin(1e-9));
}

}  // namespace
}  // namespace autoscale
