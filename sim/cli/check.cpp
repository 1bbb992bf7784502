// autoscale-sim check: validates scenarios and prints them with every default spelt out.
#include <memory>

#include <CLI/CLI.hpp>

#include "sim/cli/commands.h"
#include "sim/cli/scenario_arguments.h"
#include "sim/cli/standard_output.h"
#include "sim/config/load_scenario.h"

namespace autoscale {
namespace {

int check(const ScenarioArguments& arguments, const GlobalOptions& global) {
  const Worlds worlds = open_worlds(arguments, global.data_path());
  const bool list = worlds.size() > 1;
  std::string text = list ? "[\n" : "";
  for (std::size_t i = 0; i < worlds.size(); ++i) {
    if (i > 0) text += ",\n";
    text += effective_json(worlds[i]->scenario);
  }
  if (list) text += "]\n";
  print_data(text);
  return kExitOk;
}

}  // namespace

void add_check(CLI::App& app, const GlobalOptions& global, Action& action) {
  CLI::App* command =
      app.add_subcommand("check", "Validate scenarios and print them with all defaults, as JSON");
  command->fallthrough();
  const auto arguments = std::make_shared<ScenarioArguments>();
  add_scenario_arguments(*command, *arguments, true);
  command->callback([arguments, &global, &action] {
    action = [arguments, &global] { return check(*arguments, global); };
  });
}

}  // namespace autoscale
