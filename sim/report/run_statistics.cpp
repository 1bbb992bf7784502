#include "sim/report/run_statistics.h"

#include <algorithm>
#include <numeric>

namespace autoscale {
namespace {

BootstrapInterval bootstrapped_iqm(const TaskRuns& runs, std::size_t resamples) {
  const RankedValues ratios = ranked(ratios_of(runs));
  std::vector<std::uint32_t> occurrences(ratios.ascending.size());
  const auto iqm = [&](Counts counts, std::span<double> figures) {
    count_ranks(ratios.rank, counts, occurrences);
    figures[0] = interquartile_mean(ratios.ascending, occurrences);
  };
  return stratified_bootstrap(runs.tasks, runs.replications, 1, iqm, resamples).front();
}

// Ranks of both sides' values among those of their task, counted on from task to task.
struct TaskRanks {
  std::vector<std::uint32_t> baseline;  // of each run
  std::vector<std::uint32_t> other;
  std::vector<std::size_t> end;  // of each task
};

TaskRanks ranks_within_tasks(const TaskRuns& runs) {
  TaskRanks ranks;
  std::uint32_t begin = 0;
  for (std::size_t t = 0; t < runs.tasks; ++t) {
    const auto of_task = [&](const std::vector<double>& values) {
      return std::span(values).subspan(t * runs.replications, runs.replications);
    };
    const auto baseline = of_task(runs.baseline);
    std::vector<double> both(baseline.begin(), baseline.end());
    const auto other = of_task(runs.other);
    both.insert(both.end(), other.begin(), other.end());
    const RankedValues values = ranked(both);
    for (std::size_t i = 0; i < both.size(); ++i) {
      auto& side = i < runs.replications ? ranks.baseline : ranks.other;
      side.push_back(begin + values.rank[i]);
    }
    begin += static_cast<std::uint32_t>(values.ascending.size());
    ranks.end.push_back(begin);
  }
  return ranks;
}

// Twice the U of every task, summed: of all pairs within tasks, 2 where the other is below the baseline and
// 1 where they tie.
std::uint64_t twice_u(std::span<const std::size_t> end, std::uint64_t replications,
                      std::span<const std::uint32_t> baseline,
                      std::span<const std::uint32_t> other) {
  std::uint64_t wins = 0;
  std::size_t rank = 0;
  for (const std::size_t task_end : end) {
    std::uint64_t above = replications;  // runs of the baseline
    for (; rank < task_end; ++rank) {
      above -= baseline[rank];
      wins += other[rank] * (2 * above + baseline[rank]);
    }
  }
  return wins;
}

// Of each pair, 2 where the other is below the baseline, 1 where they tie.
std::vector<std::uint32_t> pair_wins(const TaskRuns& runs) {
  std::vector<std::uint32_t> wins;
  for (std::size_t i = 0; i < runs.baseline.size(); ++i) {
    const bool below = runs.other[i] < runs.baseline[i];
    const bool tie = runs.other[i] == runs.baseline[i];
    wins.push_back(below ? 2 : (tie ? 1 : 0));
  }
  return wins;
}

// The probability of improvement, and that of pairs.
std::vector<BootstrapInterval> bootstrapped_improvement(const TaskRuns& runs, Better better,
                                                        std::size_t resamples) {
  const TaskRanks ranks = ranks_within_tasks(runs);
  const std::vector<std::uint32_t> pairs = pair_wins(runs);
  std::vector<std::uint32_t> baseline(ranks.end.back());
  std::vector<std::uint32_t> other(ranks.end.back());
  const std::uint64_t all_pairs = 2 * pairs.size();
  const std::uint64_t all = all_pairs * runs.replications;
  const auto share = [better](std::uint64_t below, std::uint64_t of) {
    const std::uint64_t wins = better == Better::kLower ? below : of - below;
    return static_cast<double>(wins) / static_cast<double>(of);
  };
  const auto improvement = [&](Counts counts, std::span<double> figures) {
    count_ranks(ranks.baseline, counts, baseline);
    count_ranks(ranks.other, counts, other);
    figures[0] = share(twice_u(ranks.end, runs.replications, baseline, other), all);
    const std::uint64_t below =
        std::inner_product(counts.begin(), counts.end(), pairs.begin(), std::uint64_t{0});
    figures[1] = share(below, all_pairs);
  };
  return stratified_bootstrap(runs.tasks, runs.replications, 2, improvement, resamples);
}

}  // namespace

RankedValues ranked(std::span<const double> values) {
  RankedValues result;
  result.ascending.assign(values.begin(), values.end());
  std::ranges::sort(result.ascending);
  result.ascending.erase(std::unique(result.ascending.begin(), result.ascending.end()),
                         result.ascending.end());
  for (const double value : values) {
    const auto place = std::ranges::lower_bound(result.ascending, value);
    result.rank.push_back(static_cast<std::uint32_t>(place - result.ascending.begin()));
  }
  return result;
}

std::vector<double> ratios_of(const TaskRuns& runs) {
  std::vector<double> ratios;
  for (std::size_t i = 0; i < runs.baseline.size(); ++i) {
    ratios.push_back(runs.other[i] / runs.baseline[i]);
  }
  return ratios;
}

void count_ranks(std::span<const std::uint32_t> rank, Counts counts,
                 std::span<std::uint32_t> occurrences) {
  std::ranges::fill(occurrences, 0U);
  for (std::size_t i = 0; i < rank.size(); ++i) occurrences[rank[i]] += counts[i];
}

double interquartile_mean(std::span<const double> ascending, Counts occurrences) {
  const std::uint64_t n = std::accumulate(occurrences.begin(), occurrences.end(), std::uint64_t{0});
  const std::uint64_t cut = n / 4;
  double sum = 0.0;
  std::uint64_t seen = 0;
  for (std::size_t i = 0; i < ascending.size(); ++i) {
    const std::uint64_t begin = std::max(seen, cut);
    seen += occurrences[i];
    const std::uint64_t end = std::min(seen, n - cut);
    if (begin < end) sum += static_cast<double>(end - begin) * ascending[i];
  }
  return sum / static_cast<double>(n - 2 * cut);
}

RunStatistics run_statistics(const TaskRuns& runs, Better better, std::size_t resamples) {
  RunStatistics statistics;
  if (runs.have_ratios()) statistics.iqm = bootstrapped_iqm(runs, resamples);
  if (runs.tasks == 0 || better == Better::kNeither) return statistics;
  const auto improvement = bootstrapped_improvement(runs, better, resamples);
  statistics.improvement = improvement[0];
  statistics.paired_improvement = improvement[1];
  return statistics;
}

}  // namespace autoscale
