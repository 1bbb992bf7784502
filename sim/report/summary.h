// What an experiment says: every metric per policy, group of workloads and replication, with its
// mean and 95 % interval. Tables, JSON and CSV are written from this.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "sim/base/statistics.h"
#include "sim/experiment/experiment.h"

namespace autoscale {

struct MetricValues {
  std::vector<std::optional<double>> by_replication;
  MeanInterval over_replications;  // over those in which the metric is defined
};

// Name and share of the requests of all replications, the greatest first.
using Shares = std::vector<std::pair<std::string, double>>;

struct GroupSummary {
  std::string network;                // "all", or the network of one workload
  std::vector<MetricValues> metrics;  // as in metrics()
  Shares targets;
  Shares places;

  [[nodiscard]] const MetricValues& metric(std::string_view name) const;
};

struct PolicySummary {
  std::string name;
  std::string policy;
  std::vector<GroupSummary> groups;  // "all" first, then each workload

  [[nodiscard]] const GroupSummary& all() const { return groups.front(); }
};

struct Summary {
  std::string scenario;
  std::string device;
  std::uint64_t seed = 1;
  std::uint32_t replications = 1;                  // how many
  std::vector<std::uint32_t> replication_numbers;  // which, in the order of by_replication
  std::vector<PolicySummary> policies;
};

// "all", and the others with `by_network`.
[[nodiscard]] std::span<const GroupSummary> groups_of(const PolicySummary& policy, bool by_network);

// Which groups a summary has: where only "all" is shown, the others need not be worked out.
enum class Groups : unsigned char { kOnlyAll, kByNetwork };

// Precondition: every run of `result` is done (keep_finished_replications).
Summary summarise(const World& world, const ExperimentResult& result, std::uint64_t seed,
                  std::uint32_t replications, Groups groups = Groups::kByNetwork);

// One name per workload: its network, with "#2", "#3" where a network is used again.
std::vector<std::string> workload_names(const Scenario& scenario);

}  // namespace autoscale
