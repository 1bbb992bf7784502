#include "sim/report/summary.h"

#include <algorithm>
#include <map>
#include <span>

#include <fmt/format.h>

#include "sim/report/metrics.h"
#include "sim/report/target_names.h"

namespace autoscale {
namespace {

using Samples = std::vector<MetricSample>;  // [replication]

MetricValues values_of(const Metric& metric, const Samples& samples) {
  MetricValues values;
  std::vector<double> defined;
  for (const MetricSample& sample : samples) {
    const std::optional<double> value = metric.value(sample);
    values.by_replication.push_back(value);
    if (value) defined.push_back(*value);
  }
  values.over_replications = mean_interval(defined);
  return values;
}

// Greatest first; equal shares keep the order of their names.
Shares shares_of(const std::map<std::string, std::uint64_t>& counts) {
  std::uint64_t total = 0;
  for (const auto& [name, count] : counts) total += count;
  Shares shares;
  for (const auto& [name, count] : counts) {
    if (count == 0) continue;
    shares.emplace_back(name, static_cast<double>(count) / static_cast<double>(total));
  }
  std::ranges::stable_sort(shares, std::ranges::greater{}, &Shares::value_type::second);
  return shares;
}

GroupSummary summarise_group(std::string network, const Samples& samples,
                             std::span<const Target> targets) {
  GroupSummary group;
  group.network = std::move(network);
  for (const Metric& metric : metrics()) group.metrics.push_back(values_of(metric, samples));
  std::map<std::string, std::uint64_t> by_target;
  std::map<std::string, std::uint64_t> by_place;
  std::vector<std::uint64_t> counts(targets.size() + 1);  // the last: partitioned
  for (const MetricSample& sample : samples) {
    const auto& of_sample = sample.tally().target_counts;
    for (std::size_t t = 0; t < targets.size(); ++t) counts[t] += of_sample[t];
    counts.back() += of_sample.back();
  }
  for (std::size_t t = 0; t < targets.size(); ++t) {
    if (counts[t] == 0) continue;
    by_target[targets[t].name] += counts[t];
    by_place[targets[t].place] += counts[t];
  }
  by_target[std::string(kPartitionedName)] += counts.back();
  by_place[std::string(kPartitionedName)] += counts.back();
  group.targets = shares_of(by_target);
  group.places = shares_of(by_place);
  return group;
}

// Samples of workloads [first, last) of every replication.
Samples samples_of(const PolicyResult& policy, std::size_t first, std::size_t last) {
  Samples samples;
  for (const PolicyRun& run : policy.runs) {
    MetricSample sample(run.policy_bytes);
    for (std::size_t w = first; w < last; ++w) sample.add(run.result.workloads[w]);
    sample.close();
    samples.push_back(std::move(sample));
  }
  return samples;
}

// The same of all workloads, with what the phone did in each run.
Samples samples_of_all(const PolicyResult& policy, std::size_t workloads,
                       const std::optional<BatteryProfile>& battery) {
  Samples samples = samples_of(policy, 0, workloads);
  for (std::size_t r = 0; r < samples.size(); ++r) {
    const RunResult& run = policy.runs[r].result;
    samples[r].set_phone(
        {.energy_mj = run.phone_total.total(),
         .duration_ms = to_millis(run.end - SimTime{}).value,
         .highest_c = run.highest_c,
         .battery_wh = battery ? std::optional(battery->energy_wh()) : std::nullopt});
  }
  return samples;
}

PolicySummary summarise_policy(const PolicyResult& policy, const World& world,
                               std::span<const std::string> workloads, Groups groups) {
  const std::span<const Target> targets = world.table.targets;
  PolicySummary summary{policy.name, policy.policy, {}};
  summary.groups.push_back(summarise_group(
      "all", samples_of_all(policy, workloads.size(), world.inputs.device->battery), targets));
  if (groups == Groups::kOnlyAll) return summary;
  for (std::size_t w = 0; w < workloads.size(); ++w) {
    summary.groups.push_back(summarise_group(workloads[w], samples_of(policy, w, w + 1), targets));
  }
  return summary;
}

}  // namespace

const MetricValues& GroupSummary::metric(std::string_view name) const {
  return metrics[metric_index(name)];
}

std::vector<std::string> workload_names(const Scenario& scenario) {
  std::map<std::string, int> used;
  std::vector<std::string> names;
  for (const WorkloadSpec& w : scenario.workload) {
    const int n = ++used[w.network];
    names.push_back(n == 1 ? w.network : fmt::format("{}#{}", w.network, n));
  }
  return names;
}

std::span<const GroupSummary> groups_of(const PolicySummary& policy, bool by_network) {
  return std::span(policy.groups).first(by_network ? policy.groups.size() : 1);
}

Summary summarise(const World& world, const ExperimentResult& result, std::uint64_t seed,
                  std::uint32_t replications, Groups groups) {
  Summary summary;
  summary.scenario = world.scenario.name;
  summary.device = world.scenario.device;
  summary.seed = seed;
  summary.replications = replications;
  if (!result.policies.empty()) {
    for (const PolicyRun& run : result.policies.front().runs) {
      summary.replication_numbers.push_back(run.replication);
    }
  }
  const std::vector<std::string> workloads = workload_names(world.scenario);
  for (const PolicyResult& policy : result.policies) {
    summary.policies.push_back(summarise_policy(policy, world, workloads, groups));
  }
  return summary;
}

}  // namespace autoscale
