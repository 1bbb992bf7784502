// The truth about costs, noise-free: what every target would cost a request if conditions stayed as they
// are now. Oracles choose by it and regret is measured against it; other policies never see it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sim/engine/cost_table.h"
#include "sim/engine/environment.h"
#include "sim/engine/local_costs.h"
#include "sim/engine/plan_costs.h"
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

// Where the latency of a Cost goes, in ms and in the order of the walk; what a target does not have is 0.
struct CostStages {
  double dispatch_ms = 0.0;   // phone's CPU: hands over to an accelerator, or prepares the upload
  double waiting_ms = 0.0;    // in queues
  double promotion_ms = 0.0;  // the radio wakes up
  double uplink_ms = 0.0;
  double network_ms = 0.0;          // between link and remote processor, both ways
  double remote_dispatch_ms = 0.0;  // on the remote processor, before the first layer
  double layers_ms = 0.0;
  double downlink_ms = 0.0;
  double layer_w =
      0.0;  // the phone's power, as charged to the request, while its own layers run; remote: 0

  [[nodiscard]] double total_ms() const {
    return dispatch_ms + waiting_ms + promotion_ms + uplink_ms + network_ms + remote_dispatch_ms +
           layers_ms + downlink_ms;
  }
};

// The queues of the running simulation, for oracles that know them.
class QueueView {
 public:
  virtual ~QueueView() = default;
  // How long a request of `workload` that joined now would wait for `server`, without noise.
  [[nodiscard]] virtual double waiting_ms(ServerId server, std::uint32_t workload) const = 0;
};

// Waiting times on the way of one request, in ms.
struct Waits {
  double before_air = 0.0;  // for the uplink: the radio does nothing for this request yet
  double processor = 0.0;   // local: for the processor; remote: there, after the upload
};

// The radio's tail after a request, in mJ: it lasts until the next upload goes on the air, which is the gap that
// the application leaves and the preparation of that upload, or until it ends by itself.
double expected_tail_mj(const RadioCost& radio, const WorkloadCost& w, Millis latency,
                        double dispatch_ms);

class CostEvaluator {
 public:
  CostEvaluator(const CostTable& table, const Environment& environment);

  // Moves to the conditions of `now`. Cheap while no segment of the environment ends.
  void observe(SimTime now);

  // Level of the phone's throttling: a target above its cap costs what the one that it runs as does.
  void set_throttling(std::size_t level);

  // Expected cost of each target, by TargetId, without waiting; recomputed only when conditions change.
  [[nodiscard]] std::span<const Cost> costs(std::uint32_t workload) const;
  // The same of one target.
  [[nodiscard]] Cost cost(std::uint32_t workload, TargetId target) const;
  // The best target by Cost::better_than, lowest id on ties.
  [[nodiscard]] TargetId best(std::uint32_t workload) const {
    refresh(workload);
    return best_[workload];
  }
  [[nodiscard]] const Cost& best_cost(std::uint32_t workload) const {
    refresh(workload);
    return best_cost_[workload];
  }
  // The same with the waiting time of every queue on the way (oracle_queue_aware).
  [[nodiscard]] TargetId best_with_waiting(std::uint32_t workload) const;
  // The engine's queues, for best_with_waiting; nullptr: nobody waits. Must outlive the evaluator's use.
  void set_queues(const QueueView* queues) { queues_ = queues; }

  // Cost of one target under given conditions and waiting times.
  [[nodiscard]] Cost evaluate(std::uint32_t workload, TargetId target, const Conditions& at,
                              const Waits& waits = {}) const;
  // Expected cost of a partition plan under the present conditions, without waiting. Without a co-runner, noise and
  // promotions its latency is the simulated one, to the nanosecond.
  [[nodiscard]] Cost evaluate(std::uint32_t workload, const PlanCosts& plan) const;
  [[nodiscard]] const Conditions& conditions() const { return conditions_; }
  // How long a request that chose `target` now would wait, by the engine's queues.
  [[nodiscard]] Waits waits(std::uint32_t workload, TargetId target) const;
  // The stages of evaluate(workload, target, at, waits). Precondition: the target is supported.
  [[nodiscard]] CostStages stages(std::uint32_t workload, TargetId target, const Conditions& at,
                                  const Waits& waits = {}) const;

 private:
  enum class Known : std::uint8_t { kNothing, kBest, kAll };
  void refresh(std::uint32_t workload) const {
    if (known_[workload] == Known::kNothing) work_out(workload);
  }
  void work_out(std::uint32_t workload) const;
  void find_best(std::uint32_t workload) const;
  [[nodiscard]] Cost known_cost(std::uint32_t workload, TargetId target) const;
  [[nodiscard]] Cost evaluate_remote(const WorkloadCost& w, const TargetCost& t,
                                     std::uint32_t workload, Site site, const Conditions& at,
                                     const Waits& waits) const;
  [[nodiscard]] Cost with_fallback(Cost failed, std::uint32_t workload, const Conditions& at) const;

  const CostTable* table_;
  const Environment* environment_;
  Conditions conditions_;
  Segment load_segment_;
  std::array<Segment, kLinks> link_segment_{};
  Segment route_segment_;
  SimTime valid_from_{};  // conditions_ hold on [valid_from_, valid_until_)
  SimTime valid_until_{};
  const QueueView* queues_ = nullptr;
  std::size_t throttling_ = 0;
  bool fresh_ = false;
  std::vector<LocalCosts> local_;  // [workload]
  std::vector<TargetId> remote_;   // targets that are not the phone's
  // What is known of these conditions, [workload] or [workload * targets + target].
  mutable std::vector<Known> known_;
  mutable std::vector<Cost> costs_;  // kBest: of remote targets alone
  mutable std::vector<double> local_ms_;
  mutable std::vector<double> local_mj_;
  mutable std::vector<TargetId> best_;
  mutable std::vector<Cost> best_cost_;
};

}  // namespace autoscale
