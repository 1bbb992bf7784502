#include "sim/engine/power_meter.h"

#include <algorithm>
#include <bit>

#include "sim/base/check.h"
#include "sim/engine/thermal_state.h"
#include "sim/engine/timeline_sink.h"

namespace autoscale {

const char* to_string(Component c) {
  constexpr const char* kNames[kComponents] = {"cpu",         "gpu", "dsp", "wifi",
                                               "wifi_direct", "lte", "base"};
  return kNames[static_cast<int>(c)];
}

PowerMeter::PowerMeter(const PhoneCost& phone, const std::array<RadioCost, kLinks>& radios,
                       const Environment& environment)
    : environment_(&environment), phone_(&phone), baseline_w_(phone.suspend_w) {
  for (std::size_t l = 0; l < radios.size(); ++l) {
    if (radios[l].present) radio_idle_w_[l] = radios[l].idle_w;
  }
  for (const LoadConditions& c : environment.load.values()) {
    has_co_runner_ = has_co_runner_ || c.load.cpu_ratio > 0.0;
  }
  set_cpu_threads(0.0, SimTime{});
}

namespace {

double load_power(const Activity& a, const LoadConditions& c, double cores) {
  switch (a.law) {
    case PowerLaw::kCpuRun: return a.w / c.phi_cpu;
    case PowerLaw::kHostWork: return a.w / c.phi_host;
    default: return a.w * co_runner_power_share(a.threads, cores, c.load);
  }
}

bool follows_link(const Activity& a) {
  return a.law == PowerLaw::kTransmit || a.law == PowerLaw::kReceive;
}

// Radios sit elsewhere on the board than the SoC.
bool warms(Component c) {
  return c != Component::kWifi && c != Component::kWifiDirect && c != Component::kLte;
}

template <class Value, class Power>
double integral(const Timeline<Value>& timeline, SimTime from, SimTime to, Segment hint,
                Power power) {
  double mj = 0.0;
  Segment s = timeline.segment(from, hint);
  while (from < to) {
    const SimTime end = std::min(to, timeline.end(s));
    mj += power(timeline.value(s)) * to_millis(end - from).value;
    from = end;
    if (from < to) s = timeline.next(s);
  }
  return mj;
}

}  // namespace

Segment PowerMeter::segment_at(const Activity& a, SimTime now) {
  if (!follows_link(a)) return load_segment_;
  const auto l = static_cast<std::size_t>(a.link);
  return link_segment_[l] = environment_->links[l].segment(now, link_segment_[l]);
}

double PowerMeter::varying_mj(const Activity& a, SimTime from, SimTime to, Segment hint) const {
  if (follows_link(a)) {
    return integral(
        environment_->links[static_cast<std::size_t>(a.link)], from, to, hint,
        [&](const LinkConditions& c) { return a.law == PowerLaw::kTransmit ? c.tx_w : c.rx_w; });
  }
  if (const auto& shares = environment_->co_runner_ms[a.threads > 0.0 ? 1 : 0];
      a.law == PowerLaw::kCoRunner && !shares.empty()) {
    const auto& load = environment_->load;
    const Segment first = load.segment(from, hint);
    return a.w * shares.between(load, from, first, to, load.segment(to, load_segment_));
  }
  return integral(environment_->load, from, to, hint,
                  [&](const LoadConditions& c) { return load_power(a, c, phone_->cpu_cores); });
}

void PowerMeter::integrate(SimTime now) {
  if (timeline_ != nullptr) show_power(last_, now);
  if (thermal_ != nullptr) warm(now);
  if (timeline_ != nullptr && thermal_ != nullptr)
    timeline_->on_temperature(now, thermal_->temperature_c());
  const Segment before = load_segment_;
  load_segment_ = environment_->load.segment(now, before);
  for (std::uint64_t left = running_; left != 0; left &= left - 1) {
    const Activity& a = slots_[static_cast<std::size_t>(std::countr_zero(left))];
    const SimTime from = std::max(last_, a.from);
    const SimTime to = std::min(now, a.until);
    CompensatedSum& total = total_[static_cast<std::size_t>(a.component)];
    if (a.law == PowerLaw::kConstant) {  // most are: without the detour of energy_mj
      if (from < to) total += a.w * to_millis(to - from).value;
    } else if (follows_link(a)) {
      total += energy_mj(a, from, to, link_segment_[static_cast<std::size_t>(a.link)]);
      segment_at(a, now);
    } else {
      total += energy_mj(a, from, to, before);
    }
  }
  last_ = now;
}

// Stretch by stretch of constant power: until an activity begins or ends, or the co-runner's load changes.
void PowerMeter::warm(SimTime now) const {
  const auto& load = environment_->load;
  Segment s = load_segment_;
  for (SimTime from = last_; from < now;) {
    s = load.segment(from, s);
    SimTime to = now;
    double w = baseline_w_;
    for (std::uint64_t left = running_; left != 0; left &= left - 1) {
      const Activity& a = slots_[static_cast<std::size_t>(std::countr_zero(left))];
      if (!warms(a.component) || a.until <= from) continue;
      to = std::min(to, from < a.from ? a.from : a.until);
      if (from < a.from) continue;
      if (a.law != PowerLaw::kConstant) to = std::min(to, load.end(s));
      w += a.law == PowerLaw::kConstant ? a.w : load_power(a, load.value(s), phone_->cpu_cores);
    }
    thermal_->advance(Watts{w}, to_millis(to - from));
    from = to;
  }
}

void PowerMeter::settle_awake(SimTime now) {
  if (in_flight_ > 0) {
    awake_share_mj_ += phone_->awake_w * to_millis(now - awake_since_).value / in_flight_;
  }
  awake_since_ = now;
}

void PowerMeter::request_begins(SimTime now) {
  settle_awake(now);
  if (in_flight_++ == 0) begin(Slot::kAwake, {.w = phone_->awake_w, .from = now}, now);
}

void PowerMeter::request_ends(SimTime now) {
  settle_awake(now);
  if (--in_flight_ == 0) end(Slot::kAwake, now);
}

void PowerMeter::change_preparing(int by, SimTime now) {
  if (preparing_ > 0) end(Slot::kPreparing, now);  // each request is charged its own thread
  preparing_ += by;
  if (preparing_ == 0) return;
  begin(Slot::kPreparing,
        {.law = PowerLaw::kHostWork,
         .component = Component::kCpu,
         .w = preparing_ * phone_->host_w,
         .from = now},
        now);
}

EnergyAccount PowerMeter::total() const {
  EnergyAccount e;
  for (std::size_t c = 0; c < kComponents; ++c) e.mj[c] = total_[c].value();
  return e;
}

void PowerMeter::set_cpu_threads(double threads, SimTime now) {
  if (!has_co_runner_) return;
  if (running(Slot::kCoRunner)) co_runner_mj_ += end(Slot::kCoRunner, now);
  begin(Slot::kCoRunner,
        {.law = PowerLaw::kCoRunner,
         .component = Component::kCpu,
         .w = phone_->cpu_full_w,
         .threads = threads,
         .from = now},
        now);
}

void PowerMeter::finish(SimTime now) {
  if (running(Slot::kCoRunner)) co_runner_mj_ += end(Slot::kCoRunner, now);
  AUTOSCALE_CHECK(running_ == 0 && in_flight_ == 0, "an activity outlives the run");
  const double ms = to_millis(now).value;
  baseline_[Component::kBase] = baseline_w_ * ms;
  for (int l = 0; l < kLinks; ++l) {
    baseline_[component_of(static_cast<LinkId>(l))] =
        radio_idle_w_[static_cast<std::size_t>(l)] * ms;
  }
  for (std::size_t c = 0; c < kComponents; ++c) total_[c] += baseline_.mj[c];
}

}  // namespace autoscale
