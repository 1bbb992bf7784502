// autoscale-sim: parses the command line, runs one command, and turns what goes wrong into messages
// and exit codes. The only place that catches.
#include <algorithm>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "sim/base/diagnostics.h"
#include "sim/base/version.h"
#include "sim/cli/commands.h"
#include "sim/config/place.h"

namespace autoscale {
namespace {

std::string version_text() {
  return fmt::format("autoscale-sim {} (commit {}{}, {}, {} build)", kVersion, kGitCommit,
                     kGitModified ? " modified" : "", kCompiler, kBuildType);
}

std::vector<std::string> command_words(int argc, char** argv) {
  std::vector<std::string> words(argv, argv + argc);
  if (!words.empty()) words.front() = std::filesystem::path(words.front()).filename().string();
  return words;
}

// The first word that should be a command and is none, or "".
std::string unknown_command(const std::vector<std::string>& words,
                            const std::vector<std::string>& commands) {
  for (std::size_t i = 1; i < words.size(); ++i) {
    const bool option = words[i].starts_with('-');
    if (words[i] == "--data") ++i;  // its value is no command
    if (option) continue;
    return std::ranges::find(commands, words[i]) == commands.end() ? words[i] : "";
  }
  return "";
}

// "; did you mean '--policy'?" for the first option that neither the program nor the command knows.
std::string option_hint(const CLI::App& app, const std::vector<std::string>& words) {
  std::vector<std::string> options;
  const auto collect = [&](const CLI::App* part) {
    for (const CLI::Option* option : part->get_options()) {
      for (const std::string& name : option->get_lnames()) options.push_back("--" + name);
    }
  };
  collect(&app);
  for (const CLI::App* command : app.get_subcommands()) collect(command);
  for (const std::string& word : words) {
    const std::string name = word.substr(0, word.find('='));
    if (!word.starts_with("--") || std::ranges::find(options, name) != options.end()) continue;
    const std::string near = nearest(name, options);
    return near.empty() ? "" : fmt::format("; did you mean '{}'?", near);
  }
  return "";
}

int usage_error(const CLI::App& app, const CLI::ParseError& error,
                const std::vector<std::string>& words) {
  if (error.get_exit_code() == kExitOk) return app.exit(error);  // --help, --version: on stdout
  std::vector<std::string> commands;
  for (const CLI::App* command : app.get_subcommands({})) commands.push_back(command->get_name());
  const std::string unknown = unknown_command(words, commands);
  const std::string what = unknown.empty() ? error.what() + option_hint(app, words)
                                           : fmt::format("there is no command \"{}\"; {}", unknown,
                                                         suggestion(unknown, commands, "commands"));
  fmt::print(stderr, "autoscale-sim: {}\nsee autoscale-sim --help\n", what);
  return kExitUsage;
}

int run_action(const Action& action) {
  try {
    const int code = action();
    if (std::fflush(stdout) == 0) return code;
    fmt::print(stderr, "autoscale-sim: cannot write to standard output\n");
    return kExitUsage;
  } catch (const InputError& error) {
    for (const Diagnostic& d : error.diagnostics()) {
      fmt::print(stderr, "autoscale-sim: {}\n", to_string(d));
    }
    return kExitUsage;
  } catch (const std::exception& error) {
    fmt::print(stderr, "autoscale-sim: internal error: {}\n", error.what());
    return kExitInternalError;
  }
}

int run_program(int argc, char** argv) {
  CLI::App app{
      "Simulates where a phone runs its DNN inferences: on which of its processors, on a tablet\n"
      "beside it, or in the cloud; and what that costs."};
  app.name("autoscale-sim");
  app.set_version_flag("--version", version_text(), "Print version, commit and compiler");
  app.require_subcommand(1);
  app.failure_message(CLI::FailureMessage::simple);

  GlobalOptions global;
  global.command = command_words(argc, argv);
  app.add_option("--data", global.data,
                 "Folder with models/, configs/ and scenarios/ (or set AUTOSCALE_SIM_DATA)")
      ->type_name("DIR");
  app.add_flag("--quiet", global.quiet, "No progress and no notes on stderr");
  Action action;
  add_run(app, global, action);
  add_check(app, global, action);
  add_list(app, global, action);
  add_train(app, global, action);
  add_explain(app, global, action);
  add_compare(app, global, action);
  add_schema(app, action);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return usage_error(app, error, global.command);
  }
  return run_action(action);
}

}  // namespace
}  // namespace autoscale

int main(int argc, char** argv) { return autoscale::run_program(argc, argv); }
