// What a run shows to a TimelineSink. Nothing here changes the run.
#include <algorithm>
#include <bit>
#include <vector>

#include "sim/engine/simulator.h"

namespace autoscale {
namespace {

template <class Value>
void add_borders(const Timeline<Value>& timeline, SimTime from, SimTime to,
                 std::vector<SimTime>& borders) {
  if (timeline.empty()) return;
  for (Segment s = timeline.segment(from); timeline.end(s) < to; s = timeline.next(s))
    borders.push_back(timeline.end(s));
}

}  // namespace

void Simulator::show(SliceKind kind, ServerId server, const Request& r, SimTime from, SimTime to,
                     double energy_mj, int layer, bool last) const {
  const bool up = kind == SliceKind::kTransfer && r.stage == Stage::kUplink;
  const double kbit = up ? uplink_kbit(r) : table_->workloads[r.observation.workload].downlink_kbit;
  options_.timeline->on_slice({.kind = kind,
                               .server = server,
                               .workload = r.observation.workload,
                               .request = r.observation.request,
                               .target = kind == SliceKind::kTail ? r.target : r.running,
                               .plan = r.plan != nullptr ? r.plan->name : std::string_view{},
                               .layer = layer,
                               .last = last,
                               .kbit = kbit,
                               .from = from,
                               .to = to,
                               .energy_mj = energy_mj});
}

// The run that ends now: its dispatch and its layers, each with the energy that the phone spent on it.
void Simulator::show_run(const Request& r, ServerId server) const {
  const TargetCost& t = *r.cost;
  const bool local = t.local;
  const auto energy = [&](int slot, SimTime from, SimTime to) {
    return local && meter_.running(slot) ? meter_.energy_mj(meter_.activity(slot), from, to) : 0.0;
  };
  LayerStepper stepper(t, r.noise, environment_->load, r.service_start);
  SimTime from = stepper.next();
  if (r.service_start < from) {
    show(SliceKind::kDispatch, server, r, r.service_start, from,
         energy(Slot::pre(server), r.service_start, from));
  }
  while (!stepper.done()) {
    const SimTime to = stepper.next();
    const bool planned = r.plan != nullptr && !r.offload_failed;
    const auto done = static_cast<std::size_t>(stepper.layer());
    show(SliceKind::kLayer, server, r, from, to, energy(Slot::main(server), from, to),
         planned ? r.plan->slices[r.slice].positions[done] : stepper.layer(), stepper.done());
    from = to;
  }
}

// The transfer that ends now, and the promotion of the radio before it.
void Simulator::show_transfer(const Request& r, ServerId server) const {
  if (meter_.running(Slot::promotion(server))) {
    const Activity& promotion = meter_.activity(Slot::promotion(server));
    show(SliceKind::kPromotion, server, r, promotion.from, promotion.until,
         meter_.energy_mj(promotion, promotion.from, now_));
  }
  show(SliceKind::kTransfer, server, r, r.main_start, now_,
       meter_.energy_mj(meter_.activity(Slot::main(server)), r.main_start, now_));
}

// Power is constant between the instants at which an activity or a segment of the environment begins or ends.
void PowerMeter::show_power(SimTime from, SimTime to) const {
  std::vector<SimTime> borders{from};
  for (std::uint64_t left = running_; left != 0; left &= left - 1) {
    const Activity& a = slots_[static_cast<std::size_t>(std::countr_zero(left))];
    for (const SimTime t : {a.from, a.until}) {
      if (from < t && t < to) borders.push_back(t);
    }
  }
  add_borders(environment_->load, from, to, borders);
  for (const auto& link : environment_->links) add_borders(link, from, to, borders);
  std::ranges::sort(borders);
  borders.erase(std::unique(borders.begin(), borders.end()), borders.end());
  double idle_w = baseline_w_;
  for (const double w : radio_idle_w_) idle_w += w;
  for (std::size_t i = 0; i < borders.size(); ++i) {
    const SimTime end = i + 1 < borders.size() ? borders[i + 1] : to;
    double mj = 0.0;
    for (std::uint64_t left = running_; left != 0; left &= left - 1) {
      mj += energy_mj(slots_[static_cast<std::size_t>(std::countr_zero(left))], borders[i], end);
    }
    timeline_->on_power(borders[i], idle_w + mj / to_millis(end - borders[i]).value);
  }
}

}  // namespace autoscale
