// autoscale-sim list: what there is to choose from, and what is assumed.
#include <memory>

#include <CLI/CLI.hpp>

#include "sim/cli/commands.h"
#include "sim/cli/listing.h"
#include "sim/cli/standard_output.h"

namespace autoscale {
namespace {

struct ListArguments {
  std::string what;
  std::string format = "table";
};

Listing listing(const std::string& what, const GlobalOptions& global) {
  if (what == "policies") return list_policies();
  if (what == "metrics") return list_metrics();
  const DataPath data = global.data_path();
  if (what == "devices") return list_devices(data);
  if (what == "networks") return list_networks(data);
  if (what == "radios") return list_radios(data);
  if (what == "latencies") return list_latencies(data);
  if (what == "scenarios") return list_scenarios(data);
  if (what == "sweeps") return list_sweeps(data);
  if (what == "traces") return list_traces(data);
  return list_assumptions(data);
}

int list(const ListArguments& arguments, const GlobalOptions& global) {
  const Listing found = listing(arguments.what, global);
  const std::string text = arguments.format == "json" ? found.json() : found.table();
  print_data(text);
  return kExitOk;
}

}  // namespace

void add_list(CLI::App& app, const GlobalOptions& global, Action& action) {
  CLI::App* command = app.add_subcommand("list",
                                         "List policies, devices, networks, radios, latencies, "
                                         "metrics, scenarios, sweeps, traces, assumptions");
  command->fallthrough();
  const auto arguments = std::make_shared<ListArguments>();
  command->add_option("what", arguments->what, "What to list")
      ->required()
      ->check(CLI::IsMember({"policies", "devices", "networks", "radios", "latencies", "metrics",
                             "scenarios", "sweeps", "traces", "assumptions"}))
      ->type_name("WHAT");
  command->add_option("--format", arguments->format, "table or json")
      ->check(CLI::IsMember({"table", "json"}))
      ->type_name("FORMAT");
  command->callback([arguments, &global, &action] {
    action = [arguments, &global] { return list(*arguments, global); };
  });
}

}  // namespace autoscale
