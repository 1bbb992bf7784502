// autoscale-sim run: simulates scenarios and prints what became of every policy.
#include <algorithm>
#include <array>
#include <filesystem>
#include <memory>
#include <optional>
#include <thread>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "sim/cli/commands.h"
#include "sim/cli/gate_options.h"
#include "sim/cli/interruption.h"
#include "sim/cli/option_values.h"
#include "sim/cli/progress.h"
#include "sim/cli/scenario_arguments.h"
#include "sim/cli/standard_output.h"
#include "sim/cli/talk.h"
#include "sim/report/csv_report.h"
#include "sim/report/json_report.h"
#include "sim/report/manifest.h"
#include "sim/report/output_file.h"
#include "sim/report/request_log.h"
#include "sim/report/table_report.h"
#include "sim/report/timeline_file.h"

namespace autoscale {
namespace {

namespace fs = std::filesystem;

struct RunArguments {
  ScenarioArguments scenario;
  unsigned jobs = std::max(1U, std::thread::hardware_concurrency());
  std::string out;
  std::string format = "table";
  std::string requests;
  std::string timeline;
  std::uint64_t timeline_requests = 100;
  GateArguments gate;
  bool online = false;
  bool by_network = false;
};

void require_policies(const Worlds& worlds) {
  Diagnostics problems;
  for (const auto& world : worlds) {
    if (!world->scenario.policies.empty()) continue;
    problems.add({world->scenario.file, "/policies", "names no policy, so there is nothing to run",
                  "name one with --policy"});
  }
  problems.throw_if_any();
}

std::vector<std::string> scenario_names(const Worlds& worlds) {
  std::vector<std::string> names;
  for (const auto& world : worlds) names.push_back(world->scenario.name);
  return names;
}

// Where results of each scenario go; one folder below --out each when there are several.
std::vector<fs::path> result_folders(const RunArguments& arguments, const Worlds& worlds) {
  std::vector<fs::path> folders;
  if (arguments.out.empty()) return folders;
  for (const auto& world : worlds) {
    std::string name = world->scenario.name;
    std::ranges::replace(name, '/', '-');
    const fs::path folder =
        worlds.size() == 1 ? fs::path(arguments.out) : arguments.out / fs::path(name);
    if (std::ranges::find(folders, folder) != folders.end()) {
      throw InputError({{"--out", "",
                         fmt::format("two scenarios are named \"{}\" and would share a folder",
                                     world->scenario.name),
                         "run them one after the other"}});
    }
    prepare_folder(folder, "--out");
    folders.push_back(folder);
  }
  return folders;
}

ExperimentResult simulate(const World& world, const RunArguments& arguments, bool quiet,
                          RequestLog* requests, TimelineFile* timeline,
                          const std::atomic<bool>& stop) {
  Progress progress(!quiet, "runs");
  ExperimentOptions options;
  options.seed = world.scenario.seed;
  options.replications = static_cast<std::uint32_t>(world.scenario.replications);
  options.jobs = arguments.jobs;
  options.evaluation = arguments.online ? Evaluation::kOnline : Evaluation::kFrozen;
  options.on_progress = [&](std::size_t done, std::size_t total) { progress.update(done, total); };
  options.stop = &stop;
  if (requests != nullptr) {
    options.observer = [=](std::size_t policy, std::uint32_t replication) {
      return requests->observer(policy, replication);
    };
  }
  if (timeline != nullptr) {
    options.timeline = [=](std::size_t policy, std::uint32_t replication, const Policy& judged) {
      return timeline->sink(policy, replication, judged);
    };
  }
  return run_experiment(world, world.scenario.file, options);
}

class Runner {
 public:
  Runner(const RunArguments& arguments, const GlobalOptions& global)
      : arguments_(arguments), quiet_(global.quiet), data_(global.data_path()) {
    description_.command = global.command;
    description_.jobs = arguments.jobs;
    description_.evaluation = arguments.online ? Evaluation::kOnline : Evaluation::kFrozen;
  }

