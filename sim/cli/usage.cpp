#include "sim/cli/usage.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "sim/config/place.h"

namespace autoscale {
namespace {

class UsageReader {
 public:
  explicit UsageReader(const ProgramModel& model) : model_(model) {}

  UsageMistakes read(const std::vector<std::string>& words) {
    bool only_positionals = false;
    for (std::size_t i = 1; i < words.size(); ++i) {
      const std::string& word = words[i];
      if (word == "--" && !only_positionals) {
        only_positionals = true;
      } else if (!only_positionals && word.size() > 1 && word.starts_with('-')) {
        i += take_option(word, i + 1 < words.size() ? &words[i + 1] : nullptr);
      } else if (!command_seen_) {
        take_command(word);
      } else {
        positionals_.push_back(word);
      }
    }
    check_values();
    check_positionals();
    check_presence();
    if (command_ != nullptr) found_.command = command_->name;
    return std::move(found_);
  }

 private:
  void say(std::string message) { found_.messages.push_back(std::move(message)); }

  void take_command(const std::string& word) {
    command_seen_ = true;
    command_ = model_.find(word);
    if (command_ != nullptr) return;
    say(fmt::format("there is no command \"{}\"; {}", word,
                    suggestion(word, model_.command_names(), "commands")));
    command_ =
        model_.find(nearest(word, model_.command_names()));  // what follows is held against it
  }

  // Of the command, of the program, or, where the command is unknown, of any.
  [[nodiscard]] const OptionModel* find(const std::string& name) const {
    const OptionModel* option = command_ == nullptr ? nullptr : command_->find(name);
    if (option == nullptr) option = model_.program.find(name);
    if (option != nullptr || command_ != nullptr) return option;
    for (const CommandModel& command : model_.commands) {
      if (const OptionModel* of_some = command.find(name)) return of_some;
    }
    return nullptr;
  }

  [[nodiscard]] std::vector<std::string> known_options() const {
    std::vector<std::string> names = model_.program.option_names();
    const auto add = [&](const CommandModel& command) {
      const std::vector<std::string> more = command.option_names();
      names.insert(names.end(), more.begin(), more.end());
    };
    if (command_ != nullptr) {
      add(*command_);
    } else {
      std::ranges::for_each(model_.commands, add);
    }
    return names;
  }

  // Returns how many further words it took.
  std::size_t take_option(const std::string& word, const std::string* next) {
    const std::size_t equals = word.find('=');
    const std::string name = word.substr(0, equals);
    const OptionModel* option = find(name);
    if (option == nullptr) {
      unknown_options_ = true;
      const std::string near = nearest(name, known_options());
      say(fmt::format("there is no option {}{}", name,
                      near.empty() ? "" : fmt::format("; did you mean '{}'?", near)));
      return 0;
    }
    if (option->is_flag()) return 0;
    const bool inside = equals != std::string::npos;
    if (!inside && next == nullptr) {
      say(fmt::format("{} needs a value: {}", name, option->shown()));
      values_of(*option);
      return 0;
    }
    values_of(*option).push_back(inside ? word.substr(equals + 1) : *next);
    return inside ? 0 : 1;
  }

  [[nodiscard]] bool is_given(const OptionModel& option) const {
    return std::ranges::any_of(given_, [&](const auto& g) { return g.first == &option; });
  }

  std::vector<std::string>& values_of(const OptionModel& option) {
    for (auto& [known, values] : given_) {
      if (known == &option) return values;
    }
    return given_.emplace_back(&option, std::vector<std::string>{}).second;
  }

  void check_value(const std::string& name, const OptionModel& option, const std::string& value) {
    if (!option.choices.empty()) {
      if (std::ranges::find(option.choices, value) != option.choices.end()) return;
      say(fmt::format("{}: \"{}\" is not one of {}{}", name, value, fmt::join(option.choices, ", "),
                      hint(value, option.choices)));
    } else if (const std::string problem = option.problem(value); !problem.empty()) {
      say(fmt::format("{}: {}", name, problem));
    }
  }

  static std::string hint(const std::string& value, const std::vector<std::string>& choices) {
    const std::string near = nearest(value, choices);
    return near.empty() ? "" : fmt::format("; did you mean '{}'?", near);
  }

  void check_values() {
    for (const auto& [option, values] : given_) {
      const std::string& name = option->is_positional() ? option->value : option->names.back();
      if (values.size() > 1 && !option->repeatable) {
        say(fmt::format("{} is given {} times, but takes one value", name, values.size()));
      }
      for (const std::string& value : values) check_value(name, *option, value);
    }
  }

  void check_positionals() {
    if (command_ == nullptr) return;
    std::size_t next = 0;
    for (const OptionModel* option : command_->positionals()) {
      const std::size_t most = option->repeatable ? positionals_.size() : 1;
      for (std::size_t n = 0; n < most && next < positionals_.size(); ++n) {
        check_value(option->value, *option, positionals_[next++]);
        values_of(*option);
      }
    }
    // Behind an unknown option, a word may be its value.
    for (; next < positionals_.size() && !unknown_options_; ++next) {
      say(fmt::format("{} takes no further argument, but got \"{}\"", command_->name,
                      positionals_[next]));
    }
  }

  void check_presence() {
    if (!command_seen_) {
      say(fmt::format("a command is needed: {}", fmt::join(model_.command_names(), ", ")));
    }
    if (command_ == nullptr) return;
    for (const OptionModel& option : command_->options) {
      if (!option.required || is_given(option)) continue;
      say(fmt::format("{} needs {}", command_->name, option.shown()));
    }
  }

  const ProgramModel& model_;
  const CommandModel* command_ = nullptr;
  bool command_seen_ = false;
  bool unknown_options_ = false;
  std::vector<std::string> positionals_;
  std::vector<std::pair<const OptionModel*, std::vector<std::string>>> given_;  // as they came
  UsageMistakes found_;
};

}  // namespace

UsageMistakes mistakes_in(const std::vector<std::string>& words, const ProgramModel& model) {
  return UsageReader(model).read(words);
}

}  // namespace autoscale
