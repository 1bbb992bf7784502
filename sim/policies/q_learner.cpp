#include "sim/policies/q_learner.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "sim/policies/initial_values.h"

namespace autoscale {
namespace {

// Entities of the stream kPolicy.
constexpr std::uint32_t kEpsilonDraws = 0;  // index: four decisions
constexpr std::uint32_t kTargetDraws = 1;   // index: decision

// Workloads that learn together, by table.
std::vector<std::vector<std::uint32_t>> group(std::span<const WorkloadInfo> workloads,
                                              TableSharing sharing) {
  std::vector<std::vector<std::uint32_t>> groups(1);
  for (std::uint32_t w = 0; w < workloads.size(); ++w) {
    const std::size_t table = sharing == TableSharing::kSingle ? 0 : workloads[w].service_class;
    groups.resize(std::max(groups.size(), table + 1));
    groups[table].push_back(w);
  }
  std::erase_if(groups, [](const auto& members) { return members.empty(); });
  return groups;
}

// Distance of two states that differ in runtime features only, in bins.
int distance(const StateBins& a, const StateBins& b) {
  int sum = 0;
  for (std::size_t f = 0; f < kFeatures; ++f) sum += std::abs(int{a[f]} - int{b[f]});
  return sum;
}

// The state that answers for `state` when nothing is learned any more: itself if it was visited, else
// the nearest visited state of the same network (the lowest on ties), else itself with its initial
// values.
StateIndex answering_state(const QTable& table, StateIndex state) {
  const auto visited = [&](int s) {
    const QTable::Row row = table.find(static_cast<StateIndex>(s));
    return row != QTable::kNoRow && table.row_visits(row) > 0;
  };
  if (visited(state)) return state;
  const int first = network_state(state) * kRuntimeStates;
  int nearest = -1;
  int least = 0;
  for (int s = first; s < first + kRuntimeStates; ++s) {
    if (!visited(s)) continue;
    const int d = distance(decode(state), decode(static_cast<StateIndex>(s)));
    if (nearest < 0 || d < least) {
      nearest = s;
      least = d;
    }
  }
  return nearest < 0 ? state : static_cast<StateIndex>(nearest);
}

}  // namespace

QLearner::QLearner(const AutoScaleConfig& config, const PolicyContext& context,
                   const UpdateRule& rule)
    : config_(config),
      context_(context),
      encoder_(context.workloads, context.has_link, config.layer_counts, config.features_left_out),
      reward_(config, context),
      update_(config, rule, context.rng),
      services_(context.workloads.size()),
      rng_(context.rng) {
  rng_.stream = Stream::kPolicy;
  for (auto& members : group(context.workloads, config.tables)) add_agent(std::move(members));
  set_mode(Policy::Mode::kOnline);
}

// Unsupported targets are never allowed; inaccurate ones as configured, unless nothing else is
// left.
ActionMask QLearner::mask_of(const WorkloadInfo& workload) const {
  ActionMask supported;
  ActionMask accurate;
  for (const ProfileEntry& entry : workload.profile) {
    supported.push_back(entry.supported ? 1 : 0);
    accurate.push_back(entry.supported && entry.meets_accuracy ? 1 : 0);
  }
  const bool some_accurate = std::ranges::count(accurate, 1) > 0;
  return config_.masks_inaccurate() && some_accurate ? accurate : supported;
}

void QLearner::add_agent(std::vector<std::uint32_t> workloads) {
  std::vector<std::vector<ActionMask>> masks(static_cast<std::size_t>(kNetworkStates));
  std::vector<TableMember> members;
  for (const std::uint32_t w : workloads) {
    const int state = encoder_.network_state_of(w);
    std::vector<ActionMask>& known = masks[static_cast<std::size_t>(state)];
    ActionMask mask = mask_of(context_.workloads[w]);
    Service& service = services_[w];
    service.agent = static_cast<std::uint32_t>(agents_.size());
    for (TargetId t = 0; t < mask.size(); ++t) {
      if (mask[t] != 0) service.allowed.push_back(t);
    }
    members.push_back({w, state, service.allowed});
    const auto same = std::ranges::find(known, mask);
    service.mask = static_cast<std::uint32_t>(same - known.begin());
    if (same == known.end()) known.push_back(std::move(mask));
  }
  const auto table = static_cast<std::uint32_t>(agents_.size());
  const auto initial = make_initial_values(config_, context_, reward_, members, table);
  const QFormat format = make_format(config_, context_, reward_, members);
  const QTable empty(context_.targets.size(), std::move(masks), initial, format);
  Agent agent{.workloads = std::move(workloads), .table = empty};
  if (rule().kind == UpdateKind::kDoubleQ) agent.halves = {empty, empty};
  constexpr std::size_t kOverlapping = 64;  // more outcomes than this at once grow the vector
  agent.waiting.reserve(kOverlapping);
  agents_.push_back(std::move(agent));
}

TargetId QLearner::choose(const Observation& now) {
  const Service& service = services_[now.workload];
  Agent& agent = agents_[service.agent];
  const StateIndex state = encoder_.encode(now);
  explored_ = false;
  if (mode_ == Policy::Mode::kFrozen) return frozen_choice(agent, state, service.mask);

  const QTable::Row row = agent.table.row(state);
  const bool on_policy = update_.on_policy();
  if (on_policy) {
    learn_next(agent);
  } else {
    learn_waiting(agent, {row, service.mask, kNoTarget});
  }

  TargetId chosen = kNoTarget;
  explored_ = explores(agent.table.row_visits(row));
  if (explored_) {
    const std::uint64_t bits = draw_bits(rng_, kTargetDraws, draws().decisions)[0];
    chosen = service.allowed[bits * service.allowed.size() >> 32];
  } else {
    chosen = agent.table.greedy(row, service.mask);
  }
  if (on_policy && !agent.waiting.empty()) agent.next = {row, service.mask, chosen};
  return chosen;
}

// What was left undone when the last decision was taken, for whose sake the values had to stay.
void QLearner::learn_next(Agent& agent) {
  if (!agent.next) return;
  learn_waiting(agent, *agent.next);
  agent.next.reset();
}

double QLearner::reward_of(const Outcome& outcome) const {
  return reward_(outcome.observation->workload, {.energy_mj = outcome.energy.value,
                                                 .latency_ms = outcome.latency.value,
                                                 .accuracy_percent = outcome.accuracy_percent,
                                                 .meets_accuracy = outcome.meets_accuracy,
                                                 .dropped = outcome.dropped});
}

void QLearner::learn(const Outcome& outcome) {
  if (mode_ == Policy::Mode::kFrozen) return;
  const Observation& then = *outcome.observation;
  const Service& service = services_[then.workload];
  Agent& agent = agents_[service.agent];
  learn_next(agent);
  agent.waiting.push_back(
      {agent.table.row(encoder_.encode(then)), outcome.target, service.mask, reward_of(outcome)});
}

void QLearner::end_episode() {
  for (Agent& agent : agents_) {
    learn_next(agent);
    for (const Agent::Step& step : agent.waiting) {
      update_(agent, step, {step.row, step.mask, kNoTarget});
    }
    agent.waiting.clear();
    agent.traces.clear();
  }
}

void QLearner::set_mode(Policy::Mode mode) {
  end_episode();
  mode_ = mode;
  rng_.training = mode == Policy::Mode::kTraining;
  update_.set_training(rng_.training);
  for (Agent& agent : agents_) agent.frozen_row.assign(kStates, QTable::kNoRow);
}

// u < max(floor, epsilon / sqrt(1 + n / decay)), without the root and the quotients.
bool QLearner::explores(std::uint32_t visits) {
  if (config_.epsilon <= 0.0) return false;
  const double u = next_uniform();
  if (config_.epsilon_schedule == EpsilonSchedule::kConstant) return u < config_.epsilon;
  const double decay = config_.epsilon_decay_count;
  return u < std::min(config_.epsilon_floor, config_.epsilon) ||
         u * u * (decay + visits) < config_.epsilon * config_.epsilon * decay;
}

// Four decisions share one block of the generator, which gives four numbers at a time.
double QLearner::next_uniform() {
  Draws& d = draws();
  const std::uint64_t word = d.decisions % d.block.size();
  if (word == 0) d.block = draw_bits(rng_, kEpsilonDraws, d.decisions / d.block.size());
  ++d.decisions;
  return (d.block[word] + 0.5) * 0x1p-32;
}

TargetId QLearner::frozen_choice(Agent& agent, StateIndex state, std::uint32_t mask) const {
  QTable::Row& row = agent.frozen_row[state];
  if (row == QTable::kNoRow) row = agent.table.row(answering_state(agent.table, state));
  return agent.table.greedy(row, mask);
}

StateIndex QLearner::deciding_state(const Observation& now) const {
  const StateIndex state = encoder_.encode(now);
  if (mode_ != Policy::Mode::kFrozen) return state;
  return answering_state(agents_[services_[now.workload].agent].table, state);
}

std::size_t QLearner::footprint_bytes() const {
  std::size_t sum = 0;
  for (const Agent& agent : agents_) {
    sum += agent.table.footprint_bytes();
    for (const QTable& half : agent.halves) sum += half.footprint_bytes();
  }
  return sum;
}

}  // namespace autoscale
