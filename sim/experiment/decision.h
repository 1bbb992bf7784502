// One decision of one run, taken apart: what was observed, what every target would have cost, what the
// policy thought, what it chose, and what became of the request.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/engine/cost_evaluator.h"
#include "sim/experiment/experiment.h"
#include "sim/policies/explain.h"

namespace autoscale {

// Which decision. Requests count from 0 in the order of their arrival in the run that judges the policy;
// those of `workload` alone when it is given (the number that --requests writes).
struct DecisionQuery {
  std::size_t policy = 0;  // position in the scenario
  std::uint32_t replication = 0;
  std::optional<std::uint32_t> workload;
  std::uint64_t request = 0;
};

// What one target would cost at the conditions of the decision, without noise.
struct TargetForecast {
  Cost cost;          // nobody waits: what the oracle sees
  Cost with_waiting;  // by the queues at the decision
  CostStages stages;  // of with_waiting; zeros where the target is not supported
};

// The same of a partition plan, without waiting.
struct PlanForecast {
  struct Slice {
    TargetId target = kNoTarget;
    std::size_t layers = 0;
    double handover_ms = 0.0;  // before it, between processors of the phone
    double latency_ms = 0.0;   // its dispatch and layers
  };
  std::string name;  // empty: no plan was chosen
  Cost cost;
  std::vector<Slice> slices;
  double upload_kbit = 0.0;  // before the last slice; 0: that runs on the phone
};

struct Decision {
  std::uint64_t request_of_run = 0;  // in order of arrival, all workloads together
  Observation observation;
  Conditions conditions;
  std::vector<TargetForecast> targets;  // [target]
  TargetId chosen = kNoTarget;          // kPartitioned: `plan`
  PlanForecast plan;
  TargetId oracle = kNoTarget;
  TargetId oracle_queue_aware = kNoTarget;
  std::optional<ChoiceExplanation> explanation;  // of policies that can explain themselves
  RequestRecord outcome;

  // Of what was chosen, by the queues at the decision; of a plan without waiting.
  [[nodiscard]] const Cost& chosen_cost() const {
    return chosen == kPartitioned ? plan.cost : targets[chosen].with_waiting;
  }
};

// Requests of the run, or of one workload.
[[nodiscard]] std::uint64_t requests_of_run(const World& world,
                                            std::optional<std::uint32_t> workload);

// Trains and runs the policy as run_experiment does, to the end. Precondition: the query's policy,
// workload and request exist.
[[nodiscard]] Decision record_decision(const World& world, const std::string& file,
                                       const ExperimentOptions& options,
                                       const DecisionQuery& query);

// One layer of the network on one target, at the conditions of the decision, without noise.
struct LayerForecast {
  std::string name;
  LayerKind kind = LayerKind::kConvKxK;
  double latency_ms = 0.0;
  std::optional<double> energy_mj;  // the phone's; of its own processors only
};

// In order of execution; empty where the target is not supported. Latencies sum to stages.layers_ms.
[[nodiscard]] std::vector<LayerForecast> layer_forecasts(const World& world,
                                                         const Decision& decision, TargetId target);

}  // namespace autoscale
