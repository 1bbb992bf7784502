// autoscale-sim compare: results, or the policies inside one, side by side.
#include <cstdio>
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "sim/cli/commands.h"
#include "sim/cli/gate_options.h"
#include "sim/cli/option_values.h"
#include "sim/cli/standard_output.h"
#include "sim/cli/talk.h"
#include "sim/report/comparison_report.h"
#include "sim/report/gate_report.h"
#include "sim/report/profile_report.h"
#include "sim/report/task_report.h"

namespace autoscale {
namespace {

struct CompareArguments {
  std::vector<std::string> results;
  std::string baseline;
  ComparisonOptions options;
  bool over_tasks = false;
  bool profiles = false;
  std::size_t resamples = kResamples;
  std::string format = "table";
  GateArguments gate;

  [[nodiscard]] bool is_gate() const { return !gate.gate.empty() || gate.tolerance; }
};

Markup markup_of(const std::string& format) {
  return format == "markdown" ? Markup::kMarkdown : Markup::kPlain;
}

const std::vector<std::string> kUsualMetrics{"energy_mj_per_inference", "qos_violation_ratio",
                                             "accuracy_violation_ratio", "latency_mean_ms",
                                             "latency_p95_ms"};

std::vector<ResultSet> read_all(const std::vector<std::string>& paths, Diagnostics& problems) {
  std::vector<ResultSet> results;
  for (const std::string& path : paths) {
    std::optional<ResultSet> result = read_results(path, problems);
    if (result) results.push_back(std::move(*result));
  }
  return results;
}

void tell_notes(const std::vector<std::string>& notes, const GlobalOptions& global) {
  if (global.quiet) return;
  for (const std::string& note : notes) tell("note: {}\n", note);
}

std::string profiles_text(const PairedRuns& paired, const CompareArguments& arguments,
                          const GlobalOptions& global) {
  Diagnostics problems;
  const Profiles profiles = profile_over_tasks(paired, arguments.resamples, problems);
  problems.throw_if_any();
  tell_notes(profiles.notes, global);
  if (arguments.format == "json") return profile_json(profiles);
  return arguments.format == "csv" ? profile_csv(profiles)
                                   : profile_table(profiles, markup_of(arguments.format));
}

std::string tasks_text(const PairedRuns& paired, const CompareArguments& arguments,
                       const GlobalOptions& global) {
  const TaskComparison comparison = compare_over_tasks(paired, arguments.resamples);
  tell_notes(comparison.notes, global);
  if (arguments.format == "json") return task_json(comparison);
  return arguments.format == "csv" ? task_csv(comparison)
                                   : task_table(comparison, markup_of(arguments.format));
}

int over_tasks(const CompareArguments& arguments, const ResultSet& result,
               const GlobalOptions& global) {
  Diagnostics problems;
  const PairedRuns paired =
      pair_over_tasks(result, arguments.baseline, arguments.options.metrics, problems);
  problems.throw_if_any();
  const auto text = arguments.profiles ? profiles_text : tasks_text;
  print_data(text(paired, arguments, global));
  return kExitOk;
}

void check_over_tasks(const CompareArguments& arguments, Diagnostics& problems) {
  if (arguments.profiles && !arguments.over_tasks) {
    problems.add({"--profiles", "", "are of tasks", "give --over-tasks too"});
  }
  if (!arguments.over_tasks) return;
  if (arguments.results.size() > 1) {
    problems.add({"--over-tasks", "",
                  "compares the policies of one result, which may hold many scenarios",
                  "`run SCENARIO... --format csv` writes several scenarios into one"});
  }
  if (arguments.options.by_network) {
    problems.add({"--over-tasks", "", "averages networks, which --by-network tells apart", ""});
  }
}

void check_gate(const CompareArguments& arguments, Diagnostics& problems) {
  if (!arguments.is_gate()) {
    if (!arguments.gate.junit.empty())
      problems.add({"--junit", "", "is of verdicts", "name a --gate or a --tolerance"});
    if (!arguments.gate.file.empty())
      problems.add({"--gates", "", "holds gates by name", "choose one with --gate"});
    return;
  }
  if (arguments.results.size() != 2) {
    problems.add({"--gate", "",
                  fmt::format("judges one result by another, but {} given",
                              arguments.results.size() == 1
                                  ? "one is"
                                  : fmt::format("{} are", arguments.results.size())),
                  "compare EXPECTED GOT --gate NAME"});
  }
  if (!arguments.options.metrics.empty() || arguments.over_tasks || arguments.options.by_network) {
    problems.add({"--gate", "", "says itself which figures are judged",
                  "leave out --metric, --by-network and --over-tasks"});
  }
}

int judge(const CompareArguments& arguments, const std::vector<ResultSet>& results,
          const GlobalOptions& global) {
  ChosenGate gate(arguments.gate, global.data_path());
  gate.open_junit();
  const Judgement judgement = gate.judge(results[0], results[1]);
  gate.write_junit(judgement);
  constexpr std::size_t kAll = static_cast<std::size_t>(-1);
  std::string text;
  if (arguments.format == "json") {
    text = gate_json(judgement);
  } else if (arguments.format == "csv") {
    text = gate_csv(judgement);
  } else if (arguments.format == "markdown") {
    text = gate_markdown(judgement, GateRows::kAll, kAll);
  } else {
    tell_notes(judgement.notes, global);
    text = gate_summary(judgement) + "\n\n" + gate_table(judgement, GateRows::kAll, kAll);
  }
  print_data(text);
  return judgement.failures() == 0 ? kExitOk : kExitUnexpected;
}

int compare(CompareArguments& arguments, const GlobalOptions& global) {
  Diagnostics problems;
  check_gate(arguments, problems);
  if (arguments.options.metrics.empty()) arguments.options.metrics = kUsualMetrics;
  if (arguments.results.size() > 1 && !arguments.baseline.empty()) {
    problems.add(
        {"--baseline", "",
         "names a policy to compare the others with, inside one result; of several results the "
         "first is the baseline",
         ""});
  }
  check_over_tasks(arguments, problems);
  const std::vector<ResultSet> results = read_all(arguments.results, problems);
  problems.throw_if_any();
  if (arguments.is_gate()) return judge(arguments, results, global);
  if (arguments.over_tasks) return over_tasks(arguments, results.front(), global);
  const Comparison comparison =
      results.size() == 1
          ? compare_policies(results.front(), arguments.baseline, arguments.options, problems)
          : compare_results(results, arguments.options, problems);
  problems.throw_if_any();
  tell_notes(comparison.notes, global);
  std::string text = comparison_table(comparison, markup_of(arguments.format));
  if (arguments.format == "json") text = comparison_json(comparison);
  if (arguments.format == "csv") text = comparison_csv(comparison);
  print_data(text);
  return kExitOk;
}

}  // namespace

void add_compare(CLI::App& app, const GlobalOptions& global, Action& action) {
  CLI::App* command = app.add_subcommand(
      "compare", "Compare results, or the policies of one, paired by replication");
  command->fallthrough();
  const auto arguments = std::make_shared<CompareArguments>();
  command
      ->add_option(
          "result", arguments->results,
          "What run or sweep wrote: a folder, a CSV file or a JSON report. One: its policies are "
          "compared; several: each policy with the same of the first")
      ->required()
      ->check(not_empty())
      ->type_name("RESULT");
  command
      ->add_option("--baseline", arguments->baseline,
                   "One result: the policy to compare the others with (its first)")
      ->type_name("POLICY");
  command
      ->add_option("--metric", arguments->options.metrics,
                   "A metric of `list metrics` (repeatable); else energy, violations and latency")
      ->allow_extra_args(false)
      ->type_name("METRIC");
  command->add_flag("--by-network", arguments->options.by_network,
                    "Each network too, not only all together");
  CLI::Option* over_tasks = command->add_flag(
      "--over-tasks", arguments->over_tasks,
      "One result: means over all its scenarios and networks, interquartile mean, "
      "probability of improvement");
  command->add_flag("--profiles", arguments->profiles,
                    "With --over-tasks: share of runs whose ratio to the baseline is at most tau");
  command
      ->add_option("--resamples", arguments->resamples,
                   "With --over-tasks: of the bootstrap (2000); 0: no intervals by it, sooner done")
      ->transform(whole_number(0, 1'000'000))
      ->needs(over_tasks)
      ->type_name("N");
  add_gate_options(*command, arguments->gate, nullptr);
  command->add_option("--format", arguments->format, "table, json, csv or markdown")
      ->check(CLI::IsMember({"table", "json", "csv", "markdown"}))
      ->type_name("FORMAT");
  command->callback([arguments, &global, &action] {
    action = [arguments, &global] { return compare(*arguments, global); };
  });
}

}  // namespace autoscale
