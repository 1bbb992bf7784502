// Means over tasks. Within a replication the tasks are averaged; intervals are over replications, so they say
// how sure the average over *these* tasks is, not what other tasks would give. docs/statistics.md says more.
#pragma once

#include <cstddef>

#include "sim/base/statistics.h"
#include "sim/report/task_runs.h"

namespace autoscale {

struct TaskMeans {
  std::size_t tasks = 0;
  std::size_t left_out = 0;  // as TaskRuns::left_out
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

[[nodiscard]] TaskMeans task_means(const TaskRuns& runs);

}  // namespace autoscale
