// A piecewise-constant function of simulated time: sorted starts, one value each; the last one holds.
// It is looked up, never scheduled: a sample costs nothing while nobody looks.
#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "sim/base/check.h"
#include "sim/base/sim_time.h"

namespace autoscale {

template <class Value>
class Timeline {
 public:
  Timeline() = default;
  explicit Timeline(Value constant) : starts_{0}, values_{std::move(constant)} {}

  // Appends a segment. Starts ascend strictly, the first is 0.
  void append(SimTime start, Value value) {
    AUTOSCALE_CHECK(starts_.empty() ? start.ns == 0 : start.ns > starts_.back(),
                    "timeline starts must ascend from 0");
    starts_.push_back(start.ns);
    values_.push_back(std::move(value));
  }

  [[nodiscard]] bool empty() const { return values_.empty(); }
  [[nodiscard]] std::size_t size() const { return values_.size(); }
  [[nodiscard]] const Value& value(std::size_t segment) const { return values_[segment]; }
  [[nodiscard]] SimTime start(std::size_t segment) const { return SimTime{starts_[segment]}; }
  // First instant after the segment; kNever for the last one.
  [[nodiscard]] SimTime end(std::size_t segment) const {
    return segment + 1 < starts_.size() ? SimTime{starts_[segment + 1]} : kNever;
  }

  // The segment that holds `t`. `hint` is a segment that started at or before t (0 always works);
  // a near hint makes the look-up O(1).
  [[nodiscard]] std::size_t segment(SimTime t, std::size_t hint = 0) const {
    if (hint + 1 >= starts_.size() || t.ns < starts_[hint + 1]) return hint;
    if (hint + 2 >= starts_.size() || t.ns < starts_[hint + 2]) return hint + 1;
    const auto after =
        std::upper_bound(starts_.begin() + static_cast<std::ptrdiff_t>(hint), starts_.end(), t.ns);
    return static_cast<std::size_t>(after - starts_.begin()) - 1;
  }

 private:
  std::vector<std::int64_t> starts_;
  std::vector<Value> values_;
};

}  // namespace autoscale
