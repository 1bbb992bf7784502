// autoscale-sim: parses the command line, runs one command, and turns what goes wrong into messages
// and exit codes. The only place that catches.
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <exception>
#include <filesystem>
#include <sstream>
#include <string>
#include <system_error>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "sim/base/diagnostics.h"
#include "sim/base/memory.h"
#include "sim/base/version.h"
#include "sim/cli/commands.h"
#include "sim/cli/interruption.h"
#include "sim/cli/option_values.h"
#include "sim/cli/standard_output.h"
#include "sim/cli/talk.h"
#include "sim/cli/usage.h"

namespace autoscale {
namespace {

std::string version_text() {
  return fmt::format("autoscale-sim {} (commit {}{}, {}, {} build)", kVersion, kGitCommit,
                     kGitModified ? ", modified" : "", kCompiler, kBuildType);
}

std::vector<std::string> command_words(int argc, char** argv) {
  std::vector<std::string> words(argv, argv + argc);
  if (!words.empty()) words.front() = std::filesystem::path(words.front()).filename().string();
  return words;
}

int usage_error(CLI::App& app, const CLI::ParseError& error,
                const std::vector<std::string>& words) {
  if (error.get_exit_code() == kExitOk) {  // --help, --version
    std::ostringstream text;
    app.exit(error, text, text);
    print_data(text.str());
    return kExitOk;
  }
  UsageMistakes mistakes = mistakes_in(words, model_of(app));
  if (mistakes.messages.empty()) mistakes.messages.emplace_back(error.what());
  for (const std::string& message : mistakes.messages) {
    tell("autoscale-sim: {}\n", message);
  }
  tell("see autoscale-sim {}{}--help\n", mistakes.command, mistakes.command.empty() ? "" : " ");
  return kExitUsage;
}

// A reader that has seen enough, as in `| head`, is no error to talk about.
int output_error(int error_number) {
  if (error_number == EPIPE) return kExitClosedPipe;
  tell("autoscale-sim: cannot write to standard output: {}\n", std::strerror(error_number));
  return kExitUsage;
}

int run_action(const Action& action) {
  try {
    const int code = action();
    print_data("");  // what a command printed in other ways has to arrive, too
    return code;
  } catch (const InputError& error) {
    for (const Diagnostic& d : error.diagnostics()) {
      tell("autoscale-sim: {}\n", to_string(d));
    }
    return kExitUsage;
  } catch (const std::system_error& error) {
    if (std::ferror(stdout) != 0) return output_error(error.code().value());
    tell("autoscale-sim: internal error: {}\n", error.what());
    return kExitInternalError;
  } catch (const std::exception& error) {
    tell("autoscale-sim: internal error: {}\n", error.what());
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
      ->check(not_empty())
      ->type_name("DIR");
  app.add_flag("--quiet", global.quiet, "No progress and no notes on stderr");
  Action action;
  add_run(app, global, action);
  add_check(app, global, action);
  add_list(app, global, action);
  add_train(app, global, action);
  add_explain(app, global, action);
  add_compare(app, global, action);
  add_sweep(app, global, action);
  add_merge(app, global, action);
  add_import(app, global, action);
  add_fit(app, global, action);
  add_generate(app, action);
  add_schema(app, action);
  add_completion(app, action);
  add_man(app, action);
  handle_signals();
  return run_action([&] {
    try {
      app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
      return usage_error(app, error, global.command);
    }
    return action();
  });
}

}  // namespace
}  // namespace autoscale

int main(int argc, char** argv) {
  autoscale::keep_freed_memory();
  return autoscale::run_program(argc, argv);
}
