#include "sim/report/gate.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "sim/config/gate_fields.h"
#include "sim/config/json_file.h"
#include "sim/config/reader.h"

namespace autoscale {
namespace {

using Group = std::array<std::string, 3>;  // scenario, policy, network
using Replications = std::map<std::uint64_t, const ResultRow*>;

// The rows of a result by group, in file order.
class Groups {
 public:
  explicit Groups(const ResultSet& set) {
    for (const ResultRow& row : set.rows) {
      const Group group{row.scenario, row.policy, row.network};
      Replications& rows = rows_[group];
      if (rows.empty()) {
        order_.push_back(group);
        holders_.insert({group[0], "*", "*"});
        holders_.insert({group[0], group[1], "*"});
      }
      rows[row.replication] = &row;
    }
  }

  [[nodiscard]] const std::vector<Group>& order() const { return order_; }
  [[nodiscard]] const Replications* find(const Group& group) const {
    const auto found = rows_.find(group);
    return found == rows_.end() ? nullptr : &found->second;
  }
  // Of a group that is not here: the outermost of scenario, policy and network that is not.
  [[nodiscard]] Group missing(const Group& group) const {
    for (const Group& holder : {Group{group[0], "*", "*"}, Group{group[0], group[1], "*"}}) {
      if (!holders_.contains(holder)) return holder;
    }
    return group;
  }
  [[nodiscard]] std::set<std::uint64_t> replications() const {
    std::set<std::uint64_t> numbers;
    for (const auto& [group, rows] : rows_) {
      for (const auto& [number, row] : rows) numbers.insert(number);
    }
    return numbers;
  }

 private:
  std::vector<Group> order_;
  std::map<Group, Replications> rows_;
  std::set<Group> holders_;
};

bool names(const std::vector<std::string>& list, const std::string& name) {
  return list.empty() || std::ranges::find(list, name) != list.end();
}

std::vector<std::optional<double>> values_of(const Replications& rows, std::size_t m) {
  std::vector<std::optional<double>> values;
  for (const auto& [replication, row] : rows) values.push_back(row->values[m]);
  return values;
}

bool same_replications(const Replications& a, const Replications& b) {
  return std::ranges::equal(a, b, {}, &Replications::value_type::first,
                            &Replications::value_type::first);
}

class Judge {
 public:
  Judge(const ResultSet& expected, const ResultSet& got, const GateSpec& spec)
      : expected_set_(expected), got_set_(got), spec_(spec), expected_(expected), got_(got) {}

  Judgement run(const std::string& gate) {
    result_.gate = gate;
    result_.expected_name = expected_set_.name;
    result_.got_name = got_set_.name;
    result_.confidence_ratio = spec_.confidence_ratio;
    decide_pairing();
    note_new_metrics();
    for (const Group& group : expected_.order()) {
      const Replications* rows = got_.find(group);
      if (rows == nullptr) {
        add_absence(group, got_, GateVerdict::kMissing);
      } else {
        judge_group(group, *expected_.find(group), *rows);
      }
    }
    for (const Group& group : got_.order()) {
      if (expected_.find(group) == nullptr) add_absence(group, expected_, GateVerdict::kUnexpected);
    }
    note_idle_rules();
    return std::move(result_);
  }

 private:
  void decide_pairing() {
    const auto& a = expected_set_.seed;
    const auto& b = got_set_.seed;
    if (a && b && *a != *b) {
      result_.paired = false;
      result_.notes.push_back(fmt::format(
          "seeds {} and {}: replications met different worlds and are not paired", *a, *b));
    } else if (expected_.replications() != got_.replications()) {
      result_.paired = false;
      result_.notes.push_back(
          fmt::format("{} and {} replications, not the same ones: they are not paired",
                      expected_.replications().size(), got_.replications().size()));
    } else if (!a || !b) {
      result_.notes.push_back(
          fmt::format("\"{}\" has no manifest, so its seed is not known; taken to be the same",
                      !a ? expected_set_.name : got_set_.name));
    }
  }

  void note_new_metrics() {
    std::size_t count = 0;
    for (const std::string& metric : got_set_.metrics)
      count += expected_set_.metric(metric) ? 0 : 1;
    if (count > 0)
      result_.notes.push_back(fmt::format("{} metric{} not in \"{}\" and not judged", count,
                                          count == 1 ? " is" : "s are", expected_set_.name));
  }

  // A rule that judges nothing may be a slip of the pen.
  void note_idle_rules() {
    for (std::size_t r = 0; r < spec_.rules.size(); ++r) {
      if (!used_.contains(&spec_.rules[r]))
        result_.notes.push_back(fmt::format("rule {} of the gate judges no figure", r + 1));
    }
  }

