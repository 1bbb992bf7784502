#include "sim/report/comparison.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include <fmt/format.h>

#include "sim/base/check.h"
#include "sim/config/place.h"

namespace autoscale {
namespace {

constexpr std::string_view kAllNetworks = "all";

bool holds(const std::vector<std::string>& list, std::string_view name) {
  return std::ranges::find(list, name) != list.end();
}

// The rows of one policy in one scenario, by network and replication.
class PolicyRows {
 public:
  PolicyRows(const ResultSet& set, const std::string& scenario, std::string policy)
      : set_(&set), policy_(std::move(policy)) {
    for (const ResultRow& row : set.rows) {
      if (row.scenario != scenario || row.policy != policy_) continue;
      if (rows_.find(row.network) == rows_.end()) networks_.push_back(row.network);
      rows_[row.network][row.replication] = &row;
    }
  }

  using Replications = std::map<std::uint64_t, const ResultRow*>;
  [[nodiscard]] const Replications* of(const std::string& network) const {
    const auto found = rows_.find(network);
    return found == rows_.end() ? nullptr : &found->second;
  }
  [[nodiscard]] const std::vector<std::string>& networks() const { return networks_; }
  [[nodiscard]] bool empty() const { return rows_.empty(); }
  [[nodiscard]] const ResultSet& set() const { return *set_; }
  [[nodiscard]] Compared name() const { return {set_->name, policy_}; }

 private:
  const ResultSet* set_;
  std::string policy_;
  std::vector<std::string> networks_;
  std::map<std::string, Replications> rows_;
};

std::vector<std::optional<double>> values_of(const PolicyRows::Replications& rows, std::size_t m) {
  std::vector<std::optional<double>> values;
  for (const auto& [replication, row] : rows) values.push_back(row->values[m]);
  return values;
}

using Numbers = std::set<std::uint64_t>;

Numbers replications_of(const PolicyRows::Replications& rows) {
  Numbers numbers;
  for (const auto& [replication, row] : rows) numbers.insert(replication);
  return numbers;
}

Numbers replications_of(const ResultSet& set, const std::string& scenario) {
  Numbers numbers;
  for (const ResultRow& row : set.rows) {
    if (row.scenario == scenario) numbers.insert(row.replication);
  }
  return numbers;
}

// Whether `present`, of `set`, has every replication `wanted`; reports those that are missing `where`.
bool check_covers(const Numbers& wanted, const ResultSet& set, const Numbers& present,
                  const std::string& where, Diagnostics& diagnostics) {
  std::vector<std::uint64_t> missing;
  std::ranges::set_difference(wanted, present, std::back_inserter(missing));
  if (missing.empty()) return true;
  constexpr std::size_t kShown = 5;
  const auto shown = std::span(missing).first(std::min(kShown, missing.size()));
  diagnostics.add(
      {set.name, "",
       fmt::format("{} of the other's {} replications of {} {} missing: {}{}", missing.size(),
                   wanted.size(), where, missing.size() == 1 ? "is" : "are", fmt::join(shown, ", "),
                   missing.size() > kShown ? ", ..." : ""),
       "run both with the same --replications"});
  return false;
}

// Adds rows of a comparison, and reports what does not fit.
class Comparer {
 public:
  Comparer(const ComparisonOptions& options, Diagnostics& diagnostics)
      : options_(options), diagnostics_(diagnostics) {}

  void add(const std::string& scenario, const PolicyRows& baseline, const PolicyRows& other) {
    for (const std::string& network : baseline.networks()) {
      if (!options_.by_network && network != kAllNetworks) continue;
      const auto* theirs = baseline.of(network);
      const auto* ours = other.of(network);
      if (ours == nullptr) {
        note(fmt::format("\"{}\" has no network \"{}\" of policy \"{}\" in scenario '{}'",
                         other.set().name, network, other.name().policy, scenario));
      } else if (same_replications(scenario, network, baseline, other)) {
        add_metrics(scenario, network, baseline, other, *theirs, *ours);
      }
    }
  }

  void note(std::string text) {
    if (!holds(result_.notes, text)) result_.notes.push_back(std::move(text));
  }

  // Whether every metric asked for is there; reports those that are not.
  bool has_metrics(const ResultSet& set) {
    bool all = true;
    for (const std::string& metric : options_.metrics) {
      if (set.metric(metric)) continue;
      diagnostics_.add({set.name, "", fmt::format("there is no metric \"{}\"", metric),
                        suggestion(metric, set.metrics, "metrics")});
      all = false;
    }
    return all;
  }

  // Never empty without a reason.
  [[nodiscard]] Comparison result(const ResultSet& first) && {
    if (result_.rows.empty() && diagnostics_.empty()) {
      diagnostics_.add({first.name, "", "leaves nothing to compare",
                        fmt::format("{}", fmt::join(result_.notes, "; "))});
    }
    return std::move(result_);
  }

 private:
  void add_metrics(const std::string& scenario, const std::string& network,
                   const PolicyRows& baseline, const PolicyRows& other,
                   const PolicyRows::Replications& theirs, const PolicyRows::Replications& ours) {
    for (const std::string& metric : options_.metrics) {
      const auto a = values_of(theirs, *baseline.set().metric(metric));
      const auto b = values_of(ours, *other.set().metric(metric));
      result_.rows.push_back({scenario, network, metric, baseline.name(), other.name(),
                              paired_statistics(a, b, better_of(metric))});
    }
  }

