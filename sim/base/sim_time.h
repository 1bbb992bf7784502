// Simulated time: int64 nanoseconds since the start of a replication (about 292 years).
#pragma once

#include <cmath>
#include <compare>
#include <cstdint>
#include <limits>

#include "sim/base/check.h"
#include "sim/base/units.h"

namespace autoscale {

struct Nanos {  // a duration
  std::int64_t count = 0;
  friend constexpr auto operator<=>(Nanos, Nanos) = default;
};

struct SimTime {  // an instant; two instants cannot be added
  std::int64_t ns = 0;
  friend constexpr auto operator<=>(SimTime, SimTime) = default;
};

inline constexpr SimTime kNever{std::numeric_limits<std::int64_t>::max()};

constexpr Nanos operator-(SimTime a, SimTime b) { return Nanos{a.ns - b.ns}; }
// Checked: simulated time reaches 292 years.
inline SimTime operator+(SimTime t, Nanos d) {
  SimTime sum;
  AUTOSCALE_CHECK(!__builtin_add_overflow(t.ns, d.count, &sum.ns), "simulated time has run out");
  return sum;
}
constexpr Nanos operator+(Nanos a, Nanos b) { return Nanos{a.count + b.count}; }
constexpr Millis to_millis(Nanos d) { return Millis{static_cast<double>(d.count) * 1e-6}; }
constexpr Millis to_millis(SimTime t) { return Millis{static_cast<double>(t.ns) * 1e-6}; }

// The one place where a model duration becomes simulated time: round half away from zero.
// Precondition: d is finite, not negative and below 1e12 ms; anything else is a bug in a model.
inline Nanos to_nanos(Millis d) {
  AUTOSCALE_CHECK(d.value >= 0.0 && d.value < 1e12, "a duration must be finite and not negative");
  return Nanos{static_cast<std::int64_t>(d.value * 1e6 + 0.5)};
}

}  // namespace autoscale