  int run() {
    const Worlds worlds = open_worlds(arguments_.scenario, data_);
    require_policies(worlds);
    if (!arguments_.gate.expect.empty()) {
      expectation_.emplace(arguments_.gate, description_.command, data_);
      expectation_->require_some_of(scenario_names(worlds));
    }
    if (!arguments_.timeline.empty() && worlds.size() > 1) {
      throw InputError(
          {{"--timeline", "", "a timeline shows one scenario", "run them one after the other"}});
    }
    const std::vector<fs::path> folders = result_folders(arguments_, worlds);
    if (expectation_) expectation_->open_junit();
    if (!arguments_.requests.empty()) {
      requests_.emplace(arguments_.requests, "--requests");
      requests_->append(RequestLog::header());
    }
    std::vector<std::string> outputs;
    for (std::size_t i = 0; i < worlds.size(); ++i) {
      outputs.push_back(run_scenario(*worlds[i], folders.empty() ? nullptr : &folders[i]));
      const bool complete = description_.finished_replications == worlds[i]->scenario.replications;
      if (stop_ && (!complete || i + 1 < worlds.size())) return interrupted(worlds, i);
    }
    if (requests_) requests_->commit();
    print(outputs);
    return expectation_ ? expectation_->check(results(worlds), quiet_) : kExitOk;
  }

 private:
  // Returns what is to be printed for this scenario.
  std::string run_scenario(const World& world, const fs::path* folder) {
    const auto asked = static_cast<std::uint32_t>(world.scenario.replications);
    std::optional<RequestLog> log;
    if (requests_) log.emplace(world, asked);
    std::optional<TimelineFile> timeline;
    if (!arguments_.timeline.empty())
      timeline.emplace(arguments_.timeline, world, arguments_.timeline_requests);
    ExperimentResult result = simulate(world, arguments_, quiet_, log ? &*log : nullptr,
                                       timeline ? &*timeline : nullptr, stop_);
    const std::vector<std::uint32_t> finished = keep_finished_replications(result);
    description_.finished_replications = static_cast<std::uint32_t>(finished.size());
    if (finished.empty()) return "";  // interrupted
    if (timeline) finish_timeline(*timeline);
    if (log) log->drain(finished, [&](std::string_view rows) { requests_->append(rows); });
    const Summary summary =
        summarise(world, result, world.scenario.seed, description_.finished_replications);
    if (folder != nullptr) write_results(world, result, summary, *folder);
    if (expectation_) rows_ += csv_rows(summary);
    if (arguments_.format == "json") return json_report(summary);
    if (arguments_.format == "csv") return csv_rows(summary);
    return table_report(world, summary, description_.evaluation, arguments_.by_network);
  }

  void finish_timeline(TimelineFile& timeline) const {
    timeline.commit();
    if (quiet_ || timeline.left_out() == 0) return;
    fmt::print(stderr,
               "autoscale-sim: the timeline shows the first {} requests of each network; {} are "
               "left out (--timeline-requests 0 shows all)\n",
               arguments_.timeline_requests, timeline.left_out());
  }

  void write_results(const World& world, const ExperimentResult& result, const Summary& summary,
                     const fs::path& folder) const {
    // The manifest last: where there is one, there are results.
    const std::array<std::pair<const char*, std::string>, 5> contents{
        {{"results.csv", csv_header() + csv_rows(summary)},
         {"summary.csv", summary_csv_header() + summary_csv_rows(summary)},
         {"summary.json", json_report(summary)},
         {"timing.json", timing_json(result, description_)},
         {"manifest.json", manifest_json(world, data_, description_)}}};
    std::vector<std::unique_ptr<OutputFile>> files;
    for (const auto& [name, text] : contents) {
      files.push_back(std::make_unique<OutputFile>(folder / name, "--out"));
      files.back()->append(text);
      files.back()->sync();
    }
    std::error_code absent;
    // Of an earlier run: it would vouch for a mixture.
    fs::remove(folder / "manifest.json", absent);
    for (const auto& file : files) file->commit();
  }

