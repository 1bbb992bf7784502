// What one inference is expected to take and to cost, stage by stage, under given conditions and without noise: the
// parts that the cost evaluator puts together. Inline: it does so for every target, whenever conditions change.
#pragma once

#include <algorithm>

#include "sim/engine/cost_evaluator.h"
#include "sim/engine/run_plan.h"
#include "sim/model/energy_equations.h"

namespace autoscale {

// In ms.
struct ExpectedStages {
  double dispatch = 0.0;  // host CPU
  double layers = 0.0;    // on the processor
  double remote = 0.0;    // remote only: service there, its own dispatch included
  double promotion = 0.0;
  double up = 0.0;
  double hops = 0.0;  // both ways
  double down = 0.0;
  double silence = 0.0;  // on the air between upload and download
  bool failed = false;   // a transfer would take too long
};

inline LinkId link_of(const TargetCost& t, Site site, const Conditions& at) {
  return site == Site::kCloud ? at.cloud_link : t.link;
}

inline ExpectedStages local_stages(const TargetCost& t, const Conditions& at) {
  const RunRates rates = run_rates(t, 1.0, at.load);
  ExpectedStages s;
  s.dispatch = rates.dispatch * t.layers->dispatch_ms;
  s.layers = rates.compute * t.layers->compute_ms() + rates.memory * t.layers->memory_ms();
  return s;
}

// `before_ms`: of a partition plan's slices on the phone.
inline ExpectedStages remote_stages(const CostTable& table, const WorkloadCost& w,
                                    double uplink_kbit, const TargetCost& t, Site site,
                                    const Conditions& at, const Waits& waits,
                                    double before_ms = 0.0) {
  const LinkId id = link_of(t, site, at);
  const LinkConditions& link = at.links[static_cast<std::size_t>(id)];
  const RadioCost& radio = table.radios[static_cast<std::size_t>(id)];
  const double timeout_ms = table.transfer_timeout_ms();
  ExpectedStages s;
  s.dispatch = at.load.phi_host * table.phone.offload_dispatch_ms;
  s.remote = t.layers->total_ms();
  s.up = std::min(uplink_kbit / link.uplink_mbps, timeout_ms);
  s.down = std::min(w.downlink_kbit / link.downlink_mbps, timeout_ms);
  s.failed = s.up >= timeout_ms || s.down >= timeout_ms;
  s.hops = 2.0 * table.one_way_ms(id, site);
  if (s.up >= timeout_ms) s.down = s.hops = s.remote = 0.0;  // it gets no further
  s.silence = s.hops + (s.up < timeout_ms ? waits.processor : 0.0) + s.remote;
  const double tail = to_millis(Nanos{radio.tail_ns}).value;
  const Millis latency{before_ms + s.dispatch + waits.before_air + s.up + s.silence + s.down};
  // The radio has gone idle since the request before, and again before the answer.
  if (w.arrivals.expected_gap(latency).value + before_ms + s.dispatch >= tail)
    s.promotion += radio.promotion_ms;
  if (s.silence >= tail) s.promotion += radio.promotion_ms;
  return s;
}

// What an inference on a processor of the phone draws under a load. Times in ms, energies in mJ.
struct LocalPower {
  double awake_w = 0.0;
  double awake_total_w = 0.0;
  double host_w = 0.0;  // its share of a host core
  double share = 1.0;   // slowdown, and so what the processor's own power is shared by
  bool is_dsp = false;
  double dsp_w = 0.0;  // of equation (3)

  [[nodiscard]] double full_mj(double busy_w, double dispatch, double layers,
                               double latency) const {
    return awake_w * latency + host_w * dispatch + busy_w / share * layers;
  }
  // Equations (1) to (3); `busy_w` with the processor's idle power.
  [[nodiscard]] double paper_mj(double busy_w, double service, double latency) const {
    if (is_dsp) return dsp_energy(Watts{dsp_w}, Millis{latency}).value;
    return busy_idle_energy(Watts{busy_w}, Millis{service}, Watts{awake_total_w},
                            Millis{latency - service})
        .value;
  }
};

inline LocalPower local_power(const PhoneCost& phone, ProcessorKind processor,
                              const LoadConditions& load) {
  return {.awake_w = phone.awake_w,
          .awake_total_w = phone.awake_total_w,
          .host_w = phone.host_w / load.phi_host,
          .share = processor == ProcessorKind::kCpu ? load.phi_cpu : 1.0,
          .is_dsp = processor == ProcessorKind::kDsp,
          .dsp_w = phone.dsp_paper_w};
}

inline double remote_energy_full(const CostTable& table, const WorkloadCost& w, LinkId id,
                                 const Conditions& at, const ExpectedStages& s, double latency,
                                 double before_ms = 0.0) {
  const LinkConditions& link = at.links[static_cast<std::size_t>(id)];
  const RadioCost& radio = table.radios[static_cast<std::size_t>(id)];
  const double tail_ms = to_millis(Nanos{radio.tail_ns}).value;
  return table.phone.awake_w * latency + table.phone.host_w / at.load.phi_host * s.dispatch +
         radio.promotion_w * s.promotion + link.tx_w * s.up + link.rx_w * s.down +
         radio.tail_w * std::min(tail_ms, s.silence) +
         expected_tail_mj(radio, w, Millis{before_ms + latency}, before_ms + s.dispatch);
}

inline double remote_energy_paper(const CostTable& table, LinkId id, const Conditions& at,
                                  const ExpectedStages& s, double latency) {
  const LinkConditions& link = at.links[static_cast<std::size_t>(id)];
  const double radio_idle = table.radios[static_cast<std::size_t>(id)].idle_w;
  return offload_energy(Watts{link.tx_w + radio_idle} * Millis{s.up},
                        Watts{link.rx_w + radio_idle} * Millis{s.down},
                        Watts{table.phone.awake_total_w + radio_idle}, Millis{latency},
                        Millis{s.up}, Millis{s.down})
      .value;
}

}  // namespace autoscale
