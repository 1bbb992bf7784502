#include "sim/policies/q_learner.h"

#include <cmath>
#include <map>

#include "tests/policies/small_world.h"
#include "tests/support/catch.h"

namespace autoscale {
namespace {

using test::observe;
using test::outcome_of;
using test::SmallWorld;

// The paper's settings, without exploration.
AutoScaleConfig paper_greedy() {
  AutoScaleConfig config;
  config.reward = RewardKind::kPaper;
  config.initial_values = InitialValueKind::kUniform01;
  config.epsilon = 0.0;
  return config;
}

float q(const QLearner& learner, const Observation& at, TargetId target) {
  const QTable& table = learner.agents()[learner.agent_of(at.workload)].table;
  return table.values(table.find(learner.encoder().encode(at)))[target];
}

Outcome with_energy(const Observation& then, TargetId target, double energy_mj) {
  return {&then, target, false, Millis{100.0}, Millijoules{energy_mj}, 0.0, true};
}

TEST_CASE("the update, by hand") {
  const SmallWorld world;
  QLearner learner(paper_greedy(), world.context());
  const Observation s = observe(0);
  const Observation next = observe(0, 0.5);
  learner.choose(s);
  const double old = q(learner, s, 4);
  // Late (100 ms of 50 ms), accuracy 0: R = -E = -20. The next state is new: its best value is the
  // greatest initial one. Q <- old + 0.9 (-20 + 0.1 best - old).
  learner.learn(with_energy(s, 4, 20.0));
  CHECK(q(learner, s, 4) == Approx(old));  // waits for its next state
  learner.choose(next);
  float best = 0.0F;
  for (const TargetId t : learner.allowed(0)) best = std::max(best, q(learner, next, t));
  const double expected = old + 0.9 * (-20.0 + 0.1 * static_cast<double>(best) - old);
  CHECK(q(learner, s, 4) == Approx(expected).epsilon(1e-6));
  // At the end of an episode the state is taken to persist: Q <- Q + 0.9 (-20 + 0.1 max Q(s,.) - Q).
  float own_best = -1e9F;
  for (const TargetId t : learner.allowed(0)) own_best = std::max(own_best, q(learner, s, t));
  learner.learn(with_energy(s, 4, 20.0));
  learner.end_episode();
  const double last = expected + 0.9 * (-20.0 + 0.1 * static_cast<double>(own_best) - expected);
  CHECK(q(learner, s, 4) == Approx(last).epsilon(1e-6));
}

TEST_CASE("sample averages: an entry is the mean of its rewards") {
  const SmallWorld world;
  AutoScaleConfig config = paper_greedy();
  config.learning_rate_schedule = LearningRateSchedule::kSampleAverage;
  config.discount = 0.0;
  QLearner learner(config, world.context());
  const Observation s = observe(0);
  for (const double energy : {10.0, 20.0, 60.0}) learner.learn(with_energy(s, 2, energy));
  learner.end_episode();
  CHECK(q(learner, s, 2) == Approx(-30.0));
}

// With rate r, Q is a geometric mean of past rewards: sd = sigma sqrt(r / (2 - r)) = 0.9045 sigma.
TEST_CASE("learning rate 0.9 hardly averages noise: sd 0.905 sigma") {
  const SmallWorld world;
  AutoScaleConfig config = paper_greedy();
  config.discount = 0.0;
  QLearner learner(config, world.context());
  const Observation s = observe(0);
  const StreamKey key{.seed = 7};
  constexpr int kSamples = 40000;
  constexpr double kSigma = 3.0;
  double sum = 0.0;
  double squares = 0.0;
  for (std::uint64_t i = 0; i < kSamples; ++i) {
    learner.learn(with_energy(s, 1, 50.0 + kSigma * draw_normal(key, 0, i)));
    learner.end_episode();
    const double value = q(learner, s, 1);
    sum += value;
    squares += value * value;
  }
  const double mean = sum / kSamples;
  const double sd = std::sqrt(squares / kSamples - mean * mean);
  CHECK(mean == Approx(-50.0).epsilon(0.01));
  CHECK(sd / kSigma == Approx(0.905).epsilon(0.05));
}

// Random values in (0, 1) are optimistic where all rewards are below -1.
TEST_CASE("uniform01 without exploration: every action once before any twice") {
  const SmallWorld world;
  QLearner learner(paper_greedy(), world.context());
  const Observation s = observe(0);
  std::map<TargetId, int> tried;
  for (std::size_t i = 0; i < learner.allowed(0).size(); ++i) {
    const TargetId chosen = learner.choose(s);
    learner.learn(with_energy(s, chosen, 30.0));
    ++tried[chosen];
  }
  CHECK(tried.size() == learner.allowed(0).size());
  CHECK(tried.size() == world.targets.size());
}

TEST_CASE("zero is optimistic under reward penalised: every action once before any twice") {
  const SmallWorld world;
  AutoScaleConfig config;
  config.initial_values = InitialValueKind::kZero;
  config.epsilon = 0.0;
  QLearner learner(config, world.context());
  const Observation s = observe(1);
  std::map<TargetId, int> tried;
  for (std::size_t i = 0; i < learner.allowed(1).size(); ++i) {
    const TargetId chosen = learner.choose(s);
    if (tried.empty()) CHECK(q(learner, s, chosen) == 0.0F);
    learner.learn(outcome_of(world, s, chosen));
    ++tried[chosen];
  }
  CHECK(tried.size() == learner.allowed(1).size());
}

TEST_CASE(
    "without the features that tell networks apart they share a row, each with its own targets") {
  const SmallWorld world;
  AutoScaleConfig config;
  config.features_left_out = {Feature::kConv, Feature::kMac};  // of "light" and "heavy"
  QLearner learner(config, world.context());
  learner.choose(observe(0));
  learner.choose(observe(1));
  CHECK(learner.agents()[0].table.rows() == 1);
  CHECK(learner.allowed(0).size() == 13);
  CHECK(learner.allowed(1).size() == 9);
  QLearner whole({}, world.context());
  whole.choose(observe(0));
  whole.choose(observe(1));
  CHECK(whole.agents()[0].table.rows() == 2);
}

TEST_CASE("overlapping requests: outcomes wait for the next decision of their own service class") {
  const SmallWorld world;  // workloads 0 and 1 share a class, 2 is another
  AutoScaleConfig config = paper_greedy();
  config.discount = 0.5;
  QLearner learner(config, world.context());
  const Observation a = observe(0);
  const Observation b = observe(1);
  const Observation other = observe(2);
  for (const Observation& o : {a, b, other}) learner.choose(o);  // three in flight
  const double a_old = q(learner, a, 3);
  const double b_old = q(learner, b, 5);
  learner.learn(with_energy(b, 5, 40.0));  // finished out of order
  learner.learn(with_energy(a, 3, 10.0));
  learner.choose(other);
  CHECK(q(learner, a, 3) == Approx(a_old));
  CHECK(q(learner, b, 5) == Approx(b_old));
  const Observation next = observe(1, 0.9, 0.9);
  learner.choose(next);
  float best = -1e9F;
  for (const TargetId t : learner.allowed(1)) best = std::max(best, q(learner, next, t));
  const double bootstrap = 0.5 * static_cast<double>(best);
  CHECK(q(learner, a, 3) == Approx(a_old + 0.9 * (-10.0 + bootstrap - a_old)).epsilon(1e-6));
  CHECK(q(learner, b, 5) == Approx(b_old + 0.9 * (-40.0 + bootstrap - b_old)).epsilon(1e-6));
}

TEST_CASE("masks: unsupported targets never, inaccurate ones as configured") {
  const SmallWorld world;
  AutoScaleConfig config;
  const auto allowed = [&](std::uint32_t workload) {
    return QLearner(config, world.context()).allowed(workload).size();
  };
  CHECK(allowed(0) == 13);  // all of them
  CHECK(allowed(1) == 9);   // without three steps of the CPU in INT8, and the DSP
  CHECK(allowed(2) == 5);   // CPUs in FP32: three steps, edge peer, cloud
  config.reward = RewardKind::kPaper;
  CHECK(allowed(1) == 13);
  config.mask_inaccurate = MaskInaccurate::kYes;
  CHECK(allowed(1) == 9);
}

TEST_CASE("an accuracy that nobody reaches leaves the supported targets") {
  SmallWorld world;
  for (ProfileEntry& entry : world.profiles[0]) entry.meets_accuracy = false;
  const QLearner learner(AutoScaleConfig{}, world.context());
  CHECK(learner.allowed(0).size() == 13);
}

TEST_CASE("networks that share a state but not their targets choose from their own") {
  SmallWorld world;
  world.networks[1].features = world.networks[0].features;  // "heavy" now looks like "light" ...
  world.networks[1].layers[0].macs = world.networks[0].layers[0].macs;
  AutoScaleConfig config;
  config.epsilon = 1.0;
  config.epsilon_schedule = EpsilonSchedule::kConstant;
  QLearner learner(config, world.context());
  REQUIRE(learner.encoder().encode(observe(0)) == learner.encoder().encode(observe(1)));
  bool light_used_int8 = false;
  for (int i = 0; i < 500; ++i) {
    for (const std::uint32_t w : {0U, 1U}) {
      const Observation s = observe(w);
      const TargetId t = learner.choose(s);
      const bool int8 = world.targets[t].precision == Precision::kInt8;
      light_used_int8 |= w == 0 && int8;
      REQUIRE_FALSE((w == 1 && int8));  // ... but INT8 is too inaccurate for it
      learner.learn(outcome_of(world, s, t));
    }
  }
  CHECK(light_used_int8);
  learner.set_mode(Policy::Mode::kFrozen);
  CHECK(world.targets[learner.choose(observe(1))].precision != Precision::kInt8);
}

}  // namespace
}  // namespace autoscale