  // As whoever reads the golden file gets them.
  [[nodiscard]] ResultSet results(const Worlds& worlds) const {
    Diagnostics problems;
    std::optional<ResultSet> set =
        parse_results(csv_header() + rows_, "the results of this run", problems);
    problems.throw_if_any();
    set->seed = worlds.front()->scenario.seed;
    for (const auto& world : worlds) {
      if (world->scenario.seed != set->seed) set->seed.reset();  // as in a report
      if (!set->seed) break;
    }
    return std::move(*set);
  }

  // Says what of the scenarios from `at` on is kept, and keeps the request log of what is.
  int interrupted(const Worlds& worlds, std::size_t at) {
    const Scenario& scenario = worlds[at]->scenario;
    const auto finished = description_.finished_replications;
    std::string kept = "nothing of it is kept";
    if (finished > 0 && !arguments_.out.empty()) {
      kept = fmt::format("they are kept in \"{}\"", arguments_.out);
    } else if (finished > 0 && requests_) {
      kept = "their requests are kept";
    } else if (finished > 0) {
      kept = "they are lost; --out keeps them";
    }
    if (requests_ && (finished > 0 || at > 0)) requests_->commit();
    tell(
        "autoscale-sim: interrupted by {}: {} of {} replications of scenario '{}' are "
        "finished; {}\n",
        interrupting_signal(), finished, scenario.replications, scenario.name, kept);
    if (const std::size_t left = worlds.size() - at - 1; left > 0) {
      tell("autoscale-sim: {} further scenario{} did not begin\n", left, left == 1 ? "" : "s");
    }
    return interrupted_exit_code();
  }

  void print(const std::vector<std::string>& outputs) const {
    const bool list = arguments_.format == "json" && outputs.size() > 1;
    std::string text = arguments_.format == "csv" ? csv_header() : "";
    if (list) text += "[\n";
    for (std::size_t i = 0; i < outputs.size(); ++i) {
      if (i > 0 && list) text += ",\n";
      if (i > 0 && arguments_.format == "table") text += '\n';
      text += outputs[i];
    }
    if (list) text += "]\n";
    print_data(text);
  }

  const RunArguments& arguments_;
  bool quiet_;
  DataPath data_;
  RunDescription description_;
  std::optional<OutputFile> requests_;
  std::optional<Expectation> expectation_;
  std::string rows_;  // of all scenarios, for the expectation
  const std::atomic<bool>& stop_ = stop_on_signal();
};

}  // namespace

void add_run(CLI::App& app, const GlobalOptions& global, Action& action) {
  CLI::App* command = app.add_subcommand("run", "Simulate scenarios and compare their policies");
  command->fallthrough();
  const auto arguments = std::make_shared<RunArguments>();
  add_scenario_arguments(*command, arguments->scenario, true);
  command->add_option("--jobs", arguments->jobs, "Threads; results do not depend on it")
      ->transform(whole_number(1, 4096))
      ->type_name("N");
  command
      ->add_option("--out", arguments->out,
                   "Folder for manifest.json, summary.json, summary.csv, results.csv, timing.json")
      ->check(not_empty())
      ->type_name("DIR");
  command->add_option("--format", arguments->format, "What goes to stdout: table, json or csv")
      ->check(CLI::IsMember({"table", "json", "csv"}))
      ->type_name("FORMAT");
  command->add_option("--requests", arguments->requests, "A CSV file with one row per request")
      ->check(not_empty())
      ->type_name("FILE.csv");
  add_expect_options(*command, arguments->gate);
  CLI::Option* timeline = command->add_option(
      "--timeline", arguments->timeline,
      "What every processor, link and queue did in the first replication, for Perfetto or "
      "chrome://tracing (one scenario)");
  timeline->check(not_empty())->type_name("FILE.json");
  command
      ->add_option("--timeline-requests", arguments->timeline_requests,
                   "How many requests of each network the timeline shows; 0: all (default 100)")
      ->needs(timeline)
      ->type_name("N");
  command->add_flag("--online", arguments->online,
                    "Learners keep learning and exploring while they are judged");
  command->add_flag("--by-network", arguments->by_network, "Add energies per network to the table");
  command->callback([arguments, &global, &action] {
    action = [arguments, &global] { return Runner(*arguments, global).run(); };
  });
}

}  // namespace autoscale
