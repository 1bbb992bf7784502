// Requests in flight, and the queues they stand in. Plain arrays with free lists.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "sim/base/check.h"
#include "sim/engine/event_queue.h"
#include "sim/engine/observation.h"
#include "sim/engine/plan_costs.h"
#include "sim/engine/power_meter.h"

namespace autoscale {

// What a request waits for or undergoes.
enum class Stage : std::uint8_t {
  kHandover,  // of tensors between processors of the phone, by its CPU
  kPrepare,
  kUplink,
  kToRemote,
  kRun,
  kFromRemote,
  kDownlink,
  kDone
};

// How the transfer in service ends.
enum class TransferEnd : std::uint8_t { kDone, kTimeout, kHandover };

struct Request {
  Observation observation;
  std::uint32_t stream = 0;
  TargetId target = kNoTarget;  // as the policy chose
  TargetId running =
      kNoTarget;  // the same, that of the present slice, or the fallback after a failed transfer
  const TargetCost* cost = nullptr;  // of what runs there
  const PlanCosts* plan = nullptr;   // of a partitioned request
  std::uint32_t slice = 0;           // of the plan
  LinkId link = LinkId::kWifi;       // of the transfer it waits for or undergoes, or underwent last
  TransferEnd transfer_end = TransferEnd::kDone;
  Stage stage = Stage::kRun;
  bool dropped = false;
  bool offload_failed = false;
  bool throttled = false;       // ran at a lower V/F step than chosen
  std::uint32_t handovers = 0;  // transfers begun anew on another link
  std::uint32_t tails = 0;      // of radios that run now for it
  double noise = 1.0;
  SimTime arrival;
  SimTime queued_at;      // at the current server
  SimTime service_start;  // of the current service
  SimTime main_start;     // of its main part: layers, or bits on the air
  SimTime finish;
  EnergyAccount energy;  // marginal energy charged so far
  double awake_share_begin = 0.0;
  double run_ms = 0.0;  // on a processor
  double tx_ms = 0.0;
  double rx_ms = 0.0;
  double radio_mj = 0.0;    // while bits were on the air, over the radio's idle power
  double remote_mj = 0.0;   // of the edge peer or the cloud
  EnergyAccount slices_mj;  // of a plan's slices on the phone, by the paper's equations (1) to (3)
  double slices_ms = 0.0;
  double oracle_energy_mj = 0.0;
  double expected_energy_mj = 0.0;
  bool oracle_match = false;
  bool near_oracle = false;
  std::optional<double> reward;  // where somebody asks

  // Makes a used request new again, but for the observation, which its arrival fills in. Field by field:
  // assigning Request{} clears it with a string instruction that costs ten times as much.
  void renew() {
    dropped = offload_failed = throttled = false;
    handovers = tails = 0;
    noise = 1.0;
    energy = EnergyAccount{};
    plan = nullptr;
    slice = 0;
    slices_mj = EnergyAccount{};
    slices_ms = 0.0;
    run_ms = tx_ms = rx_ms = radio_mj = remote_mj = 0.0;
    oracle_energy_mj = expected_energy_mj = 0.0;
    oracle_match = near_oracle = false;
    reward.reset();
  }
};

class RequestPool {
 public:
  void clear() {
    pool_.clear();
    free_.clear();
  }
  RequestId allocate() {
    if (free_.empty()) {
      pool_.emplace_back();
      free_.reserve(pool_.capacity());
      return static_cast<RequestId>(pool_.size() - 1);
    }
    const RequestId id = free_.back();
    free_.pop_back();
    pool_[id].renew();
    return id;
  }
  void release(RequestId id) { free_.push_back(id); }
  Request& operator[](RequestId id) { return pool_[id]; }
  const Request& operator[](RequestId id) const { return pool_[id]; }
  [[nodiscard]] std::size_t in_flight() const { return pool_.size() - free_.size(); }

 private:
  std::vector<Request> pool_;
  std::vector<RequestId> free_;
};

// First in, first out; a ring that grows by doubling and never shrinks.
class RequestQueue {
 public:
  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] std::size_t size() const { return size_; }
  RequestId operator[](std::size_t i) const { return ring_[(head_ + i) & (ring_.size() - 1)]; }
  void clear() { head_ = size_ = 0; }
  void push(RequestId id) {
    if (size_ == ring_.size()) grow();
    ring_[(head_ + size_++) & (ring_.size() - 1)] = id;
  }
  RequestId pop() {
    const RequestId id = ring_[head_];
    head_ = (head_ + 1) & (ring_.size() - 1);
    --size_;
    return id;
  }
  // Removes the i-th, keeping the order of the others.
  RequestId remove(std::size_t i) {
    const RequestId id = (*this)[i];
    for (std::size_t k = i; k + 1 < size_; ++k)
      ring_[(head_ + k) & (ring_.size() - 1)] = (*this)[k + 1];
    --size_;
    return id;
  }

 private:
  void grow() {
    std::vector<RequestId> bigger(ring_.empty() ? 8 : 2 * ring_.size());
    for (std::size_t i = 0; i < size_; ++i) bigger[i] = (*this)[i];
    ring_ = std::move(bigger);
    head_ = 0;
  }
  std::vector<RequestId> ring_;
  std::size_t head_ = 0;
  std::size_t size_ = 0;
};

struct Server {
  int capacity = 1;
  std::vector<SimTime> running_until;  // one for each that is in service
  RequestQueue queue;
  [[nodiscard]] bool is_full() const { return static_cast<int>(running_until.size()) == capacity; }
};

struct RadioState {
  int transfers = 0;         // running now, both directions
  SimTime ready_at;          // end of the last promotion
  RequestId tail_owner = 0;  // meaningful while the meter runs the tail
};

}  // namespace autoscale
