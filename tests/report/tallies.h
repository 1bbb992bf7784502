// A world, a run and a summary made by hand, with round numbers.
#pragma once

#include <algorithm>
#include <memory>

#include "sim/report/summary.h"

namespace autoscale::test {

inline constexpr std::size_t kTallyTargets = 3;

// "cpu/fp32@1000MHz", "cpu/fp32@2000MHz" and "cloud:gpu/fp32"; workloads net_a, net_b, net_a.
inline std::unique_ptr<World> small_world() {
  auto world = std::make_unique<World>();
  world->scenario.name = "by \"hand\"";
  world->scenario.device = "phone";
  for (const char* network : {"net_a", "net_b", "net_a"}) {
    WorkloadSpec w;
    w.network = network;
    world->scenario.workload.push_back(w);
  }
  for (const auto& [name, place] :
       {std::pair{"cpu/fp32@1000MHz", "cpu/fp32"}, std::pair{"cpu/fp32@2000MHz", "cpu/fp32"},
        std::pair{"cloud:gpu/fp32", "cloud:gpu/fp32"}}) {
    Target t;
    t.name = name;
    t.place = place;
    world->table.targets.push_back(t);
  }
  return world;
}

// `latency_ms` finished requests on `target`, 10 mJ each, the oracle's 8 mJ, 75 % accurate.
inline WorkloadTally tally(const std::vector<double>& latency_ms, TargetId target,
                           double qos_ms = 50.0) {
  WorkloadTally t;
  t.target_counts.resize(kTallyTargets + 1);  // and partition plans
  for (std::size_t i = 0; i < latency_ms.size(); ++i) {
    RequestRecord r;
    r.request = i;
    r.target = target;
    r.latency_ms = latency_ms[i];
    r.violates_qos = latency_ms[i] > qos_ms;
    r.accuracy_percent = 75.0;
    r.energy_mj = 10.0;
    r.by_component[Component::kCpu] = 9.0;
    r.by_component[Component::kBase] = 1.0;
    r.oracle_energy_mj = 8.0;
    r.near_oracle = i % 2 == 0;
    t.add(r);
  }
  std::ranges::sort(t.latency_ms);
  return t;
}

// `count` requests that were dropped: they cost nothing and have no latency.
inline WorkloadTally dropped_tally(int count) {
  WorkloadTally t;
  t.target_counts.resize(kTallyTargets + 1);  // and partition plans
  for (int i = 0; i < count; ++i) {
    RequestRecord r;
    r.target = 0;
    r.dropped = true;
    r.violates_qos = true;
    r.latency_ms = 7.0;
    t.add(r);
  }
  return t;
}

inline WorkloadTally empty_tally() { return dropped_tally(0); }

// One policy "p"; its runs are given as [replication][workload].
inline ExperimentResult one_policy(std::vector<std::vector<WorkloadTally>> runs) {
  ExperimentResult result;
  PolicyResult policy{"p", "rule", {}};
  for (auto& workloads : runs) {
    PolicyRun run;
    run.done = true;
    run.replication = static_cast<std::uint32_t>(policy.runs.size());
    run.result.workloads = std::move(workloads);
    run.policy_bytes = 64;
    policy.runs.push_back(std::move(run));
  }
  result.policies.push_back(std::move(policy));
  return result;
}

}  // namespace autoscale::test
