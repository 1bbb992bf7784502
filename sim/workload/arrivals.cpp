#include "sim/workload/arrivals.h"

#include <algorithm>

namespace autoscale {

SimTime ArrivalProcess::next(std::uint64_t index, SimTime previous, const StreamKey& key,
                             std::uint32_t workload, std::uint64_t first) const {
  switch (kind) {
    case ArrivalKind::kClosedLoop: return previous + to_nanos(think);
    case ArrivalKind::kPeriodic:  // from the index, not by adding: no rounding adds up
      return SimTime{} + to_nanos(offset + period * static_cast<double>(index));
    case ArrivalKind::kPoisson:
      return previous +
             to_nanos(Millis{draw_exponential(key, workload, first + index) * 1e3 / rate_hz});
    case ArrivalKind::kTimes: return times[index];
  }
  return kNever;
}

Millis ArrivalProcess::expected_gap(Millis latency) const {
  switch (kind) {
    case ArrivalKind::kClosedLoop: return think;
    case ArrivalKind::kPeriodic: return Millis{std::max(0.0, (period - latency).value)};
    case ArrivalKind::kPoisson: return Millis{std::max(0.0, 1e3 / rate_hz - latency.value)};
    case ArrivalKind::kTimes: {
      if (times.size() < 2) return Millis{1e9};
      const Millis mean =
          to_millis(times.back() - times.front()) / static_cast<double>(times.size() - 1);
      return Millis{std::max(0.0, (mean - latency).value)};
    }
  }
  return Millis{0.0};
}

}  // namespace autoscale
