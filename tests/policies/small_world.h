// A phone with few targets and three networks, built by hand, for tests of policies.
#pragma once

#include <array>
#include <deque>
#include <string>
#include <vector>

#include "sim/engine/cost_table.h"
#include "sim/engine/policy.h"
#include "sim/policies/state_encoder.h"

namespace autoscale::test {

inline Target make_target(const std::string& place, Site site, ProcessorKind processor,
                          Precision precision, int step, int steps) {
  const double ratio = static_cast<double>(step + 1) / steps;
  return {site,      processor,
          precision, step,
          steps,     Megahertz{1000.0 * ratio},
          ratio,     place + "@" + std::to_string(step),
          place};
}

inline std::vector<Target> make_targets(int cpu_steps, bool dsp) {
  std::vector<Target> list;
  using enum ProcessorKind;
  using enum Precision;
  const auto add = [&](const char* place, Site site, ProcessorKind k, Precision p, int steps) {
    for (int s = 0; s < steps; ++s) list.push_back(make_target(place, site, k, p, s, steps));
  };
  add("cpu/fp32", Site::kPhone, kCpu, kFp32, cpu_steps);
  add("cpu/int8", Site::kPhone, kCpu, kInt8, cpu_steps);
  add("gpu/fp16", Site::kPhone, kGpu, kFp16, 2);
  if (dsp) add("dsp/int8", Site::kPhone, kDsp, kInt8, 1);
  add("edge:cpu/fp32", Site::kEdgePeer, kCpu, kFp32, 1);
  add("edge:gpu/fp16", Site::kEdgePeer, kGpu, kFp16, 1);
  add("cloud:cpu/fp32", Site::kCloud, kCpu, kFp32, 1);
  add("cloud:gpu/fp32", Site::kCloud, kGpu, kFp32, 1);
  return list;
}

inline Network make_network(const std::string& name, int conv, int fc, int rc, double macs) {
  Network network;
  network.name = name;
  network.features.conv = conv;
  network.features.fc = fc;
  network.features.rc = rc;
  Layer layer;
  layer.name = "all";
  layer.kind = LayerKind::kConvKxK;
  layer.macs = macs;
  network.layers.push_back(layer);
  return network;
}

// Slower and cheaper at lower steps; INT8 is inaccurate for `network` 1; network 2 (recurrent)
// runs on CPUs only. Energies and latencies are all different.
inline ProfileEntry make_entry(const Target& t, std::size_t network) {
  constexpr double kWork[] = {1.0, 2.5, 1.5};
  ProfileEntry e;
  e.supported =
      network != 2 || (t.processor == ProcessorKind::kCpu && t.precision != Precision::kInt8);
  e.accuracy_percent = t.precision == Precision::kInt8 ? 60.0 : 70.0;
  e.meets_accuracy = network != 1 || t.precision != Precision::kInt8;
  double busy_ms = 30.0 * kWork[network];
  double watts = 5.0;
  if (t.precision == Precision::kInt8) busy_ms *= 0.5;
  if (t.processor == ProcessorKind::kGpu) watts = 2.5;
  if (t.processor == ProcessorKind::kDsp) watts = 1.5;
  if (t.site != Site::kPhone) {
    busy_ms = t.site == Site::kCloud ? 20.0 : 25.0;
    if (t.processor == ProcessorKind::kGpu) busy_ms -= 5.0;
    watts = t.site == Site::kCloud ? 1.7 : 1.2;
  }
  e.latency = Millis{busy_ms / t.frequency_ratio};
  e.energy = Millijoules{busy_ms * watts * (0.4 + 0.6 * t.frequency_ratio * t.frequency_ratio)};
  return e;
}

struct SmallWorld {
  explicit SmallWorld(std::vector<Target> own = make_targets(3, true), double energy_scale = 1.0)
      : targets(std::move(own)) {
    networks.push_back(make_network("light", 14, 1, 0, 0.57e9));
    networks.push_back(make_network("heavy", 53, 1, 0, 4.1e9));
    networks.push_back(make_network("recurrent", 0, 1, 24, 2.9e9));
    for (std::size_t n = 0; n < networks.size(); ++n) {
      std::vector<ProfileEntry>& profile = profiles.emplace_back();
      for (const Target& t : targets) {
        profile.push_back(make_entry(t, n));
        profile.back().energy = profile.back().energy * energy_scale;
      }
    }
    for (std::size_t n = 0; n < networks.size(); ++n) add_workload(n, n == 2 ? 100.0 : 50.0);
    add_links();
  }
  SmallWorld(const SmallWorld&) = delete;
  SmallWorld& operator=(const SmallWorld&) = delete;

