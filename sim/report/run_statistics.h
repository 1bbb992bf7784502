// Figures over all runs of all tasks, which no single task or replication can carry off, with intervals of the
// stratified bootstrap: within a task, pairs of runs of the same replication are resampled. As Agarwal et al.,
// Deep Reinforcement Learning at the Edge of the Statistical Precipice, NeurIPS 2021, and rliable, its code.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "sim/base/bootstrap.h"
#include "sim/report/metrics.h"
#include "sim/report/task_runs.h"

namespace autoscale {

// Values of runs by rank, so that a resample needs no sorting.
struct RankedValues {
  std::vector<double> ascending;    // each value once
  std::vector<std::uint32_t> rank;  // of each run, in `ascending`
};
[[nodiscard]] RankedValues ranked(std::span<const double> values);

// other / baseline of each run. Precondition: the runs have ratios.
[[nodiscard]] std::vector<double> ratios_of(const TaskRuns& runs);

// How often each rank occurs when run i occurs counts[i] times.
void count_ranks(std::span<const std::uint32_t> rank, Counts counts,
                 std::span<std::uint32_t> occurrences);

// Mean of a sample without its floor(n/4) smallest and floor(n/4) greatest values: whole values are cut, as
// scipy.stats.trim_mean(x, 0.25) does. ascending[i] occurs occurrences[i] times. Precondition: n > 0.
[[nodiscard]] double interquartile_mean(std::span<const double> ascending, Counts occurrences);

struct RunStatistics {
  BootstrapInterval iqm;  // of other / baseline; only when all values are above 0
  // Mean over tasks of U / n^2 (Mann and Whitney 1947): the chance that a run of the policy is better than
  // one of the baseline, any two of a task; a tie counts 1/2. Not of metrics without a direction.
  BootstrapInterval improvement;
  // The same of runs of the same replication, which met the same world: mean over tasks of the share of
  // pairs that are better.
  BootstrapInterval paired_improvement;
};

// Nothing is defined without a task, and no interval of one replication.
[[nodiscard]] RunStatistics run_statistics(const TaskRuns& runs, Better better,
                                           std::size_t resamples = kResamples);

}  // namespace autoscale
