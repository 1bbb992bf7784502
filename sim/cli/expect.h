// run --expect: what was expected, read before the run; the verdict after it.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "sim/cli/commands.h"
#include "sim/cli/scenario_arguments.h"
#include "sim/report/expectation.h"

namespace autoscale {

class Expectation {
 public:
  // Reads the golden file. Throws InputError when it is not there, is none, or holds none of the scenarios.
  // `command` is what was typed: it says how to make the file and how to run again.
  Expectation(std::string file, double tolerance, std::vector<std::string> command,
              const Worlds& worlds);

  // Tells on stderr what moved, or, unless `quiet`, that nothing did. `reports` are what --format json
  // prints, one per scenario. Returns the exit code.
  [[nodiscard]] int check(std::span<const std::string> reports, bool quiet) const;

 private:
  std::string file_;
  double tolerance_;
  std::vector<std::string> command_;
  std::vector<ReportedFigure> figures_;
};

}  // namespace autoscale
