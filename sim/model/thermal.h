// Heat of a phone as one node: a heat capacity C at temperature T, a thermal resistance R to the surroundings,
//   C dT/dt = P - (T - T_ambient) / R,   tau = R C.
// Under constant power its solution is an exponential, so that a step of any length is exact.
#pragma once

#include <cmath>
#include <limits>

#include "sim/base/units.h"

namespace autoscale {

// Temperatures that a phone or its surroundings may be said to have, in degrees Celsius.
inline constexpr double kColdestC = -50.0;
inline constexpr double kHottestC = 150.0;

struct ThermalNode {
  double resistance_k_per_w = 0.0;
  double time_constant_ms = 0.0;  // tau
  double ambient_c = 0.0;

  // Where the temperature, in degrees Celsius, ends up under constant power.
  [[nodiscard]] double equilibrium_c(Watts power) const {
    return ambient_c + resistance_k_per_w * power.value;
  }

  // The temperature `time` after it was `from_c`, under constant power.
  [[nodiscard]] double after_c(double from_c, Watts power, Millis time) const {
    return from_c - (equilibrium_c(power) - from_c) * std::expm1(-time.value / time_constant_ms);
  }

  // How long it takes from `from_c` to `to_c` under constant power; infinite where it never gets there.
  [[nodiscard]] Millis time_to_reach(double from_c, double to_c, Watts power) const {
    if (from_c == to_c) return Millis{0.0};
    const double left = (equilibrium_c(power) - to_c) / (equilibrium_c(power) - from_c);
    if (!(left > 0.0 && left < 1.0)) return Millis{std::numeric_limits<double>::infinity()};
    return Millis{-time_constant_ms * std::log(left)};
  }
};

}  // namespace autoscale
