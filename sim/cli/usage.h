// What is wrong with a command line: everything at once, each with what may have been meant.
#pragma once

#include <string>
#include <vector>

#include "sim/cli/command_model.h"

namespace autoscale {

struct UsageMistakes {
  std::vector<std::string> messages;
  std::string command;  // the command that was meant, as far as can be told, or ""
};

// `words` begins with the program's name.
[[nodiscard]] UsageMistakes mistakes_in(const std::vector<std::string>& words,
                                        const ProgramModel& model);

}  // namespace autoscale
