// What a finished request has cost, and the proof that no energy was lost or charged twice.
#include <algorithm>
#include <cmath>

#include "sim/base/check.h"
#include "sim/engine/simulator.h"

namespace autoscale {

// Inlined where it is used: most runs tally the fields and need no record in memory.
inline RequestRecord Simulator::record_of(const Request& r) const {
  const bool planned = r.plan != nullptr && !r.offload_failed;
  const bool accurate = planned ? r.plan->meets_accuracy : r.cost->meets_accuracy;
  const double latency_ms = to_millis(r.finish - r.arrival).value;
  const EnergyAccount by_component =
      table_->energy_model == EnergyModel::kPaper ? paper_energy(r) : r.energy;
  return {
      .workload = r.observation.workload,
      .request = r.observation.request,
      .arrival = r.arrival,
      .finish = r.finish,
      .target = r.target,
      .ran_on = planned ? kPartitioned : r.running,
      .plan = r.plan != nullptr ? r.plan->name : std::string_view{},
      .dropped = r.dropped,
      .violates_qos = r.dropped || latency_ms > table_->workloads[r.observation.workload].qos_ms,
      .violates_accuracy = !r.dropped && !accurate,
      .latency_ms = latency_ms,
      .accuracy_percent = planned ? r.plan->accuracy_percent : r.cost->accuracy_percent,
      .energy_mj = by_component.total(),
      .by_component = by_component,
      .oracle_energy_mj = r.oracle_energy_mj,
      .expected_energy_mj = r.expected_energy_mj,
      .oracle_match = r.oracle_match,
      .near_oracle = r.near_oracle,
      .offload_failed = r.offload_failed,
      .handovers = r.handovers,
      .throttled = r.throttled,
      .reward = r.reward,
      .seen = &r.observation};
}

void Simulator::report(const Request& r) const {
  const RequestRecord record = record_of(r);
  if (options_.observer != nullptr) options_.observer->on_settled(record);
  if (options_.timeline != nullptr) options_.timeline->on_settled(record);
}

void Simulator::settle(RequestId id) {
  const Request& r = requests_[id];
  for (std::size_t c = 0; c < kComponents; ++c) {
    if (r.energy.mj[c] != 0.0) requests_mj_[c] += r.energy.mj[c];
  }
  WorkloadTally& tally = result_.workloads[r.observation.workload];
  tally.add(record_of(r));
  const TargetId last = r.plan != nullptr ? r.plan->slices.back().target : r.target;
  (table_->targets[last].site == Site::kCloud ? tally.cloud_energy_mj : tally.edge_energy_mj) +=
      r.remote_mj;
  if (options_.observer != nullptr || options_.timeline != nullptr) report(r);
  requests_.release(id);
}

EnergyAccount Simulator::paper_energy(const Request& r) const {
  const TargetCost& t = *r.cost;
  const double latency = to_millis(r.finish - r.arrival).value;
  const double idle_w = table_->phone.awake_total_w;
  const bool offloaded = r.plan != nullptr
                             ? r.plan->is_remote()
                             : !table_->workloads[r.observation.workload].targets[r.target].local;
  EnergyAccount e = r.slices_mj;
  double idle_ms = latency - r.slices_ms;
  if (offloaded) {  // equation (4): the radio was charged while it sent and received, add idle for the rest
    const RadioCost& radio = table_->radios[static_cast<std::size_t>(r.link)];
    e[component_of(r.link)] = r.radio_mj + radio.idle_w * latency;
    idle_ms -= r.tx_ms + r.rx_ms;
  }
  if (r.plan != nullptr && !r.offload_failed) {  // its slices have been charged
  } else if (t.local && t.processor == ProcessorKind::kDsp && !r.dropped) {  // equation (3)
    const double dsp_ms = offloaded ? r.run_ms : latency;
    e[Component::kDsp] += table_->phone.dsp_paper_w * dsp_ms;
    idle_ms -= dsp_ms;
  } else if (t.local) {  // equations (1) and (2)
    e[component_of(t.processor)] += (t.busy_w + t.idle_w) * r.run_ms;
    idle_ms -= r.run_ms;
  }
  e[Component::kBase] += idle_w * idle_ms;
  return e;
}

void Simulator::check_conservation() const {
  EnergyAccount owners = result_.requests;
  owners += result_.co_runner;
  owners += result_.baseline;
  for (int c = 0; c < kComponents; ++c) {
    const double total = result_.phone_total.mj[static_cast<std::size_t>(c)];
    const double owned = owners.mj[static_cast<std::size_t>(c)];
    AUTOSCALE_CHECK(
        std::isfinite(total) && std::abs(total - owned) <= 1e-9 * std::max(1.0, total),
        "energy is not conserved: the owners' shares differ from the integral of power");
  }
}

}  // namespace autoscale
