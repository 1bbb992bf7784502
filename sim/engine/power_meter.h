// The phone's power over simulated time, kept twice. The meter integrates the sum of all running
// activities at every change; whoever ends an activity integrates that one alone and charges its owner.
// Both must agree to 1e-9: no millijoule is lost or charged twice. Exact for piecewise-constant power.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>

#include "sim/base/check.h"
#include "sim/base/compensated_sum.h"
#include "sim/engine/cost_table.h"
#include "sim/engine/environment.h"

namespace autoscale {

class ThermalState;
class TimelineSink;

enum class Component : std::uint8_t { kCpu, kGpu, kDsp, kWifi, kWifiDirect, kLte, kBase };
inline constexpr int kComponents = 7;
const char* to_string(Component c);
constexpr Component component_of(ProcessorKind p) { return static_cast<Component>(p); }
constexpr Component component_of(LinkId l) {
  return static_cast<Component>(kProcessorKinds + static_cast<int>(l));
}

// Energy by component, in mJ.
struct EnergyAccount {
  std::array<double, kComponents> mj{};
  double& operator[](Component c) { return mj[static_cast<std::size_t>(c)]; }
  double operator[](Component c) const { return mj[static_cast<std::size_t>(c)]; }
  [[nodiscard]] double total() const {
    double sum = 0.0;
    for (double e : mj) sum += e;
    return sum;
  }
  EnergyAccount& operator+=(const EnergyAccount& o) {
    for (std::size_t i = 0; i < mj.size(); ++i) mj[i] += o.mj[i];
    return *this;
  }
};

// How the power of an activity follows the environment.
enum class PowerLaw : std::uint8_t {
  kConstant,
  kCpuRun,    // w / phi_cpu: inference threads get their fair share of the cluster
  kHostWork,  // w / phi_host
  kCoRunner,  // w x the co-runner's share beside `threads` inference threads
  kTransmit,  // the link's TX power over idle
  kReceive,
};

struct Activity {
  PowerLaw law = PowerLaw::kConstant;
  Component component = Component::kBase;
  LinkId link = LinkId::kWifi;
  double w = 0.0;
  double threads = 0.0;
  SimTime from;
  SimTime until = kNever;  // ends by itself there (a radio tail)
  Segment hint{};          // of what its power follows, near `from`; the meter sets it
};

// Where an activity lives: at most one of each runs at a time.
struct Slot {
  static constexpr int kCoRunner = 0;
  static constexpr int kAwake = 1;
  static constexpr int kPreparing = 2;
  static constexpr int main(int server) { return 3 + server; }
  static constexpr int pre(int server) { return 3 + kServers + server; }
  static constexpr int promotion(int server) { return 3 + 2 * kServers + server; }
  static constexpr int tail(LinkId l) { return 3 + 3 * kServers + static_cast<int>(l); }
  static constexpr int kCount = 3 + 3 * kServers + kLinks;
};
static_assert(Slot::kCount <= 64);

class PowerMeter {
 public:
  PowerMeter(const PhoneCost& phone, const std::array<RadioCost, kLinks>& radios,
             const Environment& environment);

  // Starts an activity at its `from` (which may lie ahead of `now`). Inline, and member by member: the caller's
  // values then go where they belong without a copy of a copy, several times per request.
  void begin(int slot, const Activity& activity, SimTime now) {
    AUTOSCALE_CHECK(!running(slot), "two activities in one slot");
    advance(now);
    Activity& a = slots_[static_cast<std::size_t>(slot)];
    a.law = activity.law;
    a.component = activity.component;
    a.link = activity.link;
    a.w = activity.w;
    a.threads = activity.threads;
    a.from = activity.from;
    a.until = activity.until;
    if (a.law != PowerLaw::kConstant) a.hint = segment_at(a, now);
    running_ |= std::uint64_t{1} << slot;
  }
  // Stops it and returns its energy in mJ, to be charged to its owner.
  double end(int slot, SimTime now) {
    AUTOSCALE_CHECK(running(slot), "an activity ends that did not begin");
    advance(now);
    running_ &= ~(std::uint64_t{1} << slot);
    const Activity& a = slots_[static_cast<std::size_t>(slot)];
    return energy_mj(a, a.from, now);
  }
  [[nodiscard]] const Activity& activity(int slot) const {
    return slots_[static_cast<std::size_t>(slot)];
  }
  [[nodiscard]] bool running(int slot) const { return (running_ >> slot & 1U) != 0; }

