// A scenario made ready to run: files read, names resolved, cost tables and environments built once.
// Immutable afterwards and shared by all replications, policies and threads.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "sim/base/shared.h"
#include "sim/config/scenario.h"
#include "sim/engine/cost_table.h"
#include "sim/engine/environment.h"
#include "sim/engine/layer_cost_store.h"
#include "sim/engine/observation.h"
#include "sim/model/device.h"
#include "sim/model/network.h"
#include "sim/model/radio.h"
#include "sim/traces/trace.h"

namespace autoscale {

// The files a scenario names.
struct ScenarioInputs {
  Shared<DeviceProfile> device;
  std::optional<Shared<DeviceProfile>> edge_peer;
  std::optional<Shared<DeviceProfile>> cloud;
  std::array<std::optional<RadioProfile>, kLinks> radios;
  std::array<std::optional<Shared<Trace>>, kLinks> signals;  // of links that replay one
  std::optional<Shared<Trace>> load;                         // of a co-runner that replays one
  std::vector<Shared<Network>> networks;        // each network once, in order of first use
  std::vector<std::uint32_t> workload_network;  // [workload] -> networks
};

struct World {
  Scenario scenario;
  ScenarioInputs inputs;
  CostTable table;
  Environment environment;          // of replication 0 of the scenario's own seed
  bool environment_varies = false;  // each replication has another: scenario_environment
  std::vector<std::vector<ProfileEntry>> profile;  // [workload][target], nominal conditions
  std::vector<WorkloadInfo> workloads;             // spans into `profile`, pointers into `inputs`

  // One per runtime state trained in, built when they are first asked for: worlds without a learner need none. Any thread
  // may ask.
  [[nodiscard]] const std::vector<Environment>& training_environments() const;

  World() = default;
  World(const World&) = delete;  // it points into itself
  World& operator=(const World&) = delete;

 private:
  mutable std::once_flag training_built_;
  mutable std::vector<Environment> training_environments_;
};

// Builds the world. Throws InputError for what only the whole can tell (a network no target supports, an
// edge peer without Wi-Fi Direct, an accuracy nobody reaches is allowed).
std::unique_ptr<const World> build_world(Scenario scenario, ScenarioInputs inputs,
                                         const std::string& file);
// The same with layer costs that other worlds share.
std::unique_ptr<const World> build_world(Scenario scenario, ScenarioInputs inputs,
                                         LayerCostStore& store, const std::string& file);

}  // namespace autoscale
