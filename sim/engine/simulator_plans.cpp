// Partitioned requests: slice after slice, each on a processor of its own, with a hand-over of tensors between two
// processors of the phone, or an upload before the last one.
#include "sim/engine/simulator.h"

namespace autoscale {

const PlanCosts& Simulator::costs_of(const PartitionPlan& plan) {
  if (plans_.size() <= plan.id) plans_.resize(plan.id + 1);
  std::unique_ptr<PlanCosts>& costs = plans_[plan.id];
  if (!costs) {
    costs = std::make_unique<PlanCosts>();
    make_plan_costs(*table_, plan, *costs);
  }
  return *costs;
}

// The same when it waits as when it runs: what `level` of throttling leaves of its target.
const TargetCost& Simulator::cost_at(const Request& r, std::size_t level) const {
  if (r.plan != nullptr && !r.offload_failed) return r.plan->slices[r.slice].by_level[level];
  const TargetId allowed = table_->throttled(level, r.running);
  return table_->workloads[r.observation.workload].targets[allowed];
}

void Simulator::begin_slice(RequestId id) {
  Request& r = requests_[id];
  const SliceCosts& slice = r.plan->slices[r.slice];
  run_on(r, slice.target, slice.by_level.front());
  if (!r.cost->local)
    return start_host_work(id, Stage::kPrepare, table_->phone.offload_dispatch_ms);
  if (slice.handover_ms > 0.0) return start_host_work(id, Stage::kHandover, slice.handover_ms);
  r.stage = Stage::kRun;
  enqueue(id, r.cost->server);
}

// Equations (1) to (3) of the paper for the slice that ends: its processor was busy for the time of its run.
void Simulator::end_slice(Request& r) const {
  const TargetCost& t = *r.cost;
  const bool dsp = t.processor == ProcessorKind::kDsp;
  r.slices_mj[component_of(t.processor)] +=
      (dsp ? table_->phone.dsp_paper_w : t.busy_w + t.idle_w) * r.run_ms;
  r.slices_ms += r.run_ms;
}

}  // namespace autoscale
