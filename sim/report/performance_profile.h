// Performance profiles (Dolan and More, Mathematical Programming 2002; of runs, with a bootstrapped band, as
// Agarwal et al., NeurIPS 2021): the share of all runs of all tasks whose ratio to the baseline is at most tau.
// What means hide, such as a few tasks that became much worse, stands in the curve.
#pragma once

#include <array>
#include <span>
#include <string>
#include <vector>

#include "sim/base/bootstrap.h"
#include "sim/base/diagnostics.h"
#include "sim/report/task_runs.h"

namespace autoscale {

// Ratios that people ask for; every grid holds them.
inline constexpr std::array kProfileMarks{0.5, 0.8, 0.9, 1.0, 1.1, 1.25, 2.0};

// Ascending, each once: 50 points from the least to the greatest ratio, evenly spaced by logarithm, and the
// marks. Precondition: 0 < least <= greatest.
[[nodiscard]] std::vector<double> profile_grid(double least, double greatest);

// Of each tau, the share of runs with other / baseline <= tau; its interval is pointwise, so that of many taus
// one in twenty lies outside. Precondition: the runs have ratios, taus ascend, there is one.
[[nodiscard]] std::vector<BootstrapInterval> performance_profile(
    const TaskRuns& runs, std::span<const double> taus, std::size_t resamples = kResamples);

struct ProfilePoint {
  std::string metric;
  std::string baseline;  // policy
  std::string policy;
  double tau = 0.0;
  BootstrapInterval share;
};

struct Profiles {
  std::string result;              // ResultSet::name
  std::vector<ProfilePoint> rows;  // all taus of a policy and metric one after the other
  std::vector<std::string> notes;
};

// Of every policy and metric, at the same taus for all policies of a metric. Those without ratios are left
// out with a note; reports when all are, else there is a row.
[[nodiscard]] Profiles profile_over_tasks(const PairedRuns& paired, std::size_t resamples,
                                          Diagnostics& diagnostics);

}  // namespace autoscale