  [[nodiscard]] const GateRule* rule_for(const Group& group, const std::string& metric) const {
    const auto found = std::ranges::find_if(spec_.rules, [&](const GateRule& rule) {
      return names(rule.metrics, metric) && names(rule.policies, group[1]) &&
             names(rule.networks, group[2]);
    });
    return found == spec_.rules.end() ? nullptr : &*found;
  }

  void judge_group(const Group& group, const Replications& expected, const Replications& got) {
    const bool paired = result_.paired && same_replications(expected, got);
    for (std::size_t m = 0; m < expected_set_.metrics.size(); ++m) {
      const std::string& metric = expected_set_.metrics[m];
      const GateRule* rule = rule_for(group, metric);
      if (rule == nullptr) {
        ++result_.not_judged;
        continue;
      }
      used_.insert(rule);
      GateRow row{group[0], group[1], group[2], metric, *rule, {}, {}, {}, GateVerdict::kMissing};
      if (const auto column = got_set_.metric(metric)) {
        const auto a = values_of(expected, m);
        const auto b = values_of(got, *column);
        judge_figure({a, b, paired}, better_of(metric), spec_.confidence_ratio, row);
      }
      result_.rows.push_back(std::move(row));
    }
  }

  // What one side lacks is said once, unless no rule names any of it.
  void add_absence(const Group& group, const Groups& other, GateVerdict verdict) {
    const bool judged = std::ranges::any_of(expected_set_.metrics, [&](const std::string& metric) {
      return rule_for(group, metric) != nullptr;
    });
    if (!judged) {
      result_.not_judged += expected_set_.metrics.size();
      return;
    }
    const Group missing = other.missing(group);
    if (!said_.insert(missing).second) return;
    result_.rows.push_back({missing[0], missing[1], missing[2], "*", {}, {}, {}, {}, verdict});
  }

  const ResultSet& expected_set_;
  const ResultSet& got_set_;
  const GateSpec& spec_;
  Groups expected_;
  Groups got_;
  std::set<Group> said_;
  std::set<const GateRule*> used_;
  Judgement result_;
};

// What only the metrics can tell: their names, and which direction is worse.
void check_metrics(const GateFile& file, const Place& place) {
  std::vector<std::string> known;
  for (const Metric& metric : metrics()) known.emplace_back(metric.name);
  for (const auto& [name, gate] : file.gates) {
    for (std::size_t r = 0; r < gate.rules.size(); ++r) {
      const GateRule& rule = gate.rules[r];
      const Place at = place.child("gates").child(name).child("rules").child(r);
      for (std::size_t m = 0; m < rule.metrics.size(); ++m) {
        const Place there = at.child("metrics").child(m);
        if (std::ranges::find(known, rule.metrics[m]) == known.end()) {
          there.error(fmt::format("there is no metric \"{}\"", rule.metrics[m]),
                      suggestion(rule.metrics[m], known, "metrics"));
        } else if (rule.test == GateTest::kNonInferiority &&
                   better_of(rule.metrics[m]) == Better::kNeither) {
          there.error(fmt::format("neither direction of \"{}\" is worse", rule.metrics[m]),
                      "test \"equivalence\"");
        }
      }
      if (rule.test == GateTest::kNonInferiority && rule.metrics.empty()) {
        at.error("non_inferiority of every metric, but of some neither direction is worse",
                 "name \"metrics\"");
      }
    }
  }
}

}  // namespace

const char* to_string(GateVerdict verdict) {
  switch (verdict) {
    case GateVerdict::kPass: return "pass";
    case GateVerdict::kMoved: return "moved";
    case GateVerdict::kNotShown: return "not shown";
    case GateVerdict::kMissing: return "missing";
    case GateVerdict::kUnexpected: return "not expected";
  }
  return "";
}

std::size_t Judgement::failures() const {
  return static_cast<std::size_t>(std::ranges::count_if(
      rows, [](const GateRow& row) { return row.verdict != GateVerdict::kPass; }));
}

Judgement judge(const ResultSet& expected, const ResultSet& got, const std::string& gate,
                const GateSpec& spec) {
  return Judge(expected, got, spec).run(gate);
}

std::optional<GateFile> load_gates(const std::string& file, const DataPath& data,
                                   Diagnostics& diagnostics) {
  const std::size_t before = diagnostics.list().size();
  const std::filesystem::path path =
      file.empty() ? data.root() / "configs" / "regression.json" : std::filesystem::path(file);
  const std::optional<JsonDocument> document = load_json_file(path, diagnostics);
  if (!document) return std::nullopt;
  GateFile gates;
  const Place place{path.string(), "", &diagnostics};
  read_json(document->root(), gates, place);
  if (diagnostics.list().size() == before) check_metrics(gates, place);
  if (diagnostics.list().size() != before) return std::nullopt;
  gates.file = path.string();
  return gates;
}

}  // namespace autoscale
