// autoscale-sim train: trains one policy in a scenario's training environments and saves what it
// learned.
#include <memory>
#include <sstream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "sim/cli/commands.h"
#include "sim/cli/option_values.h"
#include "sim/cli/scenario_arguments.h"
#include "sim/cli/talk.h"
#include "sim/engine/training.h"
#include "sim/experiment/experiment.h"
#include "sim/policies/registry.h"
#include "sim/report/output_file.h"

namespace autoscale {
namespace {

struct TrainArguments {
  ScenarioArguments scenario;
  std::string policy = "autoscale";
  std::string save;
};

[[noreturn]] void refuse(std::string where, std::string pointer, std::string message) {
  throw InputError({{std::move(where), std::move(pointer), std::move(message), ""}});
}

std::unique_ptr<Policy> make_learner(const World& world) {
  const Scenario& scenario = world.scenario;
  const PolicyContext context = policy_context(world, scenario.seed, 0, nullptr);
  const PolicySpec& spec = scenario.policies.front();
  const PolicyEntry* entry = find_policy(spec.policy);
  if (entry == nullptr || !entry->is_learner()) {
    refuse("--policy", "",
           fmt::format("\"{}\" does not learn, so there is nothing to train", spec.name));
  }
  Diagnostics problems;
  auto policy = make_policy(spec, scenario.policy_config_json, context, scenario.file, problems);
  problems.throw_if_any();
  return policy;
}

int train_and_save(TrainArguments& arguments, const GlobalOptions& global) {
  arguments.scenario.policies = {arguments.policy};
  const Worlds worlds = open_worlds(arguments.scenario, global.data_path());
  const World& world = *worlds.front();
  if (!world.scenario.training) {
    refuse(world.scenario.file, "/training", "is missing, so there is nothing to train in");
  }
  OutputFile table(arguments.save, "--save");
  const std::unique_ptr<Policy> policy = make_learner(world);
  const TrainingReport report = train(world, *policy, world.scenario.seed, 0);
  std::ostringstream text;
  if (!policy->save(text)) {
    refuse("--policy", "", fmt::format("\"{}\" has nothing to save", arguments.policy));
  }
  table.append(text.str());
  table.commit();
  if (!global.quiet) {
    tell("trained {} with {} inferences in {} runtime states, saved {} B to {}\n", arguments.policy,
         report.inferences, report.runtime_states, text.str().size(), arguments.save);
  }
  return kExitOk;
}

}  // namespace

void add_train(CLI::App& app, const GlobalOptions& global, Action& action) {
  CLI::App* command = app.add_subcommand("train", "Train a policy and save what it has learned");
  command->fallthrough();
  const auto arguments = std::make_shared<TrainArguments>();
  add_scenario_arguments(*command, arguments->scenario, false);
  command->get_option("scenario")->expected(1);
  command->add_option("--policy", arguments->policy, "The policy to train (autoscale)")
      ->type_name("POLICY");
  command
      ->add_option("--save", arguments->save, "File to save to; run --set /policy/load=FILE.json")
      ->required()
      ->check(not_empty())
      ->type_name("FILE.json");
  command->callback([arguments, &global, &action] {
    action = [arguments, &global] { return train_and_save(*arguments, global); };
  });
}

}  // namespace autoscale
