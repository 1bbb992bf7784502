#include "sim/report/task_runs.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "sim/base/check.h"
#include "sim/config/place.h"

namespace autoscale {
namespace {

constexpr std::string_view kAllNetworks = "all";

using Task = std::pair<std::string, std::string>;  // scenario, network
using Replications = std::map<std::uint64_t, const ResultRow*>;
using Tasks = std::map<Task, Replications>;

Tasks tasks_of(const ResultSet& result, const std::string& policy) {
  Tasks tasks;
  for (const ResultRow& row : result.rows) {
    if (row.policy != policy || row.network == kAllNetworks) continue;
    tasks[{row.scenario, row.network}][row.replication] = &row;
  }
  return tasks;
}

bool same_replications(const Replications& a, const Replications& b) {
  return std::ranges::equal(a, b, {}, &Replications::value_type::first,
                            &Replications::value_type::first);
}

std::vector<std::optional<double>> values_of(const Replications& rows, std::size_t metric) {
  std::vector<std::optional<double>> values;
  for (const auto& [replication, row] : rows) values.push_back(row->values[metric]);
  return values;
}

bool all_defined(const std::vector<std::optional<double>>& values) {
  return std::ranges::all_of(values, [](const auto& v) { return v.has_value(); });
}

// The tasks that a policy shares with the baseline; reports those of other replications.
class Sharing {
 public:
  Sharing(const ResultSet& result, std::string policy, const Tasks& baseline,
          Diagnostics& diagnostics)
      : policy_(std::move(policy)), baseline_(baseline), tasks_(tasks_of(result, policy_)) {
    for (const auto& [task, rows] : tasks_) {
      const auto theirs = baseline.find(task);
      if (theirs == baseline.end()) continue;
      if (same_replications(rows, theirs->second) &&
          same_replications(rows, baseline.begin()->second)) {
        shared_.push_back(task);
        continue;
      }
      diagnostics.add({result.name, "",
                       fmt::format("policy \"{}\", network \"{}\" in scenario '{}' has not the "
                                   "replications of the other tasks",
                                   policy_, task.second, task.first),
                       "run all with the same --replications"});
    }
  }

  [[nodiscard]] TaskRuns runs(std::size_t metric) const {
    TaskValues theirs;
    TaskValues ours;
    for (const Task& task : shared_) {
      theirs.push_back(values_of(baseline_.get().at(task), metric));
      ours.push_back(values_of(tasks_.at(task), metric));
    }
    return defined_runs(theirs, ours);
  }

  [[nodiscard]] bool empty() const { return shared_.empty(); }
  [[nodiscard]] const std::string& policy() const { return policy_; }

  // Tasks that only one side has.
  void add_notes(std::vector<std::string>& notes) const {
    const std::size_t missing = baseline_.get().size() - shared_.size();
    const std::size_t extra = tasks_.size() - shared_.size();
    if (missing + extra == 0) return;
    notes.push_back(
        fmt::format("policy \"{}\" has {} of the baseline's {} tasks{}", policy_, shared_.size(),
                    baseline_.get().size(),
                    extra == 0 ? "" : fmt::format(", and {} that the baseline lacks", extra)));
  }

 private:
  std::string policy_;
  std::reference_wrapper<const Tasks> baseline_;
  Tasks tasks_;
  std::vector<Task> shared_;
};

void check_names(const ResultSet& result, const std::string& baseline,
                 const std::vector<std::string>& metrics, Diagnostics& diagnostics) {
  const std::vector<std::string> policies = result.policies();
  if (std::ranges::find(policies, baseline) == policies.end()) {
    diagnostics.add({"--baseline", "",
                     fmt::format("\"{}\" has no policy \"{}\"", result.name, baseline),
                     suggestion(baseline, policies, "policies")});
  }
  for (const std::string& metric : metrics) {
    if (result.metric(metric)) continue;
    diagnostics.add({result.name, "", fmt::format("there is no metric \"{}\"", metric),
                     suggestion(metric, result.metrics, "metrics")});
  }
}

}  // namespace

bool TaskRuns::have_ratios() const {
  const auto positive = [](double v) { return v > 0.0; };
  return tasks > 0 && std::ranges::all_of(baseline, positive) &&
         std::ranges::all_of(other, positive);
}

TaskRuns defined_runs(const TaskValues& baseline, const TaskValues& other) {
  AUTOSCALE_CHECK(baseline.size() == other.size(), "tasks are paired");
  TaskRuns runs;
  if (!baseline.empty()) runs.replications = baseline.front().size();
  for (std::size_t t = 0; t < baseline.size(); ++t) {
    AUTOSCALE_CHECK(baseline[t].size() == runs.replications && other[t].size() == runs.replications,
                    "every task has the same replications");
    if (!all_defined(baseline[t]) || !all_defined(other[t])) continue;
    ++runs.tasks;
    for (const auto& value : baseline[t]) runs.baseline.push_back(*value);
    for (const auto& value : other[t]) runs.other.push_back(*value);
  }
  runs.left_out = baseline.size() - runs.tasks;
  return runs;
}

PairedRuns pair_over_tasks(const ResultSet& result, const std::string& baseline,
                           const std::vector<std::string>& metrics, Diagnostics& diagnostics) {
  PairedRuns paired;
  paired.result = result.name;
  const std::vector<std::string> policies = result.policies();
  const std::string chosen = baseline.empty() ? policies.front() : baseline;
  check_names(result, chosen, metrics, diagnostics);
  if (!diagnostics.empty()) return paired;
  const Tasks theirs = tasks_of(result, chosen);
  std::vector<Sharing> others;
  for (const std::string& policy : policies) {
    if (policy == chosen) continue;
    Sharing sharing(result, policy, theirs, diagnostics);
    sharing.add_notes(paired.notes);
    if (!sharing.empty()) others.push_back(std::move(sharing));
  }
  for (const std::string& metric : metrics) {
    const std::size_t column = *result.metric(metric);
    for (const Sharing& other : others) {
      paired.rows.push_back({metric, chosen, other.policy(), other.runs(column)});
    }
  }
  if (paired.rows.empty() && diagnostics.empty()) {
    diagnostics.add({result.name, "",
                     fmt::format("holds no network that \"{}\" and another policy have", chosen),
                     "run with more policies"});
  }
  return paired;
}

}  // namespace autoscale
