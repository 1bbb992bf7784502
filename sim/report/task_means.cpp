#include "sim/report/task_means.h"

#include <cmath>
#include <vector>

namespace autoscale {
namespace {

// Over the tasks of one replication.
struct Sums {
  double baseline = 0.0;
  double other = 0.0;
  double ratios = 0.0;
  double logs = 0.0;
};

std::vector<Sums> sums_of(const TaskRuns& runs, bool ratios) {
  std::vector<Sums> sums(runs.replications);
  for (std::size_t i = 0; i < runs.baseline.size(); ++i) {
    Sums& sum = sums[i % runs.replications];
    sum.baseline += runs.baseline[i];
    sum.other += runs.other[i];
    if (!ratios) continue;
    sum.ratios += runs.other[i] / runs.baseline[i];
    sum.logs += std::log(runs.other[i] / runs.baseline[i]);
  }
  return sums;
}

}  // namespace

TaskMeans task_means(const TaskRuns& runs) {
  TaskMeans means;
  means.tasks = runs.tasks;
  means.left_out = runs.left_out;
  means.pairs = runs.replications;
  if (runs.tasks == 0) return means;
  const auto n = static_cast<double>(runs.tasks);
  std::vector<double> baseline;
  std::vector<double> other;
  std::vector<double> differences;
  std::vector<double> geometric;
  std::vector<double> arithmetic;
  for (const Sums& s : sums_of(runs, runs.have_ratios())) {
    baseline.push_back(s.baseline / n);
    other.push_back(s.other / n);
    differences.push_back((s.other - s.baseline) / n);
    geometric.push_back(std::exp(s.logs / n));
    arithmetic.push_back(s.ratios / n);
  }
  means.baseline = mean_interval(baseline);
  means.other = mean_interval(other);
  means.difference = mean_interval(differences);
  if (!runs.have_ratios()) return means;
  const std::vector<double> ones(runs.replications, 1.0);
  means.geometric = paired_ratio(geometric, ones);
  means.arithmetic = mean_interval(arithmetic);
  means.totals = paired_ratio(other, baseline);
  return means;
}

}  // namespace autoscale
