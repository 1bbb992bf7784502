// A policy against a baseline over many tasks. A task is one network in one scenario on one phone. Within a
// replication the tasks are averaged; intervals are over replications, so they say how sure the average
// over *these* tasks is, not what other tasks would give. docs/statistics.md says more.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "sim/base/diagnostics.h"
#include "sim/base/statistics.h"
#include "sim/report/comparison.h"
#include "sim/report/result_set.h"

namespace autoscale {

struct TaskMeans {
  std::size_t tasks = 0;
  std::size_t left_out = 0;  // tasks of which a replication is not defined on one side
  std::size_t pairs = 0;     // replications
  MeanInterval baseline;     // of the mean over tasks, Student's t over replications
  MeanInterval other;        // the same
  MeanInterval difference;   // other - baseline
  // Means over tasks of other / baseline, and sum over tasks / sum over tasks; only when all values
  // are above 0.
  RatioInterval geometric;
  MeanInterval arithmetic;
  RatioInterval totals;
};

// One vector per task, one value per replication: [task][replication]. Precondition: equal shapes, every
// task with the same number of replications.
using TaskValues = std::vector<std::vector<std::optional<double>>>;
[[nodiscard]] TaskMeans task_means(const TaskValues& baseline, const TaskValues& other);

struct TaskRow {
  std::string metric;
  std::string baseline;  // policy
  std::string policy;
  TaskMeans means;
};

struct TaskComparison {
  std::string result;  // ResultSet::name
  std::vector<TaskRow> rows;
  std::vector<std::string> notes;
};

// Every policy of the result against one of them ("": its first), over all scenarios and networks that both
// have. Reports a baseline or metrics that are not there, and tasks whose replications differ.
[[nodiscard]] TaskComparison compare_over_tasks(const ResultSet& result,
                                                const std::string& baseline,
                                                const std::vector<std::string>& metrics,
                                                Diagnostics& diagnostics);

}  // namespace autoscale
