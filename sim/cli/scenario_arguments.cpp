#include "sim/cli/scenario_arguments.h"

#include <algorithm>
#include <limits>
#include <utility>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "sim/cli/option_values.h"
#include "sim/config/load_scenario.h"
#include "sim/experiment/experiment.h"
#include "sim/experiment/load_world.h"
#include "sim/experiment/policy_selection.h"
#include "sim/policies/registry.h"

namespace autoscale {
namespace {

constexpr std::uint64_t kMostReplications = 1'000'000;

void add_all(const InputError& error, Diagnostics& problems) {
  for (const Diagnostic& d : error.diagnostics()) problems.add(d);
}

// One scenario as the command line changes it, or nothing after reporting.
std::optional<Scenario> load_one(const std::string& name, const ScenarioArguments& arguments,
                                 const DataPath& data, Diagnostics& problems) {
  const auto file = data.resolve(DataKind::kScenario, name, Place{"", "", &problems});
  if (!file) return std::nullopt;
  Scenario so_far;
  std::optional<Scenario> scenario =
      load_scenario(*file, arguments.overrides, data, problems, &so_far);
  if (!scenario) {
    InputStore store(data);
    check_partly_read(std::move(so_far), arguments.policies, store, problems);
    return std::nullopt;
  }
  if (arguments.seed) scenario->seed = *arguments.seed;
  if (arguments.replications) scenario->replications = *arguments.replications;
  if (!arguments.policies.empty()) {
    select_policies(*scenario, arguments.policies, [&](std::size_t) {
      return Place{"--policy", "", &problems};
    });
  }
  return scenario;
}

// Policies are checked beside the files, and again with the world when all else is well.
std::unique_ptr<const World> open_world(Scenario scenario, const DataPath& data,
                                        Diagnostics& problems) {
  const std::size_t before = problems.list().size();
  const std::string file = scenario.file;
  check_policies(scenario.policies, scenario.policy_config_json, file, problems);
  std::unique_ptr<const World> world;
  try {
    world = load_world(std::move(scenario), data);
  } catch (const InputError& error) {
    add_all(error, problems);
  }
  if (problems.list().size() == before) check_policies(*world, file, problems);
  return world;
}

}  // namespace

void add_scenario_arguments(CLI::App& command, ScenarioArguments& arguments, bool with_runs) {
  command
      .add_option("scenario", arguments.scenarios,
                  "Scenario: a file, or a name of `list scenarios`")
      ->required()
      ->type_name("SCENARIO");
  if (with_runs) {
    command
        .add_option("--policy", arguments.policies,
                    "Only this policy (repeatable); one that the scenario lacks is added")
        ->allow_extra_args(false)
        ->type_name("POLICY");
  }
  command
      .add_option(
          "--set", arguments.overrides,
          "Change the scenario (repeatable), as in --set /links/wifi/signal/constant_dbm=-85")
      ->allow_extra_args(false)
      ->type_name("POINTER=VALUE");
  command.add_option("--seed", arguments.seed, "Seed of all random streams")
      ->transform(whole_number(0, std::numeric_limits<std::uint64_t>::max()))
      ->type_name("N");
  if (!with_runs) return;
  command.add_option("--replications", arguments.replications, "Independent repetitions")
      ->transform(whole_number(1, kMostReplications))
      ->type_name("N");
}

Worlds open_worlds(const ScenarioArguments& arguments, const DataPath& data) {
  Diagnostics problems;
  Worlds worlds;
  for (const std::string& name : arguments.scenarios) {
    std::optional<Scenario> scenario = load_one(name, arguments, data, problems);
    if (scenario) worlds.push_back(open_world(std::move(*scenario), data, problems));
  }
  problems.throw_if_any();
  return worlds;
}

}  // namespace autoscale