  // The phone stays awake while a request is in flight; its power is shared equally by those in flight.
  void request_begins(SimTime now);
  void request_ends(SimTime now);
  // Integral of (awake power / requests in flight): a request's share is the difference over its life.
  [[nodiscard]] double awake_share_mj() const { return awake_share_mj_; }

  [[nodiscard]] std::uint32_t in_flight() const { return in_flight_; }

  // Uploads that host threads prepare now: one more (+1) or one less (-1).
  void change_preparing(int by, SimTime now);
  // CPU inference threads that run now; the co-runner's share follows.
  void set_cpu_threads(double threads, SimTime now);

  // Reports the phone's power as it changes; nullptr: to nobody.
  void set_timeline(TimelineSink* timeline) { timeline_ = timeline; }

  // Warms `thermal` by what the phone's board draws; nullptr: nothing. It must outlive the meter's use.
  void set_thermal(ThermalState* thermal) { thermal_ = thermal; }
  // Integrates up to `now`, which every change does by itself.
  void advance(SimTime now) {
    if (now != last_) integrate(now);
  }

  // Ends everything, adds the constant baseline, and closes the books.
  void finish(SimTime now);

  [[nodiscard]] EnergyAccount total() const;
  [[nodiscard]] EnergyAccount co_runner() const {
    EnergyAccount e;
    e[Component::kCpu] = co_runner_mj_.value();
    return e;
  }
  [[nodiscard]] const EnergyAccount& baseline() const { return baseline_; }

  // Energy of an activity of this meter between two instants, piecewise exact.
  [[nodiscard]] double energy_mj(const Activity& a, SimTime from, SimTime to) const {
    return energy_mj(a, from, to, a.hint);
  }
  // The same of host work of `w` at the top step.
  [[nodiscard]] double host_work_mj(double w, SimTime from, SimTime to) const {
    const Activity a{.law = PowerLaw::kHostWork, .w = w, .from = from};
    return energy_mj(a, from, to, load_segment_);
  }

 private:
  // Of one activity between two instants; `hint` is a segment near the first.
  [[nodiscard]] double energy_mj(const Activity& a, SimTime from, SimTime to, Segment hint) const {
    from = std::max(from, a.from);
    to = std::min(to, a.until);
    if (!(from < to)) return 0.0;
    return a.law == PowerLaw::kConstant ? a.w * to_millis(to - from).value
                                        : varying_mj(a, from, to, hint);
  }
  [[nodiscard]] double varying_mj(const Activity& a, SimTime from, SimTime to, Segment hint) const;
  Segment segment_at(const Activity& a, SimTime now);
  void integrate(SimTime now);
  void warm(SimTime now) const;                     // from last_ on
  void show_power(SimTime from, SimTime to) const;  // simulator_timeline.cpp
  void settle_awake(SimTime now);

  TimelineSink* timeline_ = nullptr;
  ThermalState* thermal_ = nullptr;
  const Environment* environment_;
  const PhoneCost* phone_;
  double baseline_w_ = 0.0;  // base component
  std::array<double, kLinks> radio_idle_w_{};
  bool has_co_runner_ = false;
  std::array<Activity, Slot::kCount> slots_{};
  std::uint64_t running_ = 0;
  SimTime last_{};
  Segment load_segment_;                        // at last_
  std::array<Segment, kLinks> link_segment_{};  // near it while a transfer runs
  std::uint32_t in_flight_ = 0;
  SimTime awake_since_{};
  double awake_share_mj_ = 0.0;
  std::array<CompensatedSum, kComponents> total_;
  int preparing_ = 0;
  CompensatedSum co_runner_mj_;
  EnergyAccount baseline_;
};

}  // namespace autoscale
