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

// A segment of a timeline; where it repeats, of one of the repetitions. Looking on from here needs no division.
struct Segment {
  Segment() = default;
  Segment(std::size_t number) : index(number) {}  // NOLINT: of the first period
  Segment(std::size_t number, std::int64_t begin) : index(number), period_start(begin) {}
  std::size_t index = 0;
  std::int64_t period_start = 0;
};

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
  // Lets time 0 be what was `offset` before; what lay before it comes at the end of a period, or never.
  void begin_at(Nanos offset) {
    if (is_constant() || offset.count == 0) return;
    const std::int64_t local = repeats() ? offset.count % period_ : offset.count;
    Timeline moved;
    moved.distinct_ = std::move(distinct_);
    const std::size_t first = search(local);
    for (std::size_t s = first; s < starts_.size(); ++s)
      moved.append_shared(SimTime{std::max<std::int64_t>(starts_[s] - local, 0)}, number_[s]);
    if (repeats()) {
      for (std::size_t s = 0; s < first; ++s)
        moved.append_shared(SimTime{starts_[s] + period_ - local}, number_[s]);
      if (starts_[first] < local)
        moved.append_shared(SimTime{starts_[first] + period_ - local}, number_[first]);
      moved.repeat_every(Nanos{period_});
    }
    *this = std::move(moved);
  }

  [[nodiscard]] bool repeats() const { return period_ != 0; }
  [[nodiscard]] Nanos period() const { return Nanos{period_}; }
  [[nodiscard]] bool empty() const { return starts_.empty(); }
  [[nodiscard]] bool is_constant() const { return starts_.size() == 1; }
  // Each value that occurs, once or more.
  [[nodiscard]] std::span<const Value> values() const { return distinct_; }
  // Segments of one period.
  [[nodiscard]] std::size_t size() const { return starts_.size(); }

  [[nodiscard]] const Value& value(Segment s) const { return distinct_[number_[s.index]]; }
  [[nodiscard]] SimTime start(Segment s) const {
    return SimTime{starts_[s.index] + s.period_start};
  }
  // First instant after the segment; kNever for one that holds.
  [[nodiscard]] SimTime end(Segment s) const {
    if (s.index + 1 < starts_.size()) return SimTime{starts_[s.index + 1] + s.period_start};
    return period_ == 0 ? kNever : SimTime{s.period_start + period_};
  }
  // The one after it. Precondition: its end is not kNever.
  [[nodiscard]] Segment next(Segment s) const {
    if (s.index + 1 < starts_.size()) return {s.index + 1, s.period_start};
    return {0, s.period_start + period_};
  }

  // The segment that holds `t` >= 0. A hint near it, before or after, makes the look-up O(1).
  [[nodiscard]] Segment segment(SimTime t, Segment hint = {}) const {
    if (is_constant()) return {};
    return locate(t, hint);
  }

 private:
  // Not inlined: in a dozen places it would push the loop out of the instruction cache.
  [[nodiscard, gnu::noinline]] Segment locate(SimTime t, Segment hint) const {
    constexpr int kNear = 4;
    for (int i = 0; i < kNear; ++i) {
      if (t < start(hint)) {
        if (hint.index == 0 && hint.period_start == 0) break;
        hint = hint.index > 0 ? Segment{hint.index - 1, hint.period_start}
                              : Segment{starts_.size() - 1, hint.period_start - period_};
      } else if (t < end(hint)) {
        return hint;
      } else {
        hint = next(hint);
      }
    }
    std::int64_t begin = hint.period_start;
    if (t.ns < begin || (repeats() && t.ns - begin >= period_)) begin = t.ns / period_ * period_;
    return {search(t.ns - begin), begin};
  }
  // Samples mostly come at even steps: from where the instant would then be, doubling strides reach it.
  [[nodiscard]] std::size_t search(std::int64_t local) const {
    const std::size_t last = starts_.size() - 1;
    if (local >= starts_[last]) return last;
    const double even = static_cast<double>(local) / static_cast<double>(starts_[last]);
    std::size_t low = std::min(last, static_cast<std::size_t>(even * static_cast<double>(last)));
    std::size_t high = low + 1;
    std::size_t stride = 1;
    if (starts_[low] <= local) {
      for (; high <= last && starts_[high] <= local; high += stride *= 2) low = high;
      high = std::min(high, last + 1);
    } else {
      for (; starts_[low] > local; stride *= 2) {
        high = low;
        low -= std::min(low, stride);
      }
    }
    const auto begin = starts_.begin();
    const auto after = std::upper_bound(begin + static_cast<std::ptrdiff_t>(low),
                                        begin + static_cast<std::ptrdiff_t>(high), local);
    return static_cast<std::size_t>(after - begin) - 1;
  }

  std::vector<std::int64_t> starts_;
  std::vector<std::uint32_t> number_;  // [segment] -> distinct_
  std::vector<Value> distinct_;
  std::int64_t period_ = 0;  // 0: the last value holds
};

}  // namespace autoscale
