// What a finished inference teaches: Q-learning, SARSA(lambda) and double Q-learning.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "sim/base/random.h"
#include "sim/policies/autoscale_config.h"
#include "sim/policies/q_table.h"

namespace autoscale {

enum class UpdateKind : std::uint8_t { kQLearning, kSarsa, kDoubleQ };
const char* to_string(UpdateKind k);
template <>
inline constexpr std::size_t kEnumCount<UpdateKind> = 3;

struct UpdateRule {
  UpdateKind kind = UpdateKind::kQLearning;
  double lambda = 0.0;  // of SARSA: decay of the traces, from 0 to 1
};

// One table, and the outcomes that still wait for its next state. Each service class has one, or
// all share one (AutoScaleConfig::tables).
struct QAgent {
  // An action S, A that has had its reward R.
  struct Step {
    QTable::Row row;
    TargetId target;
    std::uint32_t mask;
    double reward;
  };
  // The decision that follows: S', and A' if it counts.
  struct Next {
    QTable::Row row;
    std::uint32_t mask;
    TargetId target;  // kNoTarget: nothing was chosen, the greedy target stands for it
  };
  // An entry that later errors are credited to: learning rate times eligibility.
  struct Trace {
    QTable::Row row;
    TargetId target;
    double weight;
  };

  std::vector<std::uint32_t> workloads;  // that it serves
  QTable table;                          // by which it acts
  std::vector<QTable> halves{};          // of double Q: two, whose mean is `table`
  std::vector<Step> waiting{};
  std::optional<Next> next{};  // of SARSA: the decision that follows all that wait
  std::vector<Trace> traces{};
  std::vector<QTable::Row> frozen_row{};  // [state] that answers for it; kNoRow: not yet known

  // After the halves were filled: makes `table` their mean.
  void combine_halves();
};

class QUpdate {
 public:
  // `rng`: as in PolicyContext.
  QUpdate(const AutoScaleConfig& config, const UpdateRule& rule, const StreamKey& rng);

  // Whether the target contains the action that is really chosen next, so that a decision comes before
  // the update.
  [[nodiscard]] bool on_policy() const { return rule_.kind == UpdateKind::kSarsa; }
  [[nodiscard]] const UpdateRule& rule() const { return rule_; }
  void set_training(bool training) { rng_.training = training; }

  // Learns one step.
  void operator()(QAgent& agent, const QAgent::Step& step, const QAgent::Next& next) {
    switch (rule_.kind) {
      case UpdateKind::kQLearning: return q_learning(agent.table, step, next);
      case UpdateKind::kSarsa: return sarsa(agent, step, next);
      case UpdateKind::kDoubleQ: return double_q(agent, step, next);
    }
  }

 private:
  // Watkins and Dayan 1992, as in AutoScale:
  //   Q(S,A) <- Q(S,A) + rate [R + discount max Q(S',.) - Q(S,A)].
  void q_learning(QTable& table, const QAgent::Step& step, const QAgent::Next& next) const {
    learn(table, step, table.greedy_value(next.row, next.mask));
  }
  void sarsa(QAgent& agent, const QAgent::Step& step, const QAgent::Next& next) const;
  void double_q(QAgent& agent, const QAgent::Step& step, const QAgent::Next& next);

  [[nodiscard]] double rate(const QTable& table, QTable::Row row, TargetId target) const {
    return sample_average_ ? 1.0 / (1.0 + table.visits(row)[target]) : learning_rate_;
  }
  // Moves the entry of `step` towards R + discount * next_value.
  void learn(QTable& table, const QAgent::Step& step, double next_value) const {
    const double old = table.value(step.row, step.target);
    const double error = step.reward + discount_ * next_value - old;
    const double value = old + rate(table, step.row, step.target) * error;
    table.learn(step.row, step.target, static_cast<float>(value));
  }
  [[nodiscard]] std::size_t flip();

  double learning_rate_;
  bool sample_average_;
  double discount_;
  UpdateRule rule_;
  StreamKey rng_;
  std::array<std::uint64_t, 2> flips_{};  // [training]: coins flipped so far
};

}  // namespace autoscale
