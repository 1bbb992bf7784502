#include "sim/report/task_comparison.h"

#include "sim/report/metrics.h"

namespace autoscale {

TaskComparison compare_over_tasks(const PairedRuns& paired, std::size_t resamples) {
  TaskComparison comparison{.result = paired.result, .rows = {}, .notes = paired.notes};
  for (const auto& [metric, baseline, policy, runs] : paired.rows) {
    comparison.rows.push_back({metric, baseline, policy, task_means(runs),
                               run_statistics(runs, better_of(metric), resamples)});
  }
  return comparison;
}

}  // namespace autoscale
