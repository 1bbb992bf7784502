// The command line as data, taken from the declarations that parse it: for completions, the man page
// and messages about mistakes.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace CLI {
class App;
}

namespace autoscale {

struct OptionModel {
  std::vector<std::string> names;    // "--out", "-h"; empty for an argument by position
  std::string value;                 // what it takes, such as "DIR"; empty for a flag
  std::vector<std::string> choices;  // the values it accepts, where they are few
  std::string doc;
  bool required = false;
  bool repeatable = false;
  std::function<std::string(const std::string&)> problem;  // what is wrong with a value, or ""

  [[nodiscard]] bool is_positional() const { return names.empty(); }
  [[nodiscard]] bool is_flag() const { return value.empty(); }
  [[nodiscard]] bool is_named(std::string_view name) const;
  [[nodiscard]] std::string shown() const;  // "--out DIR", "SCENARIO"
};

struct CommandModel {
  std::string name;
  std::string doc;
  std::vector<OptionModel> options;

  [[nodiscard]] const OptionModel* find(std::string_view option) const;
  [[nodiscard]] std::vector<std::string> option_names() const;
  [[nodiscard]] std::vector<const OptionModel*> positionals() const;
};

struct ProgramModel {
  CommandModel program;  // its own options, valid with every command
  std::vector<CommandModel> commands;

  [[nodiscard]] const CommandModel* find(std::string_view command) const;
  [[nodiscard]] std::vector<std::string> command_names() const;
};

[[nodiscard]] ProgramModel model_of(CLI::App& app);

}  // namespace autoscale