  // The same once more, for policies that cut networks: each has one layer.
  void add_costs(std::size_t network, double qos_ms) {
    WorkloadCost& w = table.workloads.emplace_back();
    w.graph = &networks[network];
    w.qos_ms = qos_ms;
    w.uplink_kbit = 80.0;
    w.downlink_kbit = 8.0;
    for (std::size_t t = 0; t < targets.size(); ++t) {
      const ProfileEntry& entry = profiles[network][t];
      LayerCosts& layer = layers.emplace_back();
      layer.compute_prefix = {0.0, entry.latency.value * targets[t].frequency_ratio};
      layer.memory_prefix = {0.0, 0.0};
      TargetCost& cost = w.targets.emplace_back();
      cost.supported = entry.supported;
      cost.meets_accuracy = entry.meets_accuracy;
      cost.local = targets[t].site == Site::kPhone;
      cost.accuracy_percent = entry.accuracy_percent;
      cost.frequency_scale = 1.0 / targets[t].frequency_ratio;
      cost.busy_w = entry.energy.value / entry.latency.value;
      cost.layers = &layer;
    }
  }

  void add_links() {
    table.targets = targets;
    table.phone.has_handover = true;
    table.phone.copy_gb_per_s = 10.0;
    for (RadioProfile& radio : radios) {
      radio.uplink_mbps = {{-90.0, -50.0}, {1.0, 50.0}, {}};
      radio.downlink_mbps = radio.uplink_mbps;
      radio.tx_power_w = {{-90.0, -50.0}, {1.2, 0.8}, {}};
      radio.rx_power_w = {{-90.0, -50.0}, {0.6, 0.5}, {}};
    }
  }

  // Requests of one QoS are one service class.
  void add_workload(std::size_t network, double qos_ms) {
    std::uint32_t service_class = 0;
    while (service_class < classes.size() && classes[service_class] != qos_ms) ++service_class;
    if (service_class == classes.size()) classes.push_back(qos_ms);
    workloads.push_back(
        {&networks[network], Millis{qos_ms}, 65.0, service_class, profiles[network]});
    add_costs(network, qos_ms);
  }

  [[nodiscard]] PolicyContext context(std::uint64_t seed = 1) const {
    PolicyContext c;
    c.targets = targets;
    c.workloads = workloads;
    c.has_link = {true, true, false};
    c.table = &table;
    c.radios = {&radios[0], &radios[1], nullptr};
    c.rng.seed = seed;
    return c;
  }

  std::vector<Target> targets;
  std::vector<Network> networks;
  std::vector<std::vector<ProfileEntry>> profiles;
  std::vector<double> classes;
  CostTable table;
  std::deque<LayerCosts> layers;
  std::array<RadioProfile, 2> radios;  // Wi-Fi and Wi-Fi Direct
  std::vector<WorkloadInfo> workloads;
};

inline Observation observe(std::uint32_t workload, double cpu = 0.0, double memory = 0.0,
                           double wifi_dbm = -55.0, double direct_dbm = -55.0) {
  Observation o;
  o.workload = workload;
  o.cpu_ratio = cpu;
  o.memory_ratio = memory;
  o.rssi = {Dbm{wifi_dbm}, Dbm{direct_dbm}, Dbm{0.0}};
  return o;
}

// The outcome the profile predicts, its energy multiplied by `energy_factor`.
inline Outcome outcome_of(const SmallWorld& world, const Observation& then, TargetId target,
                          double energy_factor = 1.0) {
  const ProfileEntry& e = world.workloads[then.workload].profile[target];
  return {&then,           target, false, e.latency, e.energy * energy_factor, e.accuracy_percent,
          e.meets_accuracy};
}

}  // namespace autoscale::test
