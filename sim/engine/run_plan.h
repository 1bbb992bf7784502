// When work that starts now will end, although conditions change while it runs: exact integration over
// the segments of the environment. Nothing but the environment can change the rate of a run or a
// transfer (servers are FIFO and non-preemptive), so its end is known when it starts.
#pragma once

#include "sim/engine/cost_table.h"
#include "sim/engine/environment.h"
#include "sim/model/run_progress.h"

namespace autoscale {

struct RunPlan {
  SimTime dispatch_end;  // the host CPU hands over to the accelerator
  SimTime finish;
};

// Rates of a run on a processor of the phone; `compute_scale` is f_ref/f.
inline RunRates local_rates(ProcessorKind processor, double compute_scale, double noise,
                            const LoadConditions& load) {
  const double phi_cpu = processor == ProcessorKind::kCpu ? load.phi_cpu : 1.0;
  return {noise * load.phi_host, noise * compute_scale * phi_cpu,
          noise * load.phi_memory[static_cast<std::size_t>(processor)]};
}

// Rates of a run on target `t` under `load`; `noise` is the service-noise factor of this request.
RunRates run_rates(const TargetCost& t, double noise, const LoadConditions& load);

// One inference on its processor, by prefix sums over the layers. `segment` is a hint into the load
// timeline for `start`, moved on.
RunPlan plan_run(const TargetCost& t, double noise, const Timeline<LoadConditions>& load,
                 SimTime start, Segment& segment);

// When `kbit` are over a link in the given direction, from `start` on; kNever when they are not by `deadline`, or the
// course ends with a goodput of 0 before. `hint`: a segment near `start`. Precondition: there is a deadline, or
// something gets through at some time.
enum class Direction : std::uint8_t { kUp, kDown };
SimTime plan_transfer(double kbit, Direction direction, const Timeline<LinkConditions>& link,
                      SimTime start, Segment hint = {}, SimTime deadline = kNever);

// Host CPU work of `ms` (one thread) that starts at `start`.
SimTime plan_host_work(double ms, const Timeline<LoadConditions>& load, SimTime start,
                       Segment hint = {});

// The other way to run an inference, one layer at a time: the reference for plan_run, and the source of
// layer boundaries for timelines. Carries long double so that its rounding is independent.
class LayerStepper {
 public:
  LayerStepper(const TargetCost& t, double noise, const Timeline<LoadConditions>& load,
               SimTime start);
  // End of the dispatch (first call) or of the next layer.
  SimTime next();
  [[nodiscard]] bool done() const { return next_layer_ >= target_->layers->layers(); }
  [[nodiscard]] int layer() const {
    return next_layer_ - 1;
  }  // the layer that ended last; -1: dispatch

 private:
  SimTime finish_part(double compute_ms, double memory_ms, double dispatch_ms);

  const TargetCost* target_;
  double noise_;
  const Timeline<LoadConditions>* load_;
  SimTime start_;
  Segment segment_;
  long double elapsed_ms_ = 0.0L;  // since start_
  int next_layer_ = -1;            // -1: dispatch comes next
};

}  // namespace autoscale
