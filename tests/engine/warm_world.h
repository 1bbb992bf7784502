// A world whose phone warms, a thermometer in it, and runs of it.
#pragma once

#include <utility>
#include <vector>

#include "sim/engine/simulator.h"
#include "tests/support/test_world.h"

namespace autoscale::test {

inline constexpr std::int64_t kMs = 1'000'000;
inline constexpr TargetId kSlowGpu = 5;  // half the frequency of kGpu, half the power

// Notes power and temperature at the instants they are reported.
class Thermometer final : public TimelineSink {
 public:
  void on_begin(const Environment&) override {}
  void on_decision(const Observation&, TargetId, std::string_view, TargetId) override {}
  void on_slice(const Slice& slice) override { slices.push_back(slice); }
  void on_power(SimTime now, double watts) override { power.emplace_back(now, watts); }
  void on_temperature(SimTime now, double celsius) override {
    temperature.emplace_back(now, celsius);
  }
  void on_settled(const RequestRecord&) override {}

  std::vector<Slice> slices;
  std::vector<std::pair<SimTime, double>> power;
  std::vector<std::pair<SimTime, double>> temperature;
};

struct Ran {
  RunResult result;
  std::vector<RequestRecord> records;
  Thermometer thermometer;
};

inline Ran run(const TestWorld& world, Policy& policy, bool layer_events = false,
               bool judged = true) {
  Ran ran;
  Recorder recorder;
  CostEvaluator evaluator(world.table, world.environment);
  SimulatorOptions options;
  options.observer = &recorder;
  options.timeline = &ran.thermometer;
  options.layer_events = layer_events;
  if (judged) options.evaluator = &evaluator;
  Simulator simulator(world.table, world.environment, policy, options);
  ran.result = simulator.run(all_streams(world));
  ran.records = std::move(recorder.records);
  return ran;
}

// 10 K/W within 2 s; level 1 from 30 C on, level 2 from 35 C on, both left 1 K below. They cap nothing.
inline void add_thermal(TestWorld& world) {
  const std::size_t targets = world.table.targets.size();
  ThermalCost thermal;
  thermal.node = {.resistance_k_per_w = 10.0, .time_constant_ms = 2000.0, .ambient_c = 25.0};
  thermal.initial_c = 25.0;
  thermal.hysteresis_k = 1.0;
  thermal.at_c = {30.0, 35.0};
  for (std::size_t i = 0; i < 2 * targets; ++i)
    thermal.runs_as.push_back(static_cast<TargetId>(i % targets));
  world.table.thermal = thermal;
}

// Level 1 takes the GPU down to kSlowGpu, which costs half the power and twice the compute time.
inline void add_slow_gpu(TestWorld& world) {
  world.table.targets.push_back(world.table.targets[kGpu]);
  for (WorkloadCost& w : world.table.workloads) {
    w.targets.push_back(w.targets[kGpu]);
    w.targets.back().frequency_scale = 2.0;
    w.targets.back().busy_w = 0.5 * w.targets[kGpu].busy_w;
  }
  add_thermal(world);
  const std::size_t targets = world.table.targets.size();
  world.table.thermal->runs_as[kGpu] = kSlowGpu;
  world.table.thermal->runs_as[targets + kGpu] = kSlowGpu;
}

inline void remove_radios(TestWorld& world) {
  world.table.radios = {};
  world.environment.links = {};
}

inline void repeat(TestWorld& world, std::uint64_t count, double think_ms = 0.0) {
  WorkloadCost& w = world.table.workloads.front();
  w.arrivals.count = count;
  w.arrivals.think = Millis{think_ms};
}

// The differential equation by Runge-Kutta over the power that the timeline reports.
inline double integrated_c(const ThermalCost& thermal, const Thermometer& seen, SimTime end) {
  double t_c = thermal.initial_c;
  const double capacity = thermal.node.time_constant_ms / thermal.node.resistance_k_per_w;
  const auto slope = [&](double at_c, double w) {
    return (w - (at_c - thermal.node.ambient_c) / thermal.node.resistance_k_per_w) / capacity;
  };
  for (std::size_t i = 0; i < seen.power.size(); ++i) {
    const auto [from, w] = seen.power[i];
    const SimTime to = i + 1 < seen.power.size() ? seen.power[i + 1].first : end;
    constexpr int kSteps = 4;
    const double h = to_millis(to - from).value / kSteps;
    for (int k = 0; k < kSteps; ++k) {
      const double a = slope(t_c, w);
      const double b = slope(t_c + 0.5 * h * a, w);
      const double c = slope(t_c + 0.5 * h * b, w);
      const double d = slope(t_c + h * c, w);
      t_c += h / 6.0 * (a + 2.0 * b + 2.0 * c + d);
    }
  }
  return t_c;
}

inline bool same_record(const RequestRecord& a, const RequestRecord& b) {
  return a.arrival == b.arrival && a.finish == b.finish && a.target == b.target &&
         a.latency_ms == b.latency_ms && a.energy_mj == b.energy_mj &&
         a.by_component.mj == b.by_component.mj && a.oracle_energy_mj == b.oracle_energy_mj &&
         a.expected_energy_mj == b.expected_energy_mj;
}

}  // namespace autoscale::test
