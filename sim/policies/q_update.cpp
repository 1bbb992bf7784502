#include "sim/policies/q_update.h"

#include <algorithm>
#include <limits>

namespace autoscale {
namespace {

// An entity of the stream kPolicy, beside those of QLearner.
constexpr std::uint32_t kCoins = 2;  // index: update

// Traces below the resolution of a float no longer change a value.
constexpr double kLeastTrace = 0x1p-24;

std::uint16_t saturating_sum(std::uint16_t a, std::uint16_t b) {
  constexpr std::uint32_t kMost = std::numeric_limits<std::uint16_t>::max();
  return static_cast<std::uint16_t>(std::min<std::uint32_t>(std::uint32_t{a} + b, kMost));
}

}  // namespace

const char* to_string(UpdateKind k) {
  switch (k) {
    case UpdateKind::kQLearning: return "q_learning";
    case UpdateKind::kSarsa: return "sarsa";
    case UpdateKind::kDoubleQ: return "double_q";
  }
  return "";
}

void QAgent::combine_halves() {
  for (int s = 0; s < kStates; ++s) {
    const auto state = static_cast<StateIndex>(s);
    if (halves[0].find(state) == QTable::kNoRow && halves[1].find(state) == QTable::kNoRow)
      continue;
    const QTable::Row a = halves[0].row(state);
    const QTable::Row b = halves[1].row(state);
    const QTable::Row row = table.row(state);
    for (TargetId t = 0; t < table.targets(); ++t) {
      table.restore(row, t, 0.5F * (halves[0].value(a, t) + halves[1].value(b, t)),
                    saturating_sum(halves[0].visits(a)[t], halves[1].visits(b)[t]));
    }
  }
}

QUpdate::QUpdate(const AutoScaleConfig& config, const UpdateRule& rule, const StreamKey& rng)
    : learning_rate_(config.learning_rate),
      sample_average_(config.learning_rate_schedule == LearningRateSchedule::kSampleAverage),
      discount_(config.discount),
      rule_(rule),
      rng_(rng) {
  rng_.stream = Stream::kPolicy;
}

// SARSA(lambda) with replacing traces (Sutton and Barto, "Reinforcement Learning", 1998, sections 7.5 and
// 7.8):
//   error = R + discount Q(S',A') - Q(S,A);  e(S,A) <- 1;
//   for all s, a: Q(s,a) <- Q(s,a) + rate error e(s,a), then e(s,a) <- discount lambda e(s,a).
// Each entry keeps the rate of its own last visit.
void QUpdate::sarsa(QAgent& agent, const QAgent::Step& step, const QAgent::Next& next) const {
  QTable& table = agent.table;
  const double next_value = next.target == kNoTarget ? table.greedy_value(next.row, next.mask)
                                                     : table.value(next.row, next.target);
  const double error = step.reward + discount_ * next_value - table.value(step.row, step.target);
  std::erase_if(agent.traces, [&](const QAgent::Trace& trace) {
    return trace.row == step.row && trace.target == step.target;
  });
  for (const QAgent::Trace& trace : agent.traces) {
    const double value = table.value(trace.row, trace.target) + trace.weight * error;
    table.set(trace.row, trace.target, static_cast<float>(value));
  }
  const double weight = rate(table, step.row, step.target);
  learn(table, step, next_value);
  agent.traces.push_back({step.row, step.target, weight});
  for (QAgent::Trace& trace : agent.traces) trace.weight *= discount_ * rule_.lambda;
  std::erase_if(agent.traces,
                [](const QAgent::Trace& trace) { return trace.weight < kLeastTrace; });
}

// Double Q-learning (van Hasselt, NIPS 2010): a coin says which table learns; it names its own best next
// action, and the other table says what that is worth:
//   Q1(S,A) <- Q1(S,A) + rate [R + discount Q2(S', argmax Q1(S',.)) - Q1(S,A)].
void QUpdate::double_q(QAgent& agent, const QAgent::Step& step, const QAgent::Next& next) {
  const std::size_t side = flip();
  QTable& own = agent.halves[side];
  QTable& other = agent.halves[1 - side];
  const StateIndex state = agent.table.state(step.row);
  const StateIndex next_state = agent.table.state(next.row);
  const TargetId best = own.greedy(own.row(next_state), next.mask);
  const QAgent::Step half_step{own.row(state), step.target, step.mask, step.reward};
  learn(own, half_step, other.value(other.row(next_state), best));
  const float mean =
      0.5F * (own.value(half_step.row, step.target) + other.value(other.row(state), step.target));
  agent.table.learn(step.row, step.target, mean);
}

std::size_t QUpdate::flip() {
  std::uint64_t& flips = flips_[rng_.training ? 1 : 0];
  return draw_bits(rng_, kCoins, flips++)[0] >> 31;
}

}  // namespace autoscale
