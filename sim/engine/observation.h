// What a policy may know: the observation at decision time, the offline profile, and the outcome of its
// own past requests. Never the environment's future, the noise, or other parts of the engine.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "sim/base/random.h"
#include "sim/base/sim_time.h"
#include "sim/base/units.h"
#include "sim/engine/target.h"
#include "sim/model/network.h"
#include "sim/model/radio.h"

namespace autoscale {

// What a phone can measure when a request arrives.
struct Observation {
  SimTime now;
  std::uint64_t request = 0;          // number of the request within its workload
  std::uint32_t workload = 0;         // position in PolicyContext::workloads (the service class)
  std::uint32_t waiting = 0;          // requests of this phone that wait or run now
  double cpu_ratio = 0.0;             // co-runners' CPU use, 0..1 of all cores
  double memory_ratio = 0.0;          // co-runners' memory use, 0..1
  std::array<Dbm, kLinks> rssi{};     // by LinkId; meaningless for a link the phone does not have
  LinkId cloud_link = LinkId::kWifi;  // the link in use to the cloud
};

// What became of a request, as the phone knows it when it ends.
struct Outcome {
  const Observation* observation = nullptr;  // at its decision; valid during the call only
  TargetId target = kNoTarget;
  bool dropped = false;
  Millis latency{0.0};            // arrival to finish, waiting included
  Millijoules energy{0.0};        // by the scenario's energy model, expected radio tail included
  double accuracy_percent = 0.0;  // pre-measured per (network, precision)
  bool meets_accuracy = false;
};

// One row of the offline profile: expected cost of a target under nominal conditions (no co-runner,
// the scenario's first signal level at or above "regular", no waiting, no noise).
struct ProfileEntry {
  bool supported = false;       // the middleware can run the network there
  bool meets_accuracy = false;  // by the workload's requirement
  double accuracy_percent = 0.0;
  Millis latency{0.0};
  Millijoules energy{0.0};
};

struct WorkloadInfo {
  const Network* network = nullptr;
  Millis qos{50.0};
  double accuracy_required_percent = 0.0;  // in the network's own metric
  std::uint32_t service_class = 0;         // equal (QoS, accuracy requirement) share a class
  std::span<const ProfileEntry> profile;   // [target]
};

// What a policy is built with. Spans live as long as the policy.
struct PolicyContext {
  std::span<const Target> targets;
  std::span<const WorkloadInfo> workloads;
  std::array<bool, kLinks> has_link{};
  // The offline profile layer by layer, and the radios over signal levels: for policies that cut networks.
  const struct CostTable* table = nullptr;
  std::array<const RadioProfile*, kLinks> radios{};  // nullptr: the phone has no such link
  StreamKey rng;  // streams kPolicy and kPolicyInit are the policy's own
  const class CostEvaluator* evaluator = nullptr;  // the truth: set for oracles only
};

}  // namespace autoscale
