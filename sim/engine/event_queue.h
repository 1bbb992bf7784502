// Pending events in order of (time, phase, sequence): a binary heap. Storage is kept, so
// that nothing is allocated once the largest number of pending events has been seen.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/base/sim_time.h"

namespace autoscale {

// What happens first when several events share an instant. Ends come before beginnings, so that whoever
// arrives at t finds free what ended at t.
enum class Phase : std::uint8_t {
  kServiceDone,  // a processor or link finishes with a request
  kLayerDone,    // layer-event mode only: a layer ends in the middle of a run
  kHopDone,      // a request has been prepared or has crossed the network, and joins the next queue
  kArrive,       // a request arrives and is decided
};

using RequestId = std::uint32_t;

struct Event {
  SimTime at;
  Phase phase = Phase::kArrive;
  RequestId request = 0;     // kArrive: unused
  std::uint32_t entity = 0;  // kArrive: stream; otherwise the server
};

// Times, orders and payloads lie apart, each a word: whoever pushes an event and pops it at once then reads
// back words that were written as words, which processors forward, and not halves of a wider load, which they
// do not (a fifth of the time of an inference).
class EventQueue {
 public:
  void clear() {
    time_.clear();
    order_.clear();
    payload_.clear();
    next_sequence_ = 0;
  }
  [[nodiscard]] bool empty() const { return time_.empty(); }

  void push(SimTime at, Phase phase, RequestId request, std::uint32_t entity) {
    const Entry e{at.ns, static_cast<std::uint64_t>(phase) << kPhaseShift | next_sequence_++,
                  static_cast<std::uint64_t>(request) << 32 | entity};
    std::size_t i = time_.size();
    time_.push_back(e.time);
    order_.push_back(e.order);
    payload_.push_back(e.payload);
    while (i > 0) {
      const std::size_t parent = (i - 1) / 2;
      if (!before(e, entry(parent))) break;
      set(i, entry(parent));
      i = parent;
    }
    set(i, e);
  }

  // Precondition: not empty.
  Event pop() {
    const Entry first = entry(0);
    const Entry last = entry(time_.size() - 1);
    time_.pop_back();
    order_.pop_back();
    payload_.pop_back();
    if (!time_.empty()) sink(last);
    return {SimTime{first.time}, static_cast<Phase>(first.order >> kPhaseShift),
            static_cast<RequestId>(first.payload >> 32), static_cast<std::uint32_t>(first.payload)};
  }

 private:
  static constexpr int kPhaseShift = 56;  // 2^56 events last for 200 years at 10 million a second
  struct Entry {
    std::int64_t time;
    std::uint64_t order;    // phase, then sequence: first in, first out
    std::uint64_t payload;  // request, entity
  };

  static bool before(const Entry& a, const Entry& b) {
    return a.time != b.time ? a.time < b.time : a.order < b.order;
  }
  [[nodiscard]] Entry entry(std::size_t i) const { return {time_[i], order_[i], payload_[i]}; }
  void set(std::size_t i, const Entry& e) {
    time_[i] = e.time;
    order_[i] = e.order;
    payload_[i] = e.payload;
  }

  // Puts `e` at the root and moves it down to where it belongs.
  void sink(const Entry& e) {
    const std::size_t size = time_.size();
    std::size_t i = 0;
    while (2 * i + 1 < size) {
      std::size_t child = 2 * i + 1;
      if (child + 1 < size && before(entry(child + 1), entry(child))) ++child;
      if (!before(entry(child), e)) break;
      set(i, entry(child));
      i = child;
    }
    set(i, e);
  }

  std::vector<std::int64_t> time_;
  std::vector<std::uint64_t> order_;
  std::vector<std::uint64_t> payload_;
  std::uint64_t next_sequence_ = 0;
};

}  // namespace autoscale