  bool same_replications(const std::string& scenario, const std::string& network,
                         const PolicyRows& baseline, const PolicyRows& other) {
    const auto where = [&](const PolicyRows& rows) {
      return fmt::format("policy \"{}\", network \"{}\" in scenario '{}'", rows.name().policy,
                         network, scenario);
    };
    const auto theirs = replications_of(*baseline.of(network));
    const auto ours = replications_of(*other.of(network));
    const bool covers = check_covers(theirs, other.set(), ours, where(other), diagnostics_);
    return check_covers(ours, baseline.set(), theirs, where(baseline), diagnostics_) && covers;
  }

  const ComparisonOptions& options_;
  Diagnostics& diagnostics_;
  Comparison result_;
};

bool same_seed(const ResultSet& first, const ResultSet& other, Comparer& comparer,
               Diagnostics& diagnostics) {
  for (const ResultSet* set : {&first, &other}) {
    if (set->seed) continue;
    comparer.note(fmt::format(
        "\"{}\" has no manifest, so its seed is not known; taken to be the same", set->name));
  }
  if (!first.seed || !other.seed || first.seed == other.seed) return true;
  diagnostics.add(
      {other.name, "",
       fmt::format("is of seed {}, but \"{}\" of seed {}: their replications met different "
                   "worlds and are not paired",
                   *other.seed, first.name, *first.seed),
       "run both with the same --seed"});
  return false;
}

void note_unmatched(const ResultSet& has, const ResultSet& lacks, Comparer& comparer) {
  for (const std::string& scenario : has.scenarios()) {
    for (const std::string& policy : has.policies()) {
      if (PolicyRows(has, scenario, policy).empty()) continue;
      if (!PolicyRows(lacks, scenario, policy).empty()) continue;
      comparer.note(fmt::format("policy \"{}\" of scenario '{}' is in \"{}\" only", policy,
                                scenario, has.name));
    }
  }
}

// Every policy that both results have; whether there is one.
bool add_common(const ResultSet& first, const ResultSet& other, Comparer& comparer) {
  bool common = false;
  for (const std::string& scenario : first.scenarios()) {
    for (const std::string& policy : first.policies()) {
      const PolicyRows theirs(first, scenario, policy);
      const PolicyRows ours(other, scenario, policy);
      if (theirs.empty() || ours.empty()) continue;
      common = true;
      comparer.add(scenario, theirs, ours);
    }
  }
  return common;
}

void report_nothing_common(const ResultSet& first, const ResultSet& other,
                           Diagnostics& diagnostics) {
  const bool same_scenario = std::ranges::any_of(
      first.scenarios(), [&](const std::string& name) { return holds(other.scenarios(), name); });
  const auto holdings = [&](const ResultSet& set) {
    return same_scenario ? fmt::format("policies {}", fmt::join(set.policies(), ", "))
                         : fmt::format("scenario {}", fmt::join(set.scenarios(), ", "));
  };
  diagnostics.add({other.name, "",
                   fmt::format("has nothing in common with \"{}\": {}, not {}", first.name,
                               holdings(other), holdings(first)),
                   "compare results of one scenario, or the policies inside one result"});
}

// Results that lack whole replications would say so for each policy; said once.
bool same_replications(const ResultSet& first, const ResultSet& other, Diagnostics& diagnostics) {
  bool same = true;
  for (const std::string& scenario : first.scenarios()) {
    if (!holds(other.scenarios(), scenario)) continue;
    const Numbers theirs = replications_of(first, scenario);
    const Numbers ours = replications_of(other, scenario);
    const std::string where = fmt::format("scenario '{}'", scenario);
    same = check_covers(theirs, other, ours, where, diagnostics) && same;
    same = check_covers(ours, first, theirs, where, diagnostics) && same;
  }
  return same;
}

}  // namespace

Comparison compare_policies(const ResultSet& result, const std::string& baseline,
                            const ComparisonOptions& options, Diagnostics& diagnostics) {
  Comparer comparer(options, diagnostics);
  const std::vector<std::string> policies = result.policies();
  const std::string chosen = baseline.empty() ? policies.front() : baseline;
  if (!holds(policies, chosen)) {
    diagnostics.add({"--baseline", "",
                     fmt::format("\"{}\" has no policy \"{}\"", result.name, chosen),
                     suggestion(chosen, policies, "policies")});
  }
  if (policies.size() == 1) {
    diagnostics.add(
        {result.name, "",
         fmt::format("holds one policy, \"{}\", and nothing to compare it with", chosen),
         "name a second result, or run with more policies"});
  }
  if (!comparer.has_metrics(result) || !holds(policies, chosen)) return {};
  for (const std::string& scenario : result.scenarios()) {
    const PolicyRows theirs(result, scenario, chosen);
    for (const std::string& policy : policies) {
      const PolicyRows ours(result, scenario, policy);
      if (policy == chosen || ours.empty()) continue;
      if (theirs.empty()) {
        comparer.note(fmt::format("scenario '{}' has no policy \"{}\"", scenario, chosen));
      } else {
        comparer.add(scenario, theirs, ours);
      }
    }
  }
  return std::move(comparer).result(result);
}

Comparison compare_results(std::span<const ResultSet> results, const ComparisonOptions& options,
                           Diagnostics& diagnostics) {
  AUTOSCALE_CHECK(results.size() > 1, "a comparison needs two results");
  Comparer comparer(options, diagnostics);
  const ResultSet& first = results.front();
  bool fits = comparer.has_metrics(first);
  for (const ResultSet& other : results.subspan(1)) {
    fits = comparer.has_metrics(other) && fits;
    if (!same_seed(first, other, comparer, diagnostics) || !fits) continue;
    if (!same_replications(first, other, diagnostics)) continue;
    if (!add_common(first, other, comparer)) report_nothing_common(first, other, diagnostics);
    note_unmatched(first, other, comparer);
    note_unmatched(other, first, comparer);
  }
  return std::move(comparer).result(first);
}

}  // namespace autoscale
