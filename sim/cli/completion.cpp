// autoscale-sim completion: prints a script for a shell.
#include "sim/cli/completion.h"

#include <memory>

#include <CLI/CLI.hpp>

#include "sim/cli/commands.h"
#include "sim/cli/standard_output.h"

namespace autoscale {

void add_completion(CLI::App& app, Action& action) {
  CLI::App* command =
      app.add_subcommand("completion", "Print a script that completes command lines");
  command->fallthrough();
  const auto shell = std::make_shared<std::string>();
  command->add_option("shell", *shell, "For which shell")
      ->required()
      ->check(CLI::IsMember({"bash", "zsh"}))
      ->type_name("SHELL");
  command->callback([shell, &app, &action] {
    action = [shell, &app] {
      const ProgramModel model = model_of(app);
      const std::string script = *shell == "bash" ? bash_completion(model) : zsh_completion(model);
      print_data(script);
      return kExitOk;
    };
  });
}

}  // namespace autoscale
