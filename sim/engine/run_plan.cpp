#include "sim/engine/run_plan.h"

#include "sim/base/check.h"

namespace autoscale {

RunRates run_rates(const TargetCost& t, double noise, const LoadConditions& load) {
  if (!t.local)
    return {noise, noise * t.frequency_scale, noise};  // the phone's co-runners do not reach it
  return local_rates(t.processor, t.frequency_scale, noise, load);
}

namespace {

// Whether a run goes on as it did, dispatched or not.
bool alike(const RunRates& a, const RunRates& b, bool dispatched) {
  return a.compute == b.compute && a.memory == b.memory && (dispatched || a.dispatch == b.dispatch);
}

}  // namespace

RunPlan plan_run(const TargetCost& t, double noise, const Timeline<LoadConditions>& load,
                 SimTime start, Segment& segment) {
  const LayerCosts& costs = *t.layers;
  segment = load.segment(start, segment);
  RunPlan plan{start, kNever};
  RunProgress at;
  double elapsed = 0.0;  // ms since start, exact at segment borders
  Segment s = segment;
  SimTime from = start;
  RunRates rates = run_rates(t, noise, load.value(s));
  while (true) {
    const double dispatch_left = rates.dispatch * costs.dispatch_ms * (1.0 - at.dispatch_done);
    const SimTime dispatched = from + to_nanos(Millis{dispatch_left});
    const SimTime finish = start + to_nanos(Millis{elapsed + remaining_ms(costs, at, rates)});
    RunRates next = rates;
    SimTime end = load.end(s);
    for (; end < finish; end = load.end(s)) {  // segments that slow this run alike are one
      s = load.next(s);
      next = run_rates(t, noise, load.value(s));
      if (!alike(rates, next, dispatched <= end)) break;
    }
    if (at.dispatch_done < 1.0 && dispatched <= end)
      plan.dispatch_end = start + to_nanos(Millis{elapsed + dispatch_left});
    if (finish <= end) {
      plan.finish = finish;
      return plan;
    }
    at = advance(costs, at, rates, to_millis(end - from).value);
    elapsed = to_millis(end - start).value;
    from = end;
    rates = next;
  }
}

namespace {

// Ends the work `amount` done at `rate(segment)` units per ms from `start` on.
template <class Conditions, class Rate>
SimTime integrate(double amount, const Timeline<Conditions>& timeline, SimTime start, Segment hint,
                  SimTime deadline, Rate rate) {
  Segment s = timeline.segment(start, hint);
  SimTime from = start;
  double elapsed = 0.0;
  while (true) {
    const double r = rate(timeline.value(s));
    const SimTime end = timeline.end(s);
    if (r > 0.0) {
      const SimTime finish = start + to_nanos(Millis{elapsed + amount / r});
      if (finish <= end) return finish <= deadline ? finish : kNever;
      amount -= r * to_millis(end - from).value;
      if (amount < 0.0) amount = 0.0;  // the rounding of the border, below half a nanosecond
    }
    if (end == kNever || end > deadline) return kNever;
    elapsed = to_millis(end - start).value;
    from = end;
    s = timeline.next(s);
  }
}

}  // namespace

SimTime plan_transfer(double kbit, Direction direction, const Timeline<LinkConditions>& link,
                      SimTime start, Segment hint, SimTime deadline) {
  return integrate(kbit, link, start, hint, deadline,
                   [direction](const LinkConditions& c) {  // kbit/ms = Mbit/s
                     return direction == Direction::kUp ? c.uplink_mbps : c.downlink_mbps;
                   });
}

SimTime plan_host_work(double ms, const Timeline<LoadConditions>& load, SimTime start,
                       Segment hint) {
  return integrate(ms, load, start, hint, kNever,
                   [](const LoadConditions& c) { return 1.0 / c.phi_host; });
}

LayerStepper::LayerStepper(const TargetCost& t, double noise, const Timeline<LoadConditions>& load,
                           SimTime start)
    : target_(&t), noise_(noise), load_(&load), start_(start), segment_(load.segment(start)) {}

SimTime LayerStepper::next() {
  const LayerCosts& costs = *target_->layers;
  const int layer = next_layer_++;
  if (layer < 0) return finish_part(0.0, 0.0, costs.dispatch_ms);
  const auto l = static_cast<std::size_t>(layer);
  return finish_part(costs.compute_prefix[l + 1] - costs.compute_prefix[l],
                     costs.memory_prefix[l + 1] - costs.memory_prefix[l], 0.0);
}

SimTime LayerStepper::finish_part(double compute_ms, double memory_ms, double dispatch_ms) {
  long double left = 1.0L;  // share of the part still to do
  while (true) {
    const RunRates r = run_rates(*target_, noise_, load_->value(segment_));
    const long double full = static_cast<long double>(r.compute) * compute_ms +
                             static_cast<long double>(r.memory) * memory_ms +
                             static_cast<long double>(r.dispatch) * dispatch_ms;
    const SimTime end = load_->end(segment_);
    const long double border =
        end == kNever ? -1.0L : static_cast<long double>((end - start_).count) * 1e-6L;
    if (end == kNever || elapsed_ms_ + left * full <= border) {
      elapsed_ms_ += left * full;
      return start_ + Nanos{static_cast<std::int64_t>(elapsed_ms_ * 1e6L + 0.5L)};
    }
    left -= (border - elapsed_ms_) / full;
    elapsed_ms_ = border;
    segment_ = load_->next(segment_);
  }
}

}  // namespace autoscale
