// What two policies of a result did in the same tasks. A task is one network in one scenario on one phone,
// a run is one replication of a task; replication i of both policies met the same world.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "sim/base/diagnostics.h"
#include "sim/report/result_set.h"

namespace autoscale {

// One vector per task, one value per replication: [task][replication].
using TaskValues = std::vector<std::vector<std::optional<double>>>;

// A metric of two policies in the tasks of which every replication is defined on both sides.
struct TaskRuns {
  std::size_t tasks = 0;
  std::size_t left_out = 0;  // tasks of which a replication is not defined on one side
  std::size_t replications = 0;
  std::vector<double> baseline;  // [task * replications + replication]
  std::vector<double> other;     // the same

  // Only then do runs have ratios: there is one, and all values are above 0.
  [[nodiscard]] bool have_ratios() const;
};

// Precondition: equal shapes, every task with the same number of replications.
[[nodiscard]] TaskRuns defined_runs(const TaskValues& baseline, const TaskValues& other);

struct PolicyRuns {
  std::string metric;
  std::string baseline;  // policy
  std::string policy;
  TaskRuns runs;
};

struct PairedRuns {
  std::string result;            // ResultSet::name
  std::vector<PolicyRuns> rows;  // metrics in the order asked for, policies in that of the result
  std::vector<std::string> notes;
};

// Every policy of the result against one of them ("": its first), over all scenarios and networks that both
// have. Reports a baseline or metrics that are not there, tasks whose replications differ, and a result
// without a common task; without reports there is a row.
[[nodiscard]] PairedRuns pair_over_tasks(const ResultSet& result, const std::string& baseline,
                                         const std::vector<std::string>& metrics,
                                         Diagnostics& diagnostics);

}  // namespace autoscale
