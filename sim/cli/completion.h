// Completion scripts, from the declarations that parse the command line. Names of scenarios and
// policies are asked of the program when they are needed.
#pragma once

#include <string>

#include "sim/cli/command_model.h"

namespace autoscale {

[[nodiscard]] std::string bash_completion(const ProgramModel& model);
[[nodiscard]] std::string zsh_completion(const ProgramModel& model);

}  // namespace autoscale
