// What a result was made from and by, so that it can be made again; and, apart from it, what no
// second run will repeat.
#pragma once

#include <string>
#include <vector>

#include "sim/config/data_path.h"
#include "sim/config/json_access.h"
#include "sim/experiment/experiment.h"

namespace autoscale {

struct RunDescription {
  std::vector<std::string> command;  // as typed, the program's folder left out
  unsigned jobs = 1;
  Evaluation evaluation = Evaluation::kFrozen;
  std::uint32_t finished_replications =
      0;  // by every policy; fewer than asked for when interrupted
};

// Members "program" to "build_type": which program wrote a result.
void describe_program(Json& object);

// manifest.json: program, command, effective scenario, and a fingerprint of every file read.
[[nodiscard]] std::string manifest_json(const World& world, const DataPath& data,
                                        const RunDescription& run);

// timing.json: wall-clock times of this machine, and the number of jobs.
[[nodiscard]] std::string timing_json(const ExperimentResult& result, const RunDescription& run);

}  // namespace autoscale
