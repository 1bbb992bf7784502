// SCENARIO... and the options that change what a scenario says: shared by run, check and train.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sim/config/data_path.h"
#include "sim/config/scenario.h"
#include "sim/engine/world.h"

namespace CLI {
class App;
}

namespace autoscale {

struct ScenarioArguments {
  std::vector<std::string> scenarios;
  std::vector<std::string> policies;
  std::vector<std::string> overrides;  // --set
  std::optional<std::uint64_t> seed;
  std::optional<std::int64_t> replications;
};

// SCENARIO..., --set, --seed; with `with_runs` also --policy and --replications.
void add_scenario_arguments(CLI::App& command, ScenarioArguments& arguments, bool with_runs);

using Worlds = std::vector<std::unique_ptr<const World>>;

// Loads everything the scenarios name and checks it. Throws InputError with the problems of all of
// them.
Worlds open_worlds(const ScenarioArguments& arguments, const DataPath& data);

}  // namespace autoscale
