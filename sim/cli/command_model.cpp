#include "sim/cli/command_model.h"

#include <algorithm>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace autoscale {
namespace {

// "{table,json}", as CLI::IsMember describes itself, to its names.
std::vector<std::string> names_in_braces(const std::string& text) {
  std::vector<std::string> names;
  if (text.size() < 2 || text.front() != '{' || text.back() != '}') return names;
  std::string name;
  for (const char c : text.substr(1)) {
    if (c == ',' || c == '}') {
      names.push_back(std::exchange(name, ""));
    } else {
      name += c;
    }
  }
  return names;
}

std::vector<CLI::Validator> validators_of(CLI::Option& option) {
  std::vector<CLI::Validator> validators;
  try {
    for (int i = 0;; ++i) validators.push_back(*option.get_validator(i));
  } catch (const CLI::OptionNotFound&) {  // there is no count
  }
  return validators;
}

OptionModel model_of(CLI::Option& option) {
  OptionModel model;
  for (const std::string& n : option.get_snames()) model.names.push_back("-" + n);
  for (const std::string& n : option.get_lnames()) model.names.push_back("--" + n);
  const bool flag = option.get_items_expected_max() == 0;
  const std::string type = option.get_type_name();
  if (!flag) model.value = type.substr(0, type.find(':'));
  model.doc = option.get_description();
  model.required = option.get_required();
  model.repeatable = option.get_items_expected_max() > 1;
  const std::vector<CLI::Validator> validators = validators_of(option);
  for (const CLI::Validator& validator : validators) {
    const std::vector<std::string> names = names_in_braces(validator.get_description());
    if (!names.empty()) model.choices = names;
  }
  model.problem = [validators](std::string value) {
    for (const CLI::Validator& validator : validators) {
      std::string problem = validator(value);
      if (!problem.empty()) return problem;
    }
    return std::string{};
  };
  return model;
}

CommandModel command_of(CLI::App& app) {
  CommandModel model{app.get_name(), app.get_description(), {}};
  for (CLI::Option* option : app.get_options()) model.options.push_back(model_of(*option));
  return model;
}

}  // namespace

bool OptionModel::is_named(std::string_view name) const {
  return std::ranges::find(names, name) != names.end();
}

std::string OptionModel::shown() const {
  if (is_positional()) return value;
  return is_flag() ? names.back() : fmt::format("{} {}", names.back(), value);
}

const OptionModel* CommandModel::find(std::string_view option) const {
  const auto found =
      std::ranges::find_if(options, [&](const auto& o) { return o.is_named(option); });
  return found == options.end() ? nullptr : &*found;
}

std::vector<std::string> CommandModel::option_names() const {
  std::vector<std::string> names;
  for (const OptionModel& o : options) names.insert(names.end(), o.names.begin(), o.names.end());
  return names;
}

std::vector<const OptionModel*> CommandModel::positionals() const {
  std::vector<const OptionModel*> found;
  for (const OptionModel& option : options) {
    if (option.is_positional()) found.push_back(&option);
  }
  return found;
}

const CommandModel* ProgramModel::find(std::string_view command) const {
  const auto found = std::ranges::find(commands, command, &CommandModel::name);
  return found == commands.end() ? nullptr : &*found;
}

std::vector<std::string> ProgramModel::command_names() const {
  std::vector<std::string> names;
  for (const CommandModel& command : commands) names.push_back(command.name);
  return names;
}

ProgramModel model_of(CLI::App& app) {
  ProgramModel model{command_of(app), {}};
  for (CLI::App* command : app.get_subcommands({})) model.commands.push_back(command_of(*command));
  return model;
}

}  // namespace autoscale
