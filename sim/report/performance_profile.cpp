#include "sim/report/performance_profile.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "sim/report/run_statistics.h"

namespace autoscale {
namespace {

constexpr int kGridPoints = 50;

// Of all policies that have ratios of this metric; empty when none has.
std::vector<double> common_grid(const PairedRuns& paired, const std::string& metric) {
  double least = std::numeric_limits<double>::infinity();
  double greatest = 0.0;
  for (const PolicyRuns& row : paired.rows) {
    if (row.metric != metric || !row.runs.have_ratios()) continue;
    const std::vector<double> ratios = ratios_of(row.runs);
    const auto [low, high] = std::ranges::minmax_element(ratios);
    least = std::min(least, *low);
    greatest = std::max(greatest, *high);
  }
  return greatest > 0.0 ? profile_grid(least, greatest) : std::vector<double>{};
}

void add_notes(const PolicyRuns& row, std::vector<std::string>& notes) {
  if (row.runs.left_out > 0) {
    notes.push_back(
        fmt::format("{} of policy \"{}\": {} of {} tasks left out, not defined in some replication",
                    row.metric, row.policy, row.runs.left_out, row.runs.left_out + row.runs.tasks));
  }
  if (row.runs.tasks > 0 && !row.runs.have_ratios()) {
    notes.push_back(
        fmt::format("{} of policy \"{}\" has no profile: ratios need values above 0 on both sides",
                    row.metric, row.policy));
  }
}

void add_points(const PolicyRuns& row, std::span<const double> taus, std::size_t resamples,
                std::vector<ProfilePoint>& points) {
  const std::vector<BootstrapInterval> shares = performance_profile(row.runs, taus, resamples);
  for (std::size_t i = 0; i < taus.size(); ++i) {
    points.push_back({row.metric, row.baseline, row.policy, taus[i], shares[i]});
  }
}

}  // namespace

std::vector<double> profile_grid(double least, double greatest) {
  std::vector<double> taus(kProfileMarks.begin(), kProfileMarks.end());
  taus.push_back(least);
  taus.push_back(greatest);
  const double step = (std::log(greatest) - std::log(least)) / (kGridPoints - 1);
  for (int i = 1; i + 1 < kGridPoints; ++i) {
    taus.push_back(std::clamp(std::exp(std::log(least) + i * step), least, greatest));
  }
  return ranked(taus).ascending;
}

std::vector<BootstrapInterval> performance_profile(const TaskRuns& runs,
                                                   std::span<const double> taus,
                                                   std::size_t resamples) {
  const RankedValues ratios = ranked(ratios_of(runs));
  std::vector<std::uint32_t> occurrences(ratios.ascending.size());
  const auto shares = [&](Counts counts, std::span<double> figures) {
    count_ranks(ratios.rank, counts, occurrences);
    std::uint64_t seen = 0;
    std::size_t rank = 0;
    for (std::size_t i = 0; i < taus.size(); ++i) {
      for (; rank < occurrences.size() && ratios.ascending[rank] <= taus[i]; ++rank) {
        seen += occurrences[rank];
      }
      figures[i] = static_cast<double>(seen) / static_cast<double>(counts.size());
    }
  };
  return stratified_bootstrap(runs.tasks, runs.replications, taus.size(), shares, resamples);
}

Profiles profile_over_tasks(const PairedRuns& paired, std::size_t resamples,
                            Diagnostics& diagnostics) {
  Profiles profiles{.result = paired.result, .rows = {}, .notes = paired.notes};
  std::string metric;
  std::vector<double> taus;
  for (const PolicyRuns& row : paired.rows) {
    if (row.metric != metric) {
      metric = row.metric;
      taus = common_grid(paired, metric);
    }
    add_notes(row, profiles.notes);
    if (row.runs.have_ratios()) add_points(row, taus, resamples, profiles.rows);
  }
  if (profiles.rows.empty()) {
    diagnostics.add({paired.result, "",
                     "no metric has a profile: each has a value that is not above 0, or is not "
                     "defined in any task",
                     "choose another with --metric"});
  }
  return profiles;
}

}  // namespace autoscale
