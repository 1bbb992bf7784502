#include "sim/experiment/decision.h"

#include "sim/base/check.h"
#include "sim/engine/forwarding_policy.h"
#include "sim/engine/run_plan.h"

namespace autoscale {
namespace {

std::vector<TargetForecast> forecast(const CostEvaluator& truth, std::uint32_t workload) {
  std::vector<TargetForecast> targets;
  for (const Cost& cost : truth.costs(workload)) {
    const auto t = static_cast<TargetId>(targets.size());
    TargetForecast f{.cost = cost, .with_waiting = cost, .stages = {}};
    if (cost.supported) {
      const Waits waits = truth.waits(workload, t);
      f.with_waiting = truth.evaluate(workload, t, truth.conditions(), waits);
      f.stages = truth.stages(workload, t, truth.conditions(), waits);
    }
    targets.push_back(f);
  }
  return targets;
}

PlanForecast forecast_of(const PlanCosts& costs, const CostEvaluator& truth,
                         std::uint32_t workload) {
  PlanForecast plan;
  plan.name = costs.name;
  plan.cost = truth.evaluate(workload, costs);
  plan.upload_kbit = costs.uplink_kbit;
  const LoadConditions& load = truth.conditions().load;
  for (const SliceCosts& slice : costs.slices) {
    const RunRates rates = run_rates(slice.by_level.front(), 1.0, load);
    plan.slices.push_back({slice.target, slice.positions.size(), load.phi_host * slice.handover_ms,
                           remaining_ms(slice.layers, RunProgress{}, rates)});
  }
  return plan;
}

// Looks closely at one decision.
class Recorder final : public ForwardingPolicy, public RequestObserver {
 public:
  Recorder(const CostTable& table, const DecisionQuery& query) : table_(&table), query_(query) {}

  Policy* between(Policy& judged, const CostEvaluator& truth) {
    forward_to(judged);
    truth_ = &truth;
    return this;
  }

  TargetId choose(const Observation& now) override {
    const TargetId chosen = ForwardingPolicy::choose(now);
    const bool wanted = query_.workload
                            ? now.workload == *query_.workload && now.request == query_.request
                            : arrived_ == query_.request;
    if (wanted) record(now, chosen);
    ++arrived_;
    return chosen;
  }

  void on_settled(const RequestRecord& r) override {
    if (!decided_ || r.workload != decision_.observation.workload ||
        r.request != decision_.observation.request) {
      return;
    }
    decision_.outcome = r;
    decision_.outcome.seen = nullptr;  // what was seen is kept as decision_.observation
    decision_.outcome.plan = {};       // and the plan as decision_.plan
    settled_ = true;
  }

  [[nodiscard]] Decision result() && {
    AUTOSCALE_CHECK(settled_, "the request to explain did not end");
    return std::move(decision_);
  }

 private:
  void record(const Observation& now, TargetId chosen) {
    decision_.request_of_run = arrived_;
    decision_.observation = now;
    decision_.conditions = truth_->conditions();
    decision_.targets = forecast(*truth_, now.workload);
    decision_.chosen = chosen;
    if (chosen == kPartitioned) record_plan(now.workload);
    decision_.oracle = truth_->best(now.workload);
    decision_.oracle_queue_aware = truth_->best_with_waiting(now.workload);
    if (const auto* explainer = dynamic_cast<const Explainer*>(&judged())) {
      decision_.explanation = explainer->explain(now);
    }
    decided_ = true;
  }

  void record_plan(std::uint32_t workload) {
    PlanCosts costs;
    make_plan_costs(*table_, plan(), costs);
    decision_.plan = forecast_of(costs, *truth_, workload);
  }

  const CostTable* table_;
  DecisionQuery query_;
  const CostEvaluator* truth_ = nullptr;
  std::uint64_t arrived_ = 0;
  Decision decision_;
  bool decided_ = false;
  bool settled_ = false;
};

}  // namespace

std::uint64_t requests_of_run(const World& world, std::optional<std::uint32_t> workload) {
  if (workload) return world.table.workloads[*workload].arrivals.count;
  std::uint64_t sum = 0;
  for (const WorkloadCost& w : world.table.workloads) sum += w.arrivals.count;
  return sum;
}

Decision record_decision(const World& world, const std::string& file,
                         const ExperimentOptions& options, const DecisionQuery& query) {
  AUTOSCALE_CHECK(query.request < requests_of_run(world, query.workload),
                  "the run has no such request");
  Recorder recorder(world.table, query);
  ExperimentOptions watched = options;
  watched.observer = [&](std::size_t, std::uint32_t) { return &recorder; };
  watched.probe = [&](Policy& judged, const CostEvaluator& truth) {
    return recorder.between(judged, truth);
  };
  run_policy(world, file, watched, query.policy, query.replication);
  return std::move(recorder).result();
}

std::vector<LayerForecast> layer_forecasts(const World& world, const Decision& decision,
                                           TargetId target) {
  const WorkloadCost& workload = world.table.workloads[decision.observation.workload];
  const TargetCost& t = workload.targets[target];
  if (!t.supported) return {};
  const Network& network = world.inputs.networks[workload.network];
  const RunRates rates = run_rates(t, 1.0, decision.conditions.load);
  const auto part = [](const std::vector<double>& prefix, std::size_t i) {
    return prefix[i + 1] - prefix[i];
  };
  std::vector<LayerForecast> layers;
  for (const int id : execution_order(network)) {
    const std::size_t i = layers.size();
    const Layer& layer = network.layers[static_cast<std::size_t>(id)];
    LayerForecast f{layer.name, layer.kind, 0.0, std::nullopt};
    f.latency_ms = rates.compute * part(t.layers->compute_prefix, i) +
                   rates.memory * part(t.layers->memory_prefix, i);
    if (t.local) f.energy_mj = decision.targets[target].stages.layer_w * f.latency_ms;
    layers.push_back(std::move(f));
  }
  return layers;
}

}  // namespace autoscale
