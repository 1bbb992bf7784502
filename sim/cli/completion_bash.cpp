#include <fmt/format.h>

#include "sim/cli/completion.h"

namespace autoscale {
namespace {

// Values of an option or argument, as a call of the functions below.
std::string values_of(const OptionModel& option) {
  if (!option.choices.empty()) {
    return fmt::format("_autoscale_sim_words \"{}\"", fmt::join(option.choices, " "));
  }
  if (option.value == "SCENARIO") return "_autoscale_sim_names scenarios; _autoscale_sim_files";
  if (option.value == "POLICY") return "_autoscale_sim_names policies";
  if (option.value == "METRIC") return "_autoscale_sim_names metrics";
  if (option.value == "NETWORK") return "_autoscale_sim_names networks";
  if (option.value == "DIR") return "_autoscale_sim_folders";
  return option.value.starts_with("FILE") || option.value == "RESULT" ? "_autoscale_sim_files"
                                                                      : ":";
}

// " run:--out run:--jobs"
std::string options_with_value(const CommandModel& command) {
  std::string text;
  for (const OptionModel& option : command.options) {
    if (option.is_flag()) continue;
    for (const std::string& name : option.names) text += fmt::format(" {}:{}", command.name, name);
  }
  return text;
}

// Branches of "case $command:$option".
std::string value_cases(const CommandModel& command) {
  std::string cases;
  for (const OptionModel& option : command.options) {
    if (option.is_positional() || option.is_flag()) continue;
    for (const std::string& name : option.names) {
      cases += fmt::format("      {}:{}) {} ;;\n", command.name, name, values_of(option));
    }
  }
  return cases;
}

// Branches of "case $command:$dash": its options, or what stands at this place.
std::string word_case(const CommandModel& command) {
  std::string places;
  std::size_t place = 0;
  for (const OptionModel* option : command.positionals()) {
    const std::string which = option->repeatable ? "*" : std::to_string(place++);
    places += fmt::format("        {}) {} ;;\n", which, values_of(*option));
  }
  if (!places.empty()) places = fmt::format("      case $place in\n{}      esac\n", places);
  return fmt::format("    {}:yes) _autoscale_sim_words \"{}\" ;;\n    {}:)\n{}      ;;\n",
                     command.name, fmt::join(command.option_names(), " "), command.name, places);
}

constexpr const char* kFunctions =
    R"SCRIPT(# bash completion of autoscale-sim, printed by `autoscale-sim completion bash`.

_autoscale_sim_words() {
  local word
  for word in $1; do
    [[ $word == "$cur"* ]] && COMPREPLY+=("$word")
  done
}

_autoscale_sim_names() {
  _autoscale_sim_words "$("${COMP_WORDS[0]}" list "$1" 2>/dev/null |
    awk 'NR > 1 && /^[^ ]/ { print $1 }')"
}

_autoscale_sim_files() {
  local IFS=$'\n'
  COMPREPLY+=($(compgen -f -- "$cur"))
  compopt -o filenames 2>/dev/null
}

_autoscale_sim_folders() {
  local IFS=$'\n'
  COMPREPLY+=($(compgen -d -- "$cur"))
  compopt -o filenames 2>/dev/null
}

)SCRIPT";

// Finds the command, the option that waits for a value, and the place among the arguments.
constexpr const char* kReadWords =
    R"SCRIPT(  COMPREPLY=()
  local cur=${COMP_WORDS[COMP_CWORD]} option="" command="" place=0 i word
  [[ $cur == "=" ]] && cur=""
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    [[ $word == "=" ]] && continue # a word of its own between an option and its value
    if [[ -n $option ]]; then
      option=""
    elif [[ $valued == *" *:$word "* || $valued == *" $command:$word "* ]]; then
      option=$word
    elif [[ $word != -* && -z $command ]]; then
      command=$word
    elif [[ $word != -* ]]; then
      place=$((place + 1))
    fi
  done
)SCRIPT";

}  // namespace

std::string bash_completion(const ProgramModel& model) {
  CommandModel everywhere = model.program;
  everywhere.name = std::string("*");
  std::string valued = options_with_value(everywhere);
  std::string values;
  std::string words;
  for (const CommandModel& command : model.commands) {
    valued += options_with_value(command);
    values += value_cases(command);
    words += word_case(command);
  }
  values += value_cases(everywhere);
  std::string script(kFunctions);
  script += fmt::format("_autoscale_sim() {{\n  local valued=\"{} \"\n{}", valued, kReadWords);
  script += "  if [[ -n $option ]]; then\n    case $command:$option in\n" + values;
  script += "    esac\n    return\n  fi\n";
  script += fmt::format(
      "  local dash=\"\"\n  [[ $cur == -* ]] && dash=yes\n"
      "  [[ -z $dash ]] || _autoscale_sim_words \"{}\"\n  case $command:$dash in\n",
      fmt::join(model.program.option_names(), " "));
  script +=
      fmt::format("    :) _autoscale_sim_words \"{}\" ;;\n", fmt::join(model.command_names(), " "));
  return script + words + "  esac\n}\n\ncomplete -F _autoscale_sim autoscale-sim\n";
}

}  // namespace autoscale
