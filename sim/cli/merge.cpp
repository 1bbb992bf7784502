// autoscale-sim merge: shards of a sweep to the results of the whole.
#include "sim/sweep/merge.h"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "sim/cli/commands.h"
#include "sim/cli/option_values.h"
#include "sim/cli/talk.h"

namespace autoscale {
namespace {

struct MergeArguments {
  std::vector<std::string> shards;
  std::string out;
};

int merge(const MergeArguments& arguments, const GlobalOptions& global) {
  const SweepFolder out(arguments.out, "--out");
  if (const std::string result = out.first_result(); !result.empty() || out.is_begun()) {
    throw InputError({{"--out", "",
                       fmt::format("\"{}\" holds a {} already", arguments.out,
                                   result.empty() ? "plan.json" : result),
                       "choose another folder"}});
  }
  const Merged merged = merge_shards({arguments.shards.begin(), arguments.shards.end()}, out);
  if (!global.quiet)
    tell("{} points of {} shards in {}\n", merged.points, arguments.shards.size(), arguments.out);
  if (merged.failed == 0) return kExitOk;
  tell("autoscale-sim: {} of {} points failed: {}/{}\n", merged.failed, merged.points,
       arguments.out, file_name(Table::kFailures));
  return kExitFailedPoints;
}

}  // namespace

void add_merge(CLI::App& app, const GlobalOptions& global, Action& action) {
  CLI::App* command = app.add_subcommand("merge", "Put the shards of a sweep together");
  command->fallthrough();
  const auto arguments = std::make_shared<MergeArguments>();
  command
      ->add_option("shard", arguments->shards, "The folder of every `sweep --shard I/N --out DIR`")
      ->required()
      ->check(not_empty())
      ->type_name("DIR");
  command->add_option("--out", arguments->out, "Folder for the results of the whole")
      ->required()
      ->check(not_empty())
      ->type_name("DIR");
  command->callback([arguments, &global, &action] {
    action = [arguments, &global] { return merge(*arguments, global); };
  });
}

}  // namespace autoscale
