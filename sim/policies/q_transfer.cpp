#include "sim/policies/q_transfer.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "sim/policies/initial_values.h"
#include "sim/policies/registry.h"

namespace autoscale {
namespace {

constexpr double kGreatestScale = 1e6;  // between devices; beyond it a reference energy is wrong

bool same_targets(std::span<const SavedTarget> saved, std::span<const Target> own) {
  return std::ranges::equal(saved, own, [](const SavedTarget& a, const Target& b) {
    return a.place == b.place && a.frequency_ratio == b.frequency_ratio;
  });
}

// The policy that learns by a rule.
const char* policy_of(UpdateKind kind) {
  return kind == UpdateKind::kQLearning ? "autoscale" : to_string(kind);
}

template <class E>
std::string names_of(const std::vector<E>& list) {
  std::string text;
  for (const E e : list) text += fmt::format("{}\"{}\"", text.empty() ? "" : ", ", to_string(e));
  return "[" + text + "]";
}

// The order of what is left out does not matter.
template <class E>
void check_left_out(const std::string& file, const char* key, const std::vector<E>& theirs,
                    const std::vector<E>& ours) {
  if (std::ranges::is_permutation(theirs, ours)) return;
  throw PolicyError(
      fmt::format("{} was learned with {} {}, not {}", file, key, names_of(theirs), names_of(ours)),
      fmt::format("set \"{}\" to {}", key, names_of(theirs)));
}

void check_fits(const SavedLearner& saved, const QLearner& learner, const std::string& file) {
  const AutoScaleConfig& config = learner.config();
  const auto check = [&](const char* key, auto theirs, auto ours) {
    if (theirs == ours) return;
    throw PolicyError(fmt::format("{} was learned with {} \"{}\", not \"{}\"", file, key,
                                  to_string(theirs), to_string(ours)),
                      fmt::format("set \"{}\" to \"{}\"", key, to_string(theirs)));
  };
  if (saved.update != learner.rule().kind) {
    throw PolicyError(fmt::format("{} was learned by {}, not by {}", file, to_string(saved.update),
                                  to_string(learner.rule().kind)),
                      fmt::format("load it in policy \"{}\"", policy_of(saved.update)));
  }
  check("reward", saved.reward, config.reward);
  check("layer_counts", saved.layer_counts, config.layer_counts);
  check("tables", saved.tables, config.tables);
  check_left_out(file, "features_left_out", saved.features_left_out, config.features_left_out);
  check_left_out(file, "reward_terms_left_out", saved.reward_terms_left_out,
                 config.reward_terms_left_out);
  if (!config.transfer && !same_targets(saved.targets, learner.context().targets)) {
    throw PolicyError(fmt::format("{} was learned with other targets than this scenario has", file),
                      "set \"transfer\" to true to carry its values over");
  }
}

// How many requirements a saved table shares with an agent; none when the QoS differs.
int similarity(const SavedTable& saved, const QLearner& learner, const QLearner::Agent& agent) {
  int score = 0;
  for (const std::uint32_t w : agent.workloads) {
    const WorkloadInfo& workload = learner.context().workloads[w];
    if (saved.qos_ms != 0.0 && saved.qos_ms != workload.qos.value) return -1;
    const auto found = saved.accuracy_percent.find(workload.network->name);
    score += found != saved.accuracy_percent.end() &&
             found->second == workload.accuracy_required_percent;
  }
  return score;
}

// Networks may differ (a table serves networks it was not trained with), so the table with the most
// requirements in common is taken, the first on ties. Its position.
std::size_t table_for(const SavedLearner& saved, const QLearner& learner,
                      const QLearner::Agent& agent, const std::string& file) {
  std::size_t best = 0;
  int best_score = -1;
  for (std::size_t t = 0; t < saved.q.size(); ++t) {
    const int score = similarity(saved.q[t], learner, agent);
    if (score > best_score) {
      best = t;
      best_score = score;
    }
  }
  if (best_score < 0) {
    throw PolicyError(fmt::format("{} has no table for a QoS of {} ms", file,
                                  learner.context().workloads[agent.workloads.front()].qos.value));
  }
  return best;
}

// kappa: how the reward paper, which is in mJ, scales from one device to the other. The reward
// penalised is relative to the device's own CPU and needs no scaling.
double value_scale(const SavedLearner& saved, const QLearner& learner, const std::string& file) {
  if (saved.reward == RewardKind::kPenalised) return 1.0;
  double log_sum = 0.0;
  int count = 0;
  for (const WorkloadInfo& workload : learner.context().workloads) {
    const auto found = saved.reference_mj.find(workload.network->name);
    if (found == saved.reference_mj.end()) continue;
    log_sum +=
        std::log(reference_energy(workload, learner.context().targets).value / found->second);
    ++count;
  }
  if (count == 0) {
    throw PolicyError(
        fmt::format("{} shares no network with this scenario, by which its values "
                    "could be scaled",
                    file));
  }
  const double scale = std::exp(log_sum / count);
  if (scale > kGreatestScale || scale < 1.0 / kGreatestScale) {
    throw PolicyError(
        fmt::format("the energies of {} are {} times those of this device, too far "
                    "for its values to be carried over",
                    file, 1.0 / scale));
  }
  return scale;
}

void restore_exactly(const SavedTable& saved, QTable& table) {
  for (const SavedRow& from : saved.rows) {
    const QTable::Row row = table.row(static_cast<StateIndex>(from.state));
    for (TargetId t = 0; t < from.values.size(); ++t) {
      table.restore(row, t, static_cast<float>(from.values[t]),
                    static_cast<std::uint16_t>(from.visits[t]));
    }
  }
}

struct Transfer {
  std::vector<TargetId> source;  // [own target]
  double scale = 1.0;
  std::int64_t visits = 1;
  StreamKey rng;
  std::uint32_t table = 0;
};

// Entries that the source never visited keep the initial values of this device. Targets of a place
// the source lacks are made the most attractive of their row, so that they are tried.
void transfer_row(const SavedRow& from, const Transfer& transfer, QTable& table) {
  const auto state = static_cast<StateIndex>(from.state);
  const QTable::Row row = table.row(state);
  double best = 0.0;
  for (TargetId t = 0; t < transfer.source.size(); ++t) {
    const TargetId s = transfer.source[t];
    if (s == kNoTarget || from.visits[s] == 0) continue;
    const double value = transfer.scale * from.values[s];
    best = std::max(best, value);
    table.restore(row, t, static_cast<float>(value),
                  static_cast<std::uint16_t>(std::min(from.visits[s], transfer.visits)));
  }
  for (TargetId t = 0; t < transfer.source.size(); ++t) {
    if (transfer.source[t] != kNoTarget) continue;
    const double draw = initial_draw(transfer.rng, transfer.table, state, t);
    table.restore(row, t, static_cast<float>(best + draw), 0);
  }
}

}  // namespace

std::vector<TargetId> map_targets(std::span<const SavedTarget> from, std::span<const Target> to) {
  std::vector<TargetId> source;
  for (const Target& target : to) {
    TargetId nearest = kNoTarget;
    const auto gap = [&](TargetId t) {
      return std::abs(from[t].frequency_ratio - target.frequency_ratio);
    };
    for (TargetId t = 0; t < from.size(); ++t) {
      if (from[t].place != target.place) continue;
      const bool nearer =
          nearest == kNoTarget || gap(t) < gap(nearest) ||
          (gap(t) == gap(nearest) && from[t].frequency_ratio < from[nearest].frequency_ratio);
      if (nearer) nearest = t;
    }
    source.push_back(nearest);
  }
  return source;
}

void restore(const SavedLearner& saved, QLearner& learner, const std::string& file) {
  check_fits(saved, learner, file);
  const PolicyContext& context = learner.context();
  const bool exact = same_targets(saved.targets, context.targets) && !learner.config().transfer;
  Transfer transfer{map_targets(saved.targets, context.targets),
                    exact ? 1.0 : value_scale(saved, learner, file),
                    learner.config().transfer_visits_count, context.rng, 0};
  const auto fill = [&](const SavedTable& from, QTable& table) {
    if (exact) return restore_exactly(from, table);
    for (const SavedRow& row : from.rows) transfer_row(row, transfer, table);
  };
  for (QLearner::Agent& agent : learner.agents()) {
    const std::size_t t = table_for(saved, learner, agent, file);
    if (agent.halves.empty()) {
      fill(saved.q[t], agent.table);
    } else {
      fill(saved.q[t], agent.halves[0]);
      fill(saved.second_q[t], agent.halves[1]);
      agent.combine_halves();
    }
    ++transfer.table;
  }
}

}  // namespace autoscale
