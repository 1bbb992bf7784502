// Pending events in order of (time, phase, sequence): a binary heap of plain values. Storage is kept, so
// that nothing is allocated once the largest number of pending events has been seen.
#pragma once

#include <algorithm>
#include <cstdint>
#include <type_traits>
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
  std::uint64_t phase : 8, sequence : 56;
  RequestId request;     // kArrive: unused
  std::uint32_t entity;  // kArrive: workload; otherwise the server
};
static_assert(sizeof(Event) == 24 && std::is_trivially_copyable_v<Event>);

class EventQueue {
 public:
  void reserve(std::size_t events) { heap_.reserve(events); }
  void clear() {
    heap_.clear();
    next_sequence_ = 0;
  }
  [[nodiscard]] bool empty() const { return heap_.empty(); }

  void push(SimTime at, Phase phase, RequestId request, std::uint32_t entity) {
    heap_.push_back(Event{at, static_cast<std::uint64_t>(phase), next_sequence_++ & kSequenceMask,
                          request, entity});
    std::push_heap(heap_.begin(), heap_.end(), later);
  }

  // Precondition: not empty.
  Event pop() {
    std::pop_heap(heap_.begin(), heap_.end(), later);
    const Event e = heap_.back();
    heap_.pop_back();
    return e;
  }

 private:
  static constexpr std::uint64_t kSequenceMask = (std::uint64_t{1} << 56) - 1;

  static bool later(const Event& a, const Event& b) {
    if (a.at != b.at) return a.at > b.at;
    if (a.phase != b.phase) return a.phase > b.phase;
    return a.sequence > b.sequence;  // first in, first out
  }

  std::vector<Event> heap_;
  std::uint64_t next_sequence_ = 0;
};

}  // namespace autoscale
