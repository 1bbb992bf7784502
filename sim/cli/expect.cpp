#include "sim/cli/expect.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>

#include <fmt/format.h>

#include "sim/cli/talk.h"
#include "sim/config/json_file.h"

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

// The same run, its report written to the golden file.
std::string command_to_accept(const std::vector<std::string>& command, const std::string& file) {
  constexpr std::array<std::string_view, 3> kOptions{"--expect", "--tolerance", "--format"};
  std::vector<std::string> words;
  for (std::size_t i = 0; i < command.size(); ++i) {
    const std::string_view name = std::string_view(command[i]).substr(0, command[i].find('='));
    if (std::ranges::find(kOptions, name) == kOptions.end()) {
      words.push_back(command[i]);
    } else if (name.size() == command[i].size()) {
      ++i;  // its value
    }
  }
  return command_line(words) + " --format json >" + quoted(file);
}

std::vector<std::string> scenarios_of(std::span<const ReportedFigure> figures) {
  std::vector<std::string> names;
  for (const ReportedFigure& f : figures) {
    if (std::ranges::find(names, f.scenario) == names.end()) names.push_back(f.scenario);
  }
  return names;
}

std::vector<ReportedFigure> read_golden(const std::string& file,
                                        const std::vector<std::string>& command) {
  Diagnostics problems;
  if (!std::filesystem::exists(file)) {
    problems.add({"--expect", "", fmt::format("there is no file \"{}\"", file),
                  "to make it: " + command_to_accept(command, file)});
    problems.throw_if_any();
  }
  const std::optional<std::string> text = read_text_file(file, problems);
  std::optional<std::vector<ReportedFigure>> figures;
  if (text) figures = read_figures(*text, file, problems);
  problems.throw_if_any();
  return std::move(*figures);
}

}  // namespace

Expectation::Expectation(std::string file, double tolerance, std::vector<std::string> command,
                         const Worlds& worlds)
    : file_(std::move(file)),
      tolerance_(tolerance),
      command_(std::move(command)),
      figures_(read_golden(file_, command_)) {
  const std::vector<std::string> expected = scenarios_of(figures_);
  std::vector<std::string> names;
  for (const auto& world : worlds) names.push_back(world->scenario.name);
  const bool fits = std::ranges::any_of(names, [&](const std::string& name) {
    return std::ranges::find(expected, name) != expected.end();
  });
  if (fits) return;
  throw InputError({{file_, "",
                     fmt::format("is of scenario {}, not of {}", fmt::join(expected, ", "),
                                 fmt::join(names, ", ")),
                     "to make it anew: " + command_to_accept(command_, file_)}});
}

int Expectation::check(std::span<const std::string> reports, bool quiet) const {
  std::vector<ReportedFigure> got;
  for (const std::string& report : reports) {
    Diagnostics problems;
    auto figures = read_figures(report, "the report of this run", problems);
    problems.throw_if_any();
    std::ranges::move(*figures, std::back_inserter(got));
  }
  const std::vector<Moved> moved = moved_figures(figures_, got, tolerance_);
  if (moved.empty()) {
    if (!quiet) tell("all {} figures are as in {}\n", figures_.size(), file_);
    return kExitOk;
  }
  std::fflush(stdout);  // so that the results come first where both go to one place
  tell(
      "autoscale-sim: not as in {}: {} of {} figures moved\n\n{}\n"
      "to reproduce: {}\nto accept:    {}\n",
      file_, moved.size(), figures_.size(), moved_table(moved, kShownRows), command_line(command_),
      command_to_accept(command_, file_));
  return kExitUnexpected;
}

}  // namespace autoscale
