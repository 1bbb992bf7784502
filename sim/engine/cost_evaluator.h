// The truth about costs, noise-free: what every target would cost a request if conditions stayed as they
// are now. Oracles choose by it and regret is measured against it; other policies never see it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sim/engine/cost_table.h"
#include "sim/engine/environment.h"
#include "sim/engine/target.h"

namespace autoscale {

struct Cost {
  bool supported = false;
  bool violates_accuracy = false;
  bool violates_qos = false;
  double latency_ms = 0.0;
  double energy_mj = 0.0;

  // Lexicographic order of model.md section 10: fewest violations of accuracy, then of QoS, then least
  // energy. Unsupported targets come last.
  [[nodiscard]] bool better_than(const Cost& other) const;
};

// Instants until which each server is busy with what it has already accepted; SimTime{} when free.
using BusyUntil = std::span<const SimTime>;

class CostEvaluator {
 public:
  CostEvaluator(const CostTable& table, const Environment& environment);

  // Moves to the conditions of `now`. Cheap while no segment of the environment ends.
  void observe(SimTime now);

  // Expected cost of each target, by TargetId, without waiting; recomputed only when conditions change.
  [[nodiscard]] std::span<const Cost> costs(std::uint32_t workload) const;
  // The best target by Cost::better_than, lowest id on ties.
  [[nodiscard]] TargetId best(std::uint32_t workload) const;
  // The same with the waiting time of every queue on the way (oracle_queue_aware).
  [[nodiscard]] TargetId best_with_waiting(std::uint32_t workload) const;
  // The engine's queues, for best_with_waiting. The span must outlive the evaluator's use of it.
  void set_busy_until(BusyUntil busy) { busy_until_ = busy; }

  // Cost of one target under given conditions and waiting times.
  [[nodiscard]] Cost evaluate(std::uint32_t workload, TargetId target, const Conditions& at,
                              Millis waiting) const;
  [[nodiscard]] const Conditions& conditions() const { return conditions_; }

 private:
  void refresh(std::uint32_t workload) const;
  [[nodiscard]] Millis waiting(std::uint32_t workload, TargetId target) const;

  const CostTable* table_;
  const Environment* environment_;
  Conditions conditions_;
  SimTime now_{};
  SimTime valid_from_{};  // conditions_ hold on [valid_from_, valid_until_)
  SimTime valid_until_{};
  BusyUntil busy_until_;
  bool fresh_ = false;
  mutable std::vector<char> known_;     // [workload]: costs_ are of these conditions
  mutable std::vector<Cost> costs_;     // [workload * targets + target]
  mutable std::vector<TargetId> best_;  // [workload]
};

}  // namespace autoscale
