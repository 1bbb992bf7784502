// The thermal node against closed forms and against integrators that know nothing of exponentials.
#include "sim/model/thermal.h"

#include <cmath>
#include <limits>

#include "tests/support/catch.h"

namespace autoscale {
namespace {

constexpr ThermalNode kNode{
    .resistance_k_per_w = 4.0, .time_constant_ms = 180e3, .ambient_c = 25.0};

// dT/dt in K/ms, straight from the differential equation.
double slope(double t_c, double w) {
  const double capacity_mj_per_k = kNode.time_constant_ms / kNode.resistance_k_per_w;
  return (w - (t_c - kNode.ambient_c) / kNode.resistance_k_per_w) / capacity_mj_per_k;
}

double runge_kutta(double t_c, double w, double ms, int steps) {
  const double h = ms / steps;
  for (int i = 0; i < steps; ++i) {
    const double a = slope(t_c, w);
    const double b = slope(t_c + 0.5 * h * a, w);
    const double c = slope(t_c + 0.5 * h * b, w);
    const double d = slope(t_c + h * c, w);
    t_c += h / 6.0 * (a + 2.0 * b + 2.0 * c + d);
  }
  return t_c;
}

TEST_CASE("a step warms by the exponential of the textbook") {
  // 5 W: equilibrium 45 C. After one time constant 1 - 1/e of the 20 K.
  CHECK(kNode.equilibrium_c(Watts{5.0}) == 45.0);
  CHECK(kNode.after_c(25.0, Watts{5.0}, Millis{180e3}) ==
        Approx(25.0 + 20.0 * (1.0 - std::exp(-1.0))).epsilon(1e-15));
  CHECK(kNode.after_c(45.0, Watts{0.0}, Millis{180e3}) ==
        Approx(25.0 + 20.0 * std::exp(-1.0)).epsilon(1e-15));
  CHECK(kNode.after_c(45.0, Watts{5.0}, Millis{1e9}) == 45.0);
  CHECK(kNode.after_c(30.0, Watts{3.0}, Millis{0.0}) == 30.0);
}

TEST_CASE("many small steps arrive where a long one does") {
  for (const int steps : {2, 1000, 100'000}) {
    double t_c = 25.0;
    for (int i = 0; i < steps; ++i) t_c = kNode.after_c(t_c, Watts{4.2}, Millis{300e3 / steps});
    CHECK(t_c == Approx(kNode.after_c(25.0, Watts{4.2}, Millis{300e3})).epsilon(1e-12));
  }
}

TEST_CASE("the step agrees with Runge-Kutta and with Euler") {
  for (const double w : {0.0, 1.0, 5.5}) {
    for (const double from_c : {-10.0, 25.0, 60.0}) {
      const double exact = kNode.after_c(from_c, Watts{w}, Millis{100e3});
      CHECK(runge_kutta(from_c, w, 100e3, 1000) == Approx(exact).epsilon(1e-12));
      double euler = from_c;
      for (int i = 0; i < 1'000'000; ++i) euler += 0.1 * slope(euler, w);
      CHECK(euler == Approx(exact).margin(1e-5));
    }
  }
}

TEST_CASE("a square wave settles between its analytic extremes") {
  constexpr double kOn = 40e3;
  constexpr double kOff = 70e3;
  double t_c = 25.0;
  double top = 0.0;
  for (int i = 0; i < 200; ++i) {
    top = kNode.after_c(t_c, Watts{5.0}, Millis{kOn});
    t_c = kNode.after_c(top, Watts{0.5}, Millis{kOff});
  }
  // In the steady state the wave returns: top = hot - (hot - low) x, low = cold + (top - cold) y.
  const double x = std::exp(-kOn / 180e3);
  const double y = std::exp(-kOff / 180e3);
  const double hot = 45.0;
  const double cold = 27.0;
  const double steady_top = (hot * (1.0 - x) + cold * x * (1.0 - y)) / (1.0 - x * y);
  CHECK(top == Approx(steady_top).epsilon(1e-13));
  CHECK(t_c == Approx(cold + (steady_top - cold) * y).epsilon(1e-13));
}

TEST_CASE("the time to a temperature is the inverse of the step") {
  const Millis up = kNode.time_to_reach(25.0, 42.0, Watts{5.0});
  CHECK(up.value == Approx(180e3 * std::log(20.0 / 3.0)));
  CHECK(kNode.after_c(25.0, Watts{5.0}, up) == Approx(42.0).epsilon(1e-14));
  const Millis down = kNode.time_to_reach(42.0, 30.0, Watts{0.0});
  CHECK(kNode.after_c(42.0, Watts{0.0}, down) == Approx(30.0).epsilon(1e-14));
  CHECK(kNode.time_to_reach(30.0, 30.0, Watts{1.0}).value == 0.0);
  constexpr double kNeverMs = std::numeric_limits<double>::infinity();
  CHECK(kNode.time_to_reach(25.0, 45.0, Watts{5.0}).value == kNeverMs);  // only approached
  CHECK(kNode.time_to_reach(25.0, 50.0, Watts{5.0}).value == kNeverMs);  // too hot
  CHECK(kNode.time_to_reach(30.0, 20.0, Watts{5.0}).value == kNeverMs);  // the other way
  CHECK(kNode.time_to_reach(45.0, 40.0, Watts{5.0}).value == kNeverMs);  // at rest
}

}  // namespace
}  // namespace autoscale
