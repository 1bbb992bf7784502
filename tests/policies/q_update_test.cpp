// The update rules of `sarsa` and `double_q`, worked out by hand and against plain references.
#include "sim/policies/q_update.h"

#include <array>
#include <cmath>
#include <map>
#include <utility>

#include "sim/policies/q_learner.h"
#include "tests/policies/small_world.h"
#include "tests/support/catch.h"

namespace autoscale {
namespace {

using test::observe;
using test::SmallWorld;

// All values 0, no exploration, and the reward paper, by which an outcome can be worth any number.
AutoScaleConfig from_zero(double discount) {
  AutoScaleConfig config;
  config.reward = RewardKind::kPaper;
  config.initial_values = InitialValueKind::kZero;
  config.epsilon = 0.0;
  config.discount = discount;
  return config;
}

AutoScaleConfig at_random(double discount) {
  AutoScaleConfig config = from_zero(discount);
  config.epsilon = 1.0;
  config.epsilon_schedule = EpsilonSchedule::kConstant;
  return config;
}

// Late, and of accuracy 0: R = -E.
Outcome worth(const Observation& then, TargetId target, double reward) {
  return {&then, target, false, Millis{1000.0}, Millijoules{-reward}, 0.0, true};
}

double q(const QLearner& learner, const QTable& table, const Observation& at, TargetId target) {
  return table.value(table.find(learner.encoder().encode(at)), target);
}
double q(const QLearner& learner, const Observation& at, TargetId target) {
  return q(learner, learner.agents()[learner.agent_of(at.workload)].table, at, target);
}

constexpr double kNear = 1e-6;  // relative, of floats

TEST_CASE("SARSA(0.8), by hand") {
  const SmallWorld world;
  QLearner learner(from_zero(0.5), world.context(), {UpdateKind::kSarsa, 0.8});
  const Observation a = observe(0);
  const Observation b = observe(0, 0.5);
  REQUIRE(learner.choose(a) == 0);
  learner.learn(worth(a, 0, 10.0));
  REQUIRE(learner.choose(b) == 0);  // its value is still 0
  CHECK(q(learner, a, 0) == 0.0);   // values stay as they decided until something else happens
  learner.learn(worth(b, 0, 4.0));
  // error = 10 + 0.5 * 0 - 0 = 10.
  CHECK(q(learner, a, 0) == Approx(0.9 * 10.0).epsilon(kNear));
  REQUIRE(learner.choose(a) == 0);
  learner.learn(worth(a, 0, 10.0));
  // error = 4 + 0.5 * 9 - 0 = 8.5; the entry of `a` is eligible by 0.5 * 0.8 = 0.4.
  CHECK(q(learner, b, 0) == Approx(0.9 * 8.5).epsilon(kNear));              // 7.65
  CHECK(q(learner, a, 0) == Approx(9.0 + 0.9 * 0.4 * 8.5).epsilon(kNear));  // 12.06
  REQUIRE(learner.choose(b) == 0);
  learner.learn(worth(b, 0, 0.0));
  // error = 10 + 0.5 * 7.65 - 12.06 = 1.765. The trace of `a`, 0.4^2, is replaced by 1, not raised to 1.16.
  CHECK(q(learner, a, 0) == Approx(12.06 + 0.9 * 1.765).epsilon(kNear));       // 13.6485
  CHECK(q(learner, b, 0) == Approx(7.65 + 0.9 * 0.4 * 1.765).epsilon(kNear));  // 8.2854
}

TEST_CASE(
    "SARSA: the end of an episode takes the greedy target of the state itself, and ends traces") {
  const SmallWorld world;
  QLearner learner(from_zero(0.5), world.context(), {UpdateKind::kSarsa, 1.0});
  const Observation a = observe(0);
  const Observation b = observe(0, 0.5);
  learner.choose(a);
  learner.learn(worth(a, 3, -8.0));
  learner.end_episode();  // error = -8 + 0.5 * 0 - 0
  CHECK(q(learner, a, 3) == Approx(-7.2).epsilon(kNear));
  learner.choose(b);
  learner.learn(worth(b, 3, -100.0));
  learner.end_episode();
  CHECK(q(learner, b, 3) == Approx(-90.0).epsilon(kNear));
  CHECK(q(learner, a, 3) == Approx(-7.2).epsilon(kNear));  // no longer eligible
  CHECK(learner.agents()[learner.agent_of(0)].traces.empty());
}

// What the textbook writes, with all entries of two maps.
struct Reference {
  using Entry = std::pair<StateIndex, TargetId>;
  double rate;
  double discount;
  double lambda;
  std::map<Entry, double> q{};
  std::map<Entry, double> trace{};

