#include <fmt/format.h>

#include "sim/cli/completion.h"

namespace autoscale {
namespace {

// Inside 'single quotes' of an _arguments specification.
std::string quoted(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (c == '\'') {
      result += "'\\''";
    } else if (c == ':' || c == '[' || c == ']' || c == '\\') {
      result += fmt::format("\\{}", c);
    } else {
      result += c == '\n' ? ' ' : c;
    }
  }
  return result;
}

std::string values_of(const OptionModel& option) {
  std::string action = " ";
  if (!option.choices.empty()) {
    action = fmt::format("({})", fmt::join(option.choices, " "));
  } else if (option.value == "SCENARIO") {
    action = "_autoscale_sim_scenarios";
  } else if (option.value == "POLICY") {
    action = "_autoscale_sim_listed policies";
  } else if (option.value == "METRIC") {
    action = "_autoscale_sim_listed metrics";
  } else if (option.value == "NETWORK") {
    action = "_autoscale_sim_listed networks";
  } else if (option.value == "DIR") {
    action = "_files -/";
  } else if (option.value.starts_with("FILE") || option.value == "RESULT") {
    action = "_files";
  }
  return fmt::format("{}:{}", quoted(option.value), action);
}

std::string specification(const OptionModel& option) {
  if (option.is_positional()) {
    const char* repeat = option.repeatable ? "*" : option.required ? "" : ":";
    return fmt::format(" \\\n          '{}:{}'", repeat, values_of(option));
  }
  std::string text;
  for (const std::string& name : option.names) {
    const bool takes_equals = name.starts_with("--") && !option.is_flag();
    text += fmt::format(" \\\n          '{}{}{}[{}]", option.repeatable ? "*" : "", name,
                        takes_equals ? "=" : "", quoted(option.doc));
    text += option.is_flag() ? std::string("'") : fmt::format(":{}'", values_of(option));
  }
  return text;
}

std::string specifications(const CommandModel& command) {
  std::string text;
  for (const OptionModel& option : command.options) text += specification(option);
  return text;
}

constexpr const char* kFunctions =
    R"SCRIPT(#compdef autoscale-sim
# zsh completion of autoscale-sim, printed by `autoscale-sim completion zsh`.

_autoscale_sim_names() {
  print -l -- ${(f)"$($program list $1 2>/dev/null | awk 'NR > 1 && /^[^ ]/ { print $1 }')"}
}

_autoscale_sim_scenarios() {
  local -a names=($(_autoscale_sim_names scenarios))
  compadd -a names
  _files -g '*.json'
}

_autoscale_sim_listed() { # [options of compadd] KIND
  local -a names=($(_autoscale_sim_names $@[-1]))
  compadd -a names
}

_autoscale_sim() {
  local curcontext=$curcontext state line program=$words[1]
  local -a commands=(
)SCRIPT";

}  // namespace

std::string zsh_completion(const ProgramModel& model) {
  std::string script(kFunctions);
  for (const CommandModel& command : model.commands) {
    script += fmt::format("    '{}:{}'\n", command.name, quoted(command.doc));
  }
  const std::string everywhere = specifications(model.program);
  script += fmt::format(
      "  )\n  _arguments -C{} \\\n          '1: :->command' '*:: :->arguments'\n"
      "  case $state in\n    command) _describe -t commands command commands ;;\n"
      "    arguments)\n      case $words[1] in\n",
      everywhere);
  for (const CommandModel& command : model.commands) {
    script += fmt::format("        {})\n          _arguments{}{}\n          ;;\n", command.name,
                          specifications(command), everywhere);
  }
  return script + "      esac\n      ;;\n  esac\n}\n\n_autoscale_sim \"$@\"\n";
}

}  // namespace autoscale
