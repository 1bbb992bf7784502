// autoscale-sim man: the manual page in troff, from the declarations that parse the command line.
#include <string>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "sim/base/version.h"
#include "sim/cli/command_model.h"
#include "sim/cli/commands.h"
#include "sim/cli/standard_output.h"

namespace autoscale {
namespace {

// Text as troff takes it: nothing at the start of a line is a request, hyphens stay hyphens.
std::string troff(const std::string& text) {
  std::string result;
  for (const char c : text) {
    const bool line_start = result.empty() || result.back() == '\n';
    if (line_start && (c == '.' || c == '\'')) result += "\\&";
    if (c == '-') {
      result += "\\-";
    } else if (c == '\\') {
      result += "\\e";
    } else {
      result += c;
    }
  }
  return result;
}

std::string synopsis(const CommandModel& command) {
  std::string text = fmt::format(".B autoscale\\-sim {}\n", command.name);
  for (const OptionModel& option : command.options) {
    if (!option.is_positional()) continue;
    const std::string shown = option.value + (option.repeatable ? "..." : "");
    text += option.required ? fmt::format(".I {}\n", shown) : fmt::format(".RI [ {} ]\n", shown);
  }
  return text + ".RI [ options ]\n.br\n";
}

std::string option_entry(const OptionModel& option) {
  std::vector<std::string> names;
  for (const std::string& name : option.names)
    names.push_back(fmt::format("\\fB{}\\fR", troff(name)));
  std::string head = fmt::format("{}", fmt::join(names, ", "));
  if (!option.value.empty()) {
    head += fmt::format("{}\\fI{}\\fR", names.empty() ? "" : " ", troff(option.value));
  }
  std::string doc = troff(option.doc);
  const bool named =
      !option.choices.empty() && option.doc.find(option.choices.front()) != std::string::npos;
  if (!option.choices.empty() && !named) {
    doc += troff(fmt::format(" (one of: {})", fmt::join(option.choices, ", ")));
  }
  if (option.required) doc += " (required)";
  return fmt::format(".TP\n{}\n{}\n", head, doc);
}

std::string options_of(const CommandModel& command) {
  std::string text;
  for (const OptionModel& option : command.options) text += option_entry(option);
  return text;
}

constexpr const char* kEpilogue = R"(.SH EXIT STATUS
.TP
.B 0
Success.
.TP
.B 1
An expectation about results was not met.
.TP
.B 2
A mistake in the command line or in a file, or output that could not be written. All mistakes are listed.
.TP
.B 70
An internal error.
.TP
.B 129, 130, 143
Ended by SIGHUP, SIGINT or SIGTERM. Replications that every policy has finished are kept in the folder of
.BR \-\-out ,
whose manifest then says so.
.TP
.B 141
The reader of the standard output went away.
.SH ENVIRONMENT
.TP
.B AUTOSCALE_SIM_DATA
The folder with models, configs and scenarios, unless
.B \-\-data
names one.
.SH FILES
.TP
.I ../share/autoscale\-sim
Beside the program's folder: networks, devices, radios and scenarios that ship.
)";

std::string man_page(const ProgramModel& model) {
  std::string page = fmt::format(
      ".TH AUTOSCALE\\-SIM 1 \"\" \"autoscale\\-sim {}\" \"User Commands\"\n", kVersion);
  page +=
      ".SH NAME\nautoscale\\-sim \\- simulator of edge\\-cloud inference scheduling\n.SH "
      "SYNOPSIS\n.nh\n";
  for (const CommandModel& command : model.commands) page += synopsis(command);
  page += fmt::format(".hy\n.SH DESCRIPTION\n{}\n.SH COMMANDS\n", troff(model.program.doc));
  for (const CommandModel& command : model.commands) {
    page += fmt::format(".SS {}\n{}.\n{}", troff(command.name), troff(command.doc),
                        options_of(command));
  }
  page += ".SH OPTIONS OF EVERY COMMAND\n" + options_of(model.program);
  return page + kEpilogue;
}

}  // namespace

void add_man(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("man", "Print the manual page, for man -l");
  command->fallthrough();
  command->callback([&app, &action] {
    action = [&app] {
      const std::string page = man_page(model_of(app));
      print_data(page);
      return kExitOk;
    };
  });
}

}  // namespace autoscale
