// What a partition plan is expected to cost: its slices one after the other, each stage rounded to the nanosecond as
// the event loop rounds it.
#include "sim/engine/cost_stages.h"

namespace autoscale {
namespace {

struct PlanSum {
  Nanos latency;           // without waiting
  double slices_mj = 0.0;  // of the phone's processors and its CPU's hand-overs, over awake power
  double paper_mj = 0.0;   // of the phone's processors by equations (1) to (3)
  double paper_ms = 0.0;   // in which they were busy
};

void add_stage(PlanSum& sum, double ms) { sum.latency.count += to_nanos(Millis{ms}).count; }

void add_slice(const CostTable& table, const SliceCosts& slice, const TargetCost& t,
               const Conditions& at, PlanSum& sum) {
  const ExpectedStages s = local_stages(t, at);
  const double handover = at.load.phi_host * slice.handover_ms;
  add_stage(sum, handover);
  add_stage(sum, s.dispatch + s.layers);
  const double share = t.processor == ProcessorKind::kCpu ? at.load.phi_cpu : 1.0;
  sum.slices_mj +=
      table.phone.host_w / at.load.phi_host * (handover + s.dispatch) + t.busy_w / share * s.layers;
  const bool dsp = t.processor == ProcessorKind::kDsp;
  sum.paper_mj += (dsp ? table.phone.dsp_paper_w : t.busy_w + t.idle_w) * (s.dispatch + s.layers);
  sum.paper_ms += s.dispatch + s.layers;
}

}  // namespace

Cost CostEvaluator::evaluate(std::uint32_t workload, const PlanCosts& plan) const {
  const WorkloadCost& w = table_->workloads[workload];
  const bool paper = table_->energy_model == EnergyModel::kPaper;
  const Conditions& at = conditions_;
  PlanSum sum;
  for (const SliceCosts& slice : plan.slices) {
    const TargetCost& t = slice.by_level[throttling_];
    if (t.local) add_slice(*table_, slice, t, at, sum);
  }
  const double before = to_millis(sum.latency).value;
  Cost cost{.supported = true, .violates_accuracy = !plan.meets_accuracy};
  bool failed = false;
  if (plan.is_remote()) {
    const TargetCost& t = plan.slices.back().by_level.front();
    const Site site = table_->targets[plan.slices.back().target].site;
    const LinkId link = link_of(t, site, at);
    const ExpectedStages s = remote_stages(*table_, w, plan.uplink_kbit, t, site, at, {}, before);
    failed = s.failed;
    const double run = t.layers->dispatch_ms + (t.layers->compute_ms() + t.layers->memory_ms());
    for (const double ms : {s.dispatch, s.promotion, s.up, 0.5 * s.hops, s.remote > 0.0 ? run : 0.0,
                            0.5 * s.hops, s.down})
      add_stage(sum, ms);
    const double latency = to_millis(sum.latency).value - before;
    cost.energy_mj = paper ? remote_energy_paper(*table_, link, at, s, latency)
                           : remote_energy_full(*table_, w, link, at, s, latency, before);
  }
  cost.latency_ms = to_millis(sum.latency).value;
  const double awake_ms =
      plan.is_remote() ? before : cost.latency_ms;  // remote_energy has the rest
  cost.energy_mj += paper ? sum.paper_mj + table_->phone.awake_total_w * (awake_ms - sum.paper_ms)
                          : sum.slices_mj + table_->phone.awake_w * awake_ms;
  cost.violates_qos = cost.latency_ms > w.qos_ms;
  return failed ? with_fallback(cost, workload, at) : cost;
}

}  // namespace autoscale
