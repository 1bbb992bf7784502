// When requests of one workload arrive. Draws are keyed by (workload, arrival), so that the times do not
// depend on the policy (closed loops excepted, whose arrivals follow the finish of the request before).
#pragma once

#include <cstdint>
#include <vector>

#include "sim/base/random.h"
#include "sim/base/sim_time.h"

namespace autoscale {

enum class ArrivalKind : std::uint8_t { kClosedLoop, kPeriodic, kPoisson, kTimes };

struct ArrivalProcess {
  ArrivalKind kind = ArrivalKind::kClosedLoop;
  Millis think{0.0};           // closed loop: pause between a finish and the next arrival
  Millis period{0.0};          // periodic
  Millis offset{0.0};          // periodic: first arrival
  double rate_hz = 0.0;        // Poisson
  std::vector<SimTime> times;  // explicit, ascending
  std::uint64_t count = 0;     // arrivals in all

  // Open arrivals only: the instant of arrival `index`, given the one before it (0 for the first).
  // `first` is the number of the stream's first request, so that no two streams share draws.
  [[nodiscard]] SimTime next(std::uint64_t index, SimTime previous, const StreamKey& key,
                             std::uint32_t workload, std::uint64_t first = 0) const;
  // How long after a finish the next request of this workload is to be expected, given the latency of
  // this one: what a phone knows about its application (used to price the radio tail).
  [[nodiscard]] Millis expected_gap(Millis latency) const;
};

}  // namespace autoscale
