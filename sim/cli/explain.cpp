// autoscale-sim explain: takes one decision of a run apart.
#include <algorithm>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "sim/cli/commands.h"
#include "sim/cli/option_values.h"
#include "sim/cli/scenario_arguments.h"
#include "sim/cli/standard_output.h"
#include "sim/report/decision_report.h"
#include "sim/report/summary.h"

namespace autoscale {
namespace {

struct ExplainArguments {
  ScenarioArguments scenario;
  std::string policy;
  std::string network;
  std::uint64_t request = 0;
  std::uint32_t replication = 0;
  std::string format = "table";
  bool online = false;
  bool all = false;
  bool layers = false;
};

std::optional<std::uint32_t> find_workload(const World& world, const std::string& network,
                                           Diagnostics& problems) {
  if (network.empty()) return std::nullopt;
  const std::vector<std::string> names = workload_names(world.scenario);
  const auto found = std::ranges::find(names, network);
  if (found != names.end()) return static_cast<std::uint32_t>(found - names.begin());
  problems.add({"--network", "",
                fmt::format("\"{}\" is no workload of scenario '{}'", network, world.scenario.name),
                suggestion(network, names, "workloads")});
  return std::nullopt;
}

void check_request(const World& world, const ExplainArguments& arguments,
                   const DecisionQuery& query, Diagnostics& problems) {
  const std::uint64_t requests = requests_of_run(world, query.workload);
  if (query.request >= requests) {
    problems.add({"--request", "",
                  fmt::format("there is no request {}; {} has {}", query.request,
                              query.workload ? arguments.network : "the run", requests),
                  requests == 0 ? "" : fmt::format("give a number from 0 to {}", requests - 1)});
  }
  const auto replications = static_cast<std::uint32_t>(world.scenario.replications);
  if (query.replication >= replications) {
    problems.add(
        {"--replication", "",
         fmt::format("there is no replication {}; the scenario has {}", query.replication,
                     replications),
         fmt::format("give a number from 0 to {}, or --set /replications=N", replications - 1)});
  }
}

DecisionQuery query_of(const World& world, const ExplainArguments& arguments) {
  Diagnostics problems;
  if (world.scenario.policies.empty()) {
    problems.add({world.scenario.file, "/policies",
                  "names no policy, so there is nothing to explain", "name one with --policy"});
  }
  DecisionQuery query;
  query.replication = arguments.replication;
  query.request = arguments.request;
  query.workload = find_workload(world, arguments.network, problems);
  if (arguments.network.empty() == !query.workload) {
    check_request(world, arguments, query, problems);
  }
  problems.throw_if_any();
  return query;
}

int explain(ExplainArguments& arguments, const GlobalOptions& global) {
  if (!arguments.policy.empty()) arguments.scenario.policies = {arguments.policy};
  const Worlds worlds = open_worlds(arguments.scenario, global.data_path());
  const World& world = *worlds.front();
  const DecisionQuery query = query_of(world, arguments);
  ExperimentOptions options;
  options.seed = world.scenario.seed;
  options.evaluation = arguments.online ? Evaluation::kOnline : Evaluation::kFrozen;
  const Decision decision = record_decision(world, world.scenario.file, options, query);
  const DecisionOwner owner{query.policy, options.seed, query.replication, options.evaluation};
  const std::string text =
      arguments.format == "json"
          ? decision_json(world, owner, decision, arguments.layers)
          : decision_table(world, owner, decision,
                           arguments.all ? TargetsShown::kAll : TargetsShown::kBestSteps);
  print_data(text);
  return kExitOk;
}

}  // namespace

void add_explain(CLI::App& app, const GlobalOptions& global, Action& action) {
  CLI::App* command = app.add_subcommand(
      "explain", "Show one decision: what was observed, what every target would have cost, why");
  command->fallthrough();
  const auto arguments = std::make_shared<ExplainArguments>();
  add_scenario_arguments(*command, arguments->scenario, false);
  command->get_option("scenario")->expected(1);
  command
      ->add_option("--request", arguments->request,
                   "Which request, from 0, in order of arrival in the run")
      ->required()
      ->transform(whole_number(0, std::numeric_limits<std::uint64_t>::max()))
      ->type_name("K");
  command
      ->add_option("--network", arguments->network,
                   "Count the requests of this network alone, as --requests of run does")
      ->type_name("NETWORK");
  command->add_option("--policy", arguments->policy, "Whose decision (the scenario's first policy)")
      ->type_name("POLICY");
  command->add_option("--replication", arguments->replication, "Of which replication (0)")
      ->transform(whole_number(0, std::numeric_limits<std::uint32_t>::max()))
      ->type_name("R");
  command->add_flag("--online", arguments->online,
                    "The learner keeps learning and exploring, as with run --online");
  command->add_option("--format", arguments->format, "table or json")
      ->check(CLI::IsMember({"table", "json"}))
      ->type_name("FORMAT");
  CLI::Option* all =
      command->add_flag("--all", arguments->all, "Table: every V/F step, not only the best");
  command->add_flag("--layers", arguments->layers, "JSON: latency and energy of every layer")
      ->excludes(all);
  command->callback([arguments, &global, &action] {
    if (arguments->layers && arguments->format != "json") {
      throw CLI::ValidationError("--layers", "needs --format json");
    }
    action = [arguments, &global] { return explain(*arguments, global); };
  });
}

}  // namespace autoscale
