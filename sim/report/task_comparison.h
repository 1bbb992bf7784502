// Policies against a baseline over many tasks: what `compare --over-tasks` computes.
#pragma once

#include <string>
#include <vector>

#include "sim/report/run_statistics.h"
#include "sim/report/task_means.h"
#include "sim/report/task_runs.h"

namespace autoscale {

struct TaskRow {
  std::string metric;
  std::string baseline;  // policy
  std::string policy;
  TaskMeans means;
  RunStatistics statistics;
};

struct TaskComparison {
  std::string result;         // ResultSet::name
  std::vector<TaskRow> rows;  // as PairedRuns::rows
  std::vector<std::string> notes;
};

[[nodiscard]] TaskComparison compare_over_tasks(const PairedRuns& paired,
                                                std::size_t resamples = kResamples);

}  // namespace autoscale