  void update(Entry now, double reward, Entry next) {
    const double error = reward + discount * q[next] - q[now];
    trace[now] = 1.0;
    for (auto& [entry, eligibility] : trace) {
      q[entry] += rate * error * eligibility;
      eligibility *= discount * lambda;
    }
  }
};

// Random states, actions and rewards of one table; `each(state, target, reward, next state, next target)`.
template <class Each>
void wander(QLearner& learner, int decisions, const Each& each) {
  const StreamKey key{.seed = 5};
  Observation then;
  TargetId taken = kNoTarget;
  double reward = 0.0;
  for (int i = 0; i < decisions; ++i) {
    const auto bits = draw_bits(key, 0, static_cast<std::uint64_t>(i));
    const Observation now = observe(bits[0] % 2, bits[1] % 4 * 0.3);
    const TargetId chosen = learner.choose(now);
    if (i > 0) each(then, taken, reward, now, chosen);
    then = now;
    taken = chosen;
    reward = bits[2] % 100 - 50.0;
    learner.learn(worth(then, taken, reward));
  }
}

double greatest_gap(const QLearner& learner, const Reference& reference) {
  const QTable& table = learner.agents()[0].table;
  double gap = 0.0;
  for (const auto& [entry, value] : reference.q) {
    gap = std::max(gap, std::abs(table.value(table.find(entry.first), entry.second) - value));
  }
  return gap;
}

TEST_CASE("SARSA(lambda) follows the textbook, one-step SARSA at lambda 0") {
  const SmallWorld world;
  for (const double lambda : {0.0, 0.8, 1.0}) {
    for (const double discount : {0.1, 0.9}) {
      QLearner learner(at_random(discount), world.context(), {UpdateKind::kSarsa, lambda});
      Reference reference{0.9, discount, lambda};
      wander(learner, 3000,
             [&](const Observation& then, TargetId taken, double reward, const Observation& now,
                 TargetId chosen) {
               const StateIndex state = learner.encoder().encode(then);
               if (lambda > 0.0) {
                 reference.update({state, taken}, reward, {learner.encoder().encode(now), chosen});
               } else {  // written out, without traces
                 double& value = reference.q[{state, taken}];
                 value += 0.9 *
                          (reward +
                           discount * reference.q[{learner.encoder().encode(now), chosen}] - value);
               }
             });
      CHECK(reference.q.size() == 2 * 3 * 13);
      CHECK(greatest_gap(learner, reference) < 1e-3);  // of values of some hundreds, in floats
    }
  }
}

TEST_CASE("sample averages with traces: every entry moves at the rate of its own last visit") {
  const SmallWorld world;
  AutoScaleConfig config = from_zero(0.5);
  config.learning_rate_schedule = LearningRateSchedule::kSampleAverage;
  QLearner learner(config, world.context(), {UpdateKind::kSarsa, 0.8});
  const Observation a = observe(0);
  const Observation b = observe(0, 0.5);
  learner.choose(a);
  learner.learn(worth(a, 2, 8.0));
  learner.end_episode();  // first visit, rate 1: 8 + 0.5 * 0 - 0
  CHECK(q(learner, a, 2) == Approx(8.0));
  learner.choose(a);
  learner.learn(worth(a, 2, 2.0));
  REQUIRE(learner.choose(b) == 0);
  learner.learn(worth(b, 0, 6.0));  // second visit, rate 1/2: error = 2 - 8 = -6
  CHECK(q(learner, a, 2) == Approx(5.0));
  REQUIRE(learner.choose(observe(0, 0.9)) == 0);
  learner.end_episode();  // of `b`: error = 6, rate 1; `a` by rate 1/2 and trace 0.4
  CHECK(q(learner, b, 0) == Approx(6.0));
  CHECK(q(learner, a, 2) == Approx(5.0 + 0.5 * 0.4 * 6.0).epsilon(kNear));
}

// Without a future there is nothing to tell the rules apart, to the last bit.
TEST_CASE("discount 0: one-step SARSA learns what Q-learning learns from the same actions") {
  const SmallWorld world;
  QLearner sarsa(at_random(0.0), world.context(), {UpdateKind::kSarsa, 0.0});
  QLearner autoscale(at_random(0.0), world.context());
  const auto ignore = [](auto&&...) {};
  wander(sarsa, 2000, ignore);
  wander(autoscale, 2000, ignore);
  sarsa.end_episode();
  autoscale.end_episode();
  const QTable& a = sarsa.agents()[0].table;
  const QTable& b = autoscale.agents()[0].table;
  REQUIRE(a.rows() == b.rows());
  for (QTable::Row row = 0; row < a.rows(); ++row) {
    CHECK(a.values(row) == b.values(row));
    CHECK(a.row_visits(row) == b.row_visits(row));
  }
  // With a future they differ.
  QLearner other(at_random(0.5), world.context(), {UpdateKind::kSarsa, 0.0});
  QLearner another(at_random(0.5), world.context());
  wander(other, 2000, ignore);
  wander(another, 2000, ignore);
  CHECK(other.agents()[0].table.values(0) != another.agents()[0].table.values(0));
}

TEST_CASE("double Q: one half learns, by what the other says of its best next target") {
  const SmallWorld world;
  const double discount = 0.5;
  QLearner learner(at_random(discount), world.context(), {UpdateKind::kDoubleQ});
  const QAgent& agent = learner.agents()[0];
  std::array<int, 2> learned{};
  std::array<QTable, 2> before{agent.halves[0], agent.halves[1]};
  int told_apart = 0;
  wander(learner, 4000,
         [&](const Observation& then, TargetId taken, double reward, const Observation& now,
             TargetId) {
           const StateIndex state = learner.encoder().encode(then);
           const StateIndex next = learner.encoder().encode(now);
           const auto visits = [&](std::size_t h) {
             return agent.halves[h].visits(agent.halves[h].find(state))[taken];
           };
           const auto visited_before = [&](std::size_t h) {
             return before[h].visits(before[h].row(state))[taken];
           };
           const std::size_t side = visits(0) > visited_before(0) ? 0 : 1;
           REQUIRE(visits(0) + visits(1) == visited_before(0) + visited_before(1) + 1);
           ++learned[side];
           QTable& own = before[side];
           QTable& other = before[1 - side];
           const TargetId best = own.greedy(own.row(next), 0);
           const double value = other.value(other.row(next), best);
           told_apart += value != own.greedy_value(own.row(next), 0);
           const double old = own.value(own.row(state), taken);
           const double expected = old + 0.9 * (reward + discount * value - old);
           REQUIRE(q(learner, agent.halves[side], then, taken) == Approx(expected).margin(1e-4));
           REQUIRE(q(learner, agent.halves[1 - side], then, taken) ==
                   other.value(other.row(state), taken));
           REQUIRE(q(learner, then, taken) ==
                   Approx(0.5 * (q(learner, agent.halves[0], then, taken) +
                                 q(learner, agent.halves[1], then, taken))));
           before = {agent.halves[0], agent.halves[1]};
         });
  CHECK(told_apart > 3000);
  // A fair coin: 4000 flips have a standard deviation of 32.
  CHECK(std::abs(learned[0] - learned[1]) < 4 * 2 * 32);
}

TEST_CASE("double Q acts by the mean of both halves") {
  const SmallWorld world;
  QLearner learner(from_zero(0.0), world.context(), {UpdateKind::kDoubleQ});
  QAgent& agent = learner.agents()[0];
  const Observation s = observe(0);
  const StateIndex state = learner.encoder().encode(s);
  const auto set = [&](std::size_t half, TargetId target, float value) {
    agent.halves[half].restore(agent.halves[half].row(state), target, value, 1);
  };
  set(0, 4, 10.0F);  // best of the first half, mean 1
  set(1, 4, -8.0F);
  set(1, 6, 9.0F);  // best of the second half, mean 0.5
  set(0, 6, -8.0F);
  set(0, 2, 3.0F);  // best of neither, mean 3
  set(1, 2, 3.0F);
  agent.combine_halves();
  CHECK(learner.choose(s) == 2);
  CHECK(agent.table.visits(agent.table.find(state))[2] == 2);
}

// All 13 targets of a state are worth the same, on average: R = -10 + noise of standard deviation 5. The
// state lasts, so each is worth -10 / (1 - 0.5) = -20. The state before it is worth 0.5 of that. Taking the
// greatest of 13 noisy estimates for their greatest value overrates it; a second table does not. Sutton and
// Barto (2nd edition), section 6.7.
double mean_bias(UpdateKind kind) {
  const SmallWorld world;
  constexpr int kRuns = 40;
  double bias = 0.0;
  for (std::uint64_t run = 0; run < kRuns; ++run) {
    AutoScaleConfig config = at_random(0.5);
    config.learning_rate = 0.1;
    QLearner learner(config, world.context(run + 1), {kind});
    const StreamKey noise{.seed = 100 + run};
    const Observation before = observe(0);
    const Observation noisy = observe(0, 0.5);
    for (std::uint64_t i = 0; i < 3000; ++i) {
      learner.choose(before);
      learner.learn(worth(before, 0, 0.0));
      learner.learn(worth(noisy, learner.choose(noisy), -10.0 + 5.0 * draw_normal(noise, 0, i)));
      learner.end_episode();
    }
    bias += (q(learner, before, 0) - 0.5 * -20.0) / kRuns;
  }
  return bias;
}

TEST_CASE("double Q removes the bias that the maximum of noisy values has") {
  const double single = mean_bias(UpdateKind::kQLearning);
  const double twofold = mean_bias(UpdateKind::kDoubleQ);
  INFO("Q-learning " << single << ", double Q " << twofold);
  CHECK(single > 1.0);
  CHECK(std::abs(twofold) < 0.25 * single);
}

}  // namespace
}  // namespace autoscale
