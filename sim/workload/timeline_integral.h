// The integral of a function of a timeline's values between any two instants, at the same price whether two
// segments lie between them or a million: prefix sums over one period.
#pragma once

#include <vector>

#include "sim/workload/timeline.h"

namespace autoscale {

class TimelineIntegral {
 public:
  TimelineIntegral() = default;
  // `of(value)` is integrated over time in ms. The timeline itself is not kept.
  template <class Value, class Function>
  TimelineIntegral(const Timeline<Value>& timeline, Function of)
      : period_(timeline.period().count) {
    double sum = 0.0;
    for (std::size_t s = 0; s < timeline.size(); ++s) {
      until_.push_back(sum);
      rate_.push_back(of(timeline.value(s)));
      const SimTime end = timeline.end(s);
      if (end != kNever) sum += rate_.back() * to_millis(end - timeline.start(s)).value;
    }
    whole_ = sum;
  }

  [[nodiscard]] bool empty() const { return rate_.empty(); }

  // From `from`, in segment `first`, to `to`, in segment `last`, of the timeline that it was built from.
  template <class Value>
  [[nodiscard]] double between(const Timeline<Value>& timeline, SimTime from, Segment first,
                               SimTime to, Segment last) const {
    const std::int64_t periods = first.period_start == last.period_start
                                     ? 0
                                     : (last.period_start - first.period_start) / period_;
    return static_cast<double>(periods) * whole_ + (until_[last.index] - until_[first.index]) +
           rate_[last.index] * to_millis(to - timeline.start(last)).value -
           rate_[first.index] * to_millis(from - timeline.start(first)).value;
  }

 private:
  std::vector<double> until_;  // [segment] of the period, up to its start
  std::vector<double> rate_;   // [segment]
  double whole_ = 0.0;         // over a period
  std::int64_t period_ = 0;
};

}  // namespace autoscale
