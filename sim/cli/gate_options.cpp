#include "sim/cli/gate_options.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "sim/cli/option_values.h"
#include "sim/cli/talk.h"
#include "sim/report/gate_report.h"

namespace autoscale {
namespace {

constexpr std::size_t kShownRows = 40;

// A word as a shell reads it back.
std::string quoted(const std::string& word) {
  constexpr std::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./=:,@%+-";
  if (!word.empty() && word.find_first_not_of(kPlain) == std::string::npos) return word;
  std::string text = "'";
  for (const char c : word) {
    if (c == '\'') text += "'\\'";
    text += c;
  }
  text += '\'';
  return text;
}

std::string command_line(const std::vector<std::string>& words) {
  std::string line;
  for (const std::string& word : words) {
    if (!line.empty()) line += ' ';
    line += quoted(word);
  }
  return line;
}

std::vector<std::string> without(const std::vector<std::string>& command,
                                 std::span<const std::string_view> options) {
  std::vector<std::string> words;
  for (std::size_t i = 0; i < command.size(); ++i) {
    const std::string_view name = std::string_view(command[i]).substr(0, command[i].find('='));
    if (std::ranges::find(options, name) == options.end()) {
      words.push_back(command[i]);
    } else if (name.size() == command[i].size()) {
      ++i;  // its value
    }
  }
  return words;
}

// The same command, its results written to where the golden ones are.
std::string command_to_accept(const std::vector<std::string>& command, const std::string& file) {
  constexpr std::array<std::string_view, 6> kGate{"--expect",    "--gate",  "--gates",
                                                  "--tolerance", "--junit", "--format"};
  const std::string same = command_line(without(command, kGate));
  const std::string ending = std::filesystem::path(file).extension();
  if (ending == ".json") return fmt::format("{} --format json >{}", same, quoted(file));
  if (ending == ".csv") return fmt::format("{} --format csv >{}", same, quoted(file));
  constexpr std::array<std::string_view, 1> kOut{"--out"};
  return fmt::format("{} --out {}", command_line(without(without(command, kGate), kOut)),
                     quoted(file));
}

ResultSet read_golden(const std::string& file, const std::vector<std::string>& command) {
  Diagnostics problems;
  if (!std::filesystem::exists(file)) {
    problems.add({"--expect", "", fmt::format("there is no file \"{}\"", file),
                  "to make it: " + command_to_accept(command, file)});
    problems.throw_if_any();
  }
  std::optional<ResultSet> results = read_results(file, problems);
  problems.throw_if_any();
  return std::move(*results);
}

}  // namespace

void add_gate_options(CLI::App& command, GateArguments& arguments, CLI::Option* asked) {
  CLI::Option* gate = command.add_option("--gate", arguments.gate,
                                         "How figures are judged: a gate of the file of gates");
  gate->type_name("NAME");
  CLI::Option* file =
      command.add_option("--gates", arguments.file, "Gates; else configs/regression.json");
  file->check(not_empty())->type_name("FILE.json");
  CLI::Option* tolerance = command.add_option_function<double>(
      "--tolerance", [&arguments](const double& ratio) { arguments.tolerance = ratio; },
      "Instead of --gate: relative difference, in every replication, that is no move");
  tolerance->check(CLI::Range(0.0, 1.0))->type_name("RATIO")->excludes(gate)->excludes(file);
  CLI::Option* junit =
      command.add_option("--junit", arguments.junit, "Also write the verdicts as JUnit's XML");
  junit->check(not_empty())->type_name("FILE.xml");
  if (asked == nullptr) return;
  for (CLI::Option* option : {gate, file, tolerance, junit}) option->needs(asked);
}

void add_expect_options(CLI::App& command, GateArguments& arguments) {
  CLI::Option* expect =
      command.add_option("--expect", arguments.expect,
                         "Exit with 1, and say what moved, unless results are those of this file "
                         "or folder, which run or sweep wrote");
  expect->check(not_empty())->type_name("RESULT");
  add_gate_options(command, arguments, expect);
}

ChosenGate::ChosenGate(const GateArguments& arguments, const DataPath& data)
    : junit_(arguments.junit) {
  if (arguments.tolerance) {
    name_ = fmt::format("tolerance {}", *arguments.tolerance);
    spec_.rules.push_back({.test = GateTest::kTolerance, .ratio = arguments.tolerance});
    return;
  }
  Diagnostics problems;
  const std::optional<GateFile> gates = load_gates(arguments.file, data, problems);
  problems.throw_if_any();
  name_ = arguments.gate.empty() ? gates->default_gate : arguments.gate;
  const auto found = gates->gates.find(name_);
  if (found == gates->gates.end()) {
    std::vector<std::string> names;
    for (const auto& [name, gate] : gates->gates) names.push_back(name);
    throw InputError(
        {{"--gate", "", fmt::format("there is no gate \"{}\" in {}", name_, gates->file),
          suggestion(name_, names, "gates")}});
  }
  spec_ = found->second;
}

Judgement ChosenGate::judge(const ResultSet& expected, const ResultSet& got) const {
  Judgement judgement = autoscale::judge(expected, got, name_, spec_);
  if (judgement.rows.empty()) {
    throw InputError({{expected.name, "", fmt::format("holds no figure that gate {} judges", name_),
                       fmt::format("{}", fmt::join(judgement.notes, "; "))}});
  }
  return judgement;
}

void ChosenGate::open_junit() {
  if (!junit_.empty()) junit_file_.emplace(junit_, "--junit");
}

void ChosenGate::write_junit(const Judgement& judgement) {
  if (!junit_file_) return;
  junit_file_->append(gate_junit(judgement));
  junit_file_->commit();
}

Expectation::Expectation(const GateArguments& arguments, std::vector<std::string> command,
                         const DataPath& data)
    : gate_(arguments, data),
      file_(arguments.expect),
      command_(std::move(command)),
      expected_(read_golden(file_, command_)) {}

void Expectation::require_some_of(const std::vector<std::string>& scenarios) const {
  const std::vector<std::string> expected = expected_.scenarios();
  const bool fits = std::ranges::any_of(scenarios, [&](const std::string& name) {
    return std::ranges::any_of(expected, [&](const std::string& golden) {
      return golden == name || golden.starts_with(name + " on ");  // as of several devices
    });
  });
  if (fits) return;
  throw InputError({{file_, "",
                     fmt::format("is of scenario {}, not of {}", fmt::join(expected, ", "),
                                 fmt::join(scenarios, ", ")),
                     "to make it anew: " + command_to_accept(command_, file_)}});
}

int Expectation::check(const ResultSet& got, bool quiet) {
  const Judgement judgement = gate_.judge(expected_, got);
  gate_.write_junit(judgement);
  const bool pass = judgement.failures() == 0;
  if (pass && quiet) return kExitOk;
  std::fflush(stdout);  // so that the results come first where both go to one place
  if (!quiet) {
    for (const std::string& note : judgement.notes) tell("note: {}\n", note);
  }
  if (pass) {
    tell("{}\n", gate_summary(judgement));
    return kExitOk;
  }
  tell("autoscale-sim: {}\n\n{}\nto reproduce: {}\nto accept:    {}\n", gate_summary(judgement),
       gate_table(judgement, GateRows::kFailures, kShownRows), command_line(command_),
       command_to_accept(command_, file_));
  return kExitUnexpected;
}

}  // namespace autoscale
