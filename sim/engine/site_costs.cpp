#include "sim/engine/site_costs.h"

#include <algorithm>

namespace autoscale {

double peak_w(const ProcessorProfile& p, PowerScale scale) {
  return scale == PowerScale::kPaper ? p.peak_power_paper_w.value : p.peak_power_measured_w.value;
}

PhoneCost phone_cost(const DeviceProfile& d, PowerScale scale) {
  PhoneCost c;
  c.suspend_w = d.suspend_w.value;
  c.awake_w = d.awake_w.value - d.suspend_w.value;
  c.awake_total_w = d.awake_w.value;
  if (d.offload_dispatch_ms) c.offload_dispatch_ms = d.offload_dispatch_ms->value;
  if (d.handover) {
    c.has_handover = true;
    c.copy_gb_per_s = d.handover->copy_gb_per_s.value;
    c.handover_ms[static_cast<std::size_t>(ProcessorKind::kGpu)] = d.handover->gpu_ms.value;
    c.handover_ms[static_cast<std::size_t>(ProcessorKind::kDsp)] = d.handover->dsp_ms.value;
  }
  for (const ProcessorProfile& p : d.processors) {
    c.awake_w += p.idle_power_w.value;
    c.awake_total_w += p.idle_power_w.value;
    c.kappa[static_cast<std::size_t>(p.kind)] = p.memory_sensitivity_ratio.value;
    if (p.kind == ProcessorKind::kDsp) c.dsp_paper_w = peak_w(p, scale);
    if (p.kind != ProcessorKind::kCpu) continue;
    c.cpu_full_w = peak_w(p, scale) * p.cores / p.threads;
    c.host_w = peak_w(p, scale) / p.threads;
    c.cpu_cores = p.cores;
    c.cpu_threads = p.threads;
  }
  return c;
}

RadioCost radio_cost(const RadioProfile& r) {
  RadioCost c;
  c.present = true;
  c.idle_w = r.idle_w.value;
  c.tail_w = std::max(0.0, r.tail_w.value - r.idle_w.value);
  c.promotion_w = std::max(0.0, r.promotion_w.value - r.idle_w.value);
  c.tail_ns = to_nanos(Millis{r.tail_ms.value}).count;
  c.promotion_ms = r.promotion_ms.value;
  c.rtt_ms = r.rtt_ms.value;
  return c;
}

}  // namespace autoscale
