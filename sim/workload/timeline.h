// A piecewise-constant function of simulated time: sorted starts, one value each; the last one holds, or
// all of it repeats. It is looked up, never scheduled: a sample costs nothing while nobody looks.
// Samples share equal values, so that 10 million of them take 12 bytes each.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "sim/base/check.h"
#include "sim/base/sim_time.h"

namespace autoscale {

template <class Value>
class Timeline {
 public:
  Timeline() = default;
  explicit Timeline(Value constant) { append(SimTime{}, std::move(constant)); }

  // Appends a segment. Starts ascend strictly, the first is 0.
  void append(SimTime start, Value value) { append_shared(start, share(std::move(value))); }
  // Adds a value for segments to come, and returns its number.
  std::uint32_t share(Value value) {
    distinct_.push_back(std::move(value));
    return static_cast<std::uint32_t>(distinct_.size() - 1);
  }
  // Appends a segment with a shared value; it becomes one with a segment before it that has the same.
  void append_shared(SimTime start, std::uint32_t number) {
    AUTOSCALE_CHECK(starts_.empty() ? start.ns == 0 : start.ns > starts_.back(),
                    "timeline starts must ascend from 0");
    if (!starts_.empty() && number_.back() == number) return;
    starts_.push_back(start.ns);
    number_.push_back(number);
  }
  // From `period` on, which is after the last start, everything comes again, for ever.
  void repeat_every(Nanos period) {
    AUTOSCALE_CHECK(!starts_.empty() && period.count > starts_.back(),
                    "a timeline repeats after its last start");
    if (starts_.size() > 1) period_ = period.count;  // a constant repeats itself
  }
  // Time 0 of the simulation is `offset` of what was appended. Precondition: offset >= 0.
  void begin_at(Nanos offset) { offset_ = starts_.size() > 1 ? offset.count : 0; }

  // Takes over another's repetition and beginning.
  template <class Other>
  void follow(const Timeline<Other>& other) {
    if (other.repeats()) repeat_every(other.period());
    begin_at(other.offset());
  }

  [[nodiscard]] bool repeats() const { return period_ != 0; }
  [[nodiscard]] Nanos period() const { return Nanos{period_}; }
  [[nodiscard]] Nanos offset() const { return Nanos{offset_}; }
  [[nodiscard]] bool empty() const { return starts_.empty(); }
  [[nodiscard]] bool is_constant() const { return starts_.size() == 1; }
  // Each value that occurs, once or more.
  [[nodiscard]] std::span<const Value> values() const { return distinct_; }
  // Segments of one period.
  [[nodiscard]] std::size_t size() const { return starts_.size(); }

  // Segments are numbered on through the repetitions.
  [[nodiscard]] const Value& value(std::size_t segment) const {
    return distinct_[number_[segment < starts_.size() ? segment : segment % starts_.size()]];
  }
  [[nodiscard]] SimTime start(std::size_t segment) const {
    return SimTime{local_start(segment) - offset_};
  }
  // First instant after the segment; kNever for one that holds.
  [[nodiscard]] SimTime end(std::size_t segment) const {
    if (segment + 1 < starts_.size()) return SimTime{starts_[segment + 1] - offset_};
    return period_ == 0 ? kNever : start(segment + 1);
  }

  // The segment that holds `t` >= 0. A hint near it, before or after, makes the look-up O(1).
  [[nodiscard]] std::size_t segment(SimTime t, std::size_t hint = 0) const {
    if (is_constant()) return 0;
    constexpr int kNear = 4;
    for (int i = 0; i < kNear; ++i) {
      if (t < start(hint)) {
        if (hint == 0) break;
        --hint;
      } else if (t < end(hint)) {
        return hint;
      } else {
        ++hint;
      }
    }
    return search(t.ns + offset_);
  }

 private:
  [[nodiscard]] std::int64_t local_start(std::size_t segment) const {
    if (segment < starts_.size()) return starts_[segment];
    return starts_[segment % starts_.size()] +
           static_cast<std::int64_t>(segment / starts_.size()) * period_;
  }
  [[nodiscard]] std::size_t search(std::int64_t local) const {
    const std::int64_t cycle = period_ == 0 ? 0 : local / period_;
    const auto after = std::upper_bound(starts_.begin(), starts_.end(), local - cycle * period_);
    return static_cast<std::size_t>(cycle) * starts_.size() +
           static_cast<std::size_t>(after - starts_.begin()) - 1;
  }

  std::vector<std::int64_t> starts_;
  std::vector<std::uint32_t> number_;  // [segment] -> distinct_
  std::vector<Value> distinct_;
  std::int64_t period_ = 0;  // 0: the last value holds
  std::int64_t offset_ = 0;
};

}  // namespace autoscale
