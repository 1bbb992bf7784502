// Names of the enumerations of signals, and relations between their fields.
#include "sim/config/signal_spec.h"

#include <cmath>
#include <cstddef>

#include <fmt/format.h>

#include "sim/config/signal_fields.h"

namespace autoscale {

const char* to_string(TraceEnd e) {
  switch (e) {
    case TraceEnd::kLoop: return "loop";
    case TraceEnd::kHold: return "hold";
  }
  return "";
}

const char* to_string(TraceGaps g) {
  switch (g) {
    case TraceGaps::kHold: return "hold";
    case TraceGaps::kOutage: return "outage";
  }
  return "";
}

namespace {

constexpr double kMostSamples = 1e5;  // of a generated signal, made anew for each run

template <class Step>
void check_steps(const std::vector<Step>& steps, const Place& place) {
  if (steps.empty()) return;
  if (steps.front().at_ms != 0.0) {
    place.child(std::size_t{0})
        .child("at_ms")
        .error(fmt::format("the first step starts at 0, not at {}", steps.front().at_ms));
  }
  for (std::size_t i = 1; i < steps.size(); ++i) {
    if (steps[i].at_ms > steps[i - 1].at_ms) continue;
    place.child(i).child("at_ms").error(
        fmt::format("{} is not after {}, the step before", steps[i].at_ms, steps[i - 1].at_ms));
  }
}

template <class Signal>
void check_sampling(const std::optional<Signal>& signal, const Place& place) {
  if (!signal) return;
  const double samples = signal->duration_ms / signal->step_ms;
  if (samples < 1.0) {
    place.child("duration_ms")
        .error(fmt::format("{} is below one step of {} ms", signal->duration_ms, signal->step_ms));
  }
  if (samples > kMostSamples) {
    place.child("step_ms").error(
        fmt::format("makes {:.6g} samples, more than {}", samples, kMostSamples),
        "take a greater step, or a trace made by `autoscale-sim generate`");
  }
}

}  // namespace

void validate(const TraceReplay& replay, const Place& place) {
  if (replay.to_ms && *replay.to_ms <= replay.from_ms) {
    place.child("to_ms").error(
        fmt::format("{} is not after from_ms, {}", *replay.to_ms, replay.from_ms));
  }
  if (replay.random_offset && replay.offset_ms != 0.0) {
    place.child("offset_ms").error("has no meaning beside random_offset");
  }
}

void validate(const MarkovSignalState& state, const Place& place) {
  if (state.min_dbm < state.max_dbm) return;
  place.child("max_dbm").error(
      fmt::format("{} is not above min_dbm, {}", state.max_dbm, state.min_dbm));
}

void validate(const MarkovSignal& signal, const Place& place) {
  const std::size_t n = signal.states.size();
  const Place rows = place.child("transition");
  if (signal.transition.size() != n) {
    rows.error(fmt::format("has {} rows, expected {}, one per state", signal.transition.size(), n));
    return;
  }
  for (std::size_t i = 0; i < n; ++i) {
    if (signal.transition[i].size() != n) {
      rows.child(i).error(
          fmt::format("has {} numbers, expected {}", signal.transition[i].size(), n));
      continue;
    }
    double sum = 0.0;
    for (double p : signal.transition[i]) sum += p;
    constexpr double kRounded = 0.002;  // of figures given to three digits
    if (std::abs(sum - 1.0) > kRounded) {
      rows.child(i).error(fmt::format("sums to {}, expected 1", sum));
    }
  }
}

void validate(const SignalSpec& signal, const Place& place) {
  check_steps(signal.steps, place.child("steps"));
  check_sampling(signal.gaussian, place.child("gaussian"));
  check_sampling(signal.ar1, place.child("ar1"));
  check_sampling(signal.markov, place.child("markov"));
}

void validate(const CoRunnerSpec& co_runner, const Place& place) {
  check_steps(co_runner.steps, place.child("steps"));
}

}  // namespace autoscale
