// What the learner does over many requests: exploration, modes, determinism, cost of a decision.
#include <algorithm>
#include <cmath>

#include "sim/policies/initial_values.h"
#include "sim/policies/q_learner.h"
#include "tests/policies/small_world.h"
#include "tests/support/catch.h"

namespace autoscale {
namespace {

using test::observe;
using test::outcome_of;
using test::SmallWorld;

// Requests of all workloads under changing conditions, one after the other; returns the choices.
std::vector<TargetId> run(QLearner& learner, const SmallWorld& world, int requests) {
  std::vector<TargetId> choices;
  const StreamKey key{.seed = 99};
  for (int i = 0; i < requests; ++i) {
    const auto index = static_cast<std::uint64_t>(i);
    const auto workload = static_cast<std::uint32_t>(i % 3);
    const Observation s = observe(workload, (i / 3) % 4 * 0.3, 0.0, i % 5 == 0 ? -85.0 : -55.0);
    const TargetId chosen = learner.choose(s);
    choices.push_back(chosen);
    const double noise = std::exp(0.05 * draw_normal(key, workload, index));
    learner.learn(outcome_of(world, s, chosen, noise));
  }
  learner.end_episode();
  return choices;
}

double mean_energy(const SmallWorld& world, const std::vector<TargetId>& choices) {
  double sum = 0.0;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    sum += world.workloads[i % 3].profile[choices[i]].energy.value;
  }
  return sum / static_cast<double>(choices.size());
}

TEST_CASE("the same seed decides the same, another seed differently") {
  const SmallWorld world;
  QLearner a({}, world.context(1));
  QLearner b({}, world.context(1));
  QLearner c({}, world.context(2));
  const auto choices = run(a, world, 3000);
  CHECK(choices == run(b, world, 3000));
  CHECK(choices != run(c, world, 3000));
}

TEST_CASE("training and judgement explore by different random numbers") {
  const SmallWorld world;
  QLearner online({}, world.context());
  QLearner training({}, world.context());
  training.set_mode(Policy::Mode::kTraining);
  CHECK(run(online, world, 3000) != run(training, world, 3000));
}

TEST_CASE("frozen: no exploration, nothing learned, footprint of seen states unchanged") {
  const SmallWorld world;
  QLearner learner({}, world.context());
  run(learner, world, 3000);
  learner.set_mode(Policy::Mode::kFrozen);
  const auto first = run(learner, world, 300);
  const std::size_t bytes = learner.footprint_bytes();
  CHECK(run(learner, world, 300) == first);
  CHECK(learner.footprint_bytes() == bytes);
  learner.set_mode(Policy::Mode::kOnline);
  CHECK(run(learner, world, 3000) != first);
}

TEST_CASE("frozen: an unseen state is answered by the nearest seen one of its network") {
  const SmallWorld world;
  AutoScaleConfig config;
  config.epsilon = 0.0;
  QLearner learner(config, world.context());
  const auto teach = [&](const Observation& s, TargetId target) {
    learner.choose(s);
    // Everything else is made bad, so that `target` is what this state has learned.
    for (const TargetId t : learner.allowed(s.workload)) {
      Outcome o = outcome_of(world, s, t);
      o.energy = Millijoules{t == target ? 1.0 : 500.0};
      learner.learn(o);
    }
    learner.end_episode();
  };
  teach(observe(0, 0.0), 1);  // CPU load none
  teach(observe(0, 0.8), 4);  // large
  learner.set_mode(Policy::Mode::kFrozen);
  CHECK(learner.choose(observe(0, 0.0)) == 1);
  CHECK(learner.choose(observe(0, 0.1)) == 1);  // one bin from none, two from large
  CHECK(learner.choose(observe(0, 0.5)) == 4);  // one bin from large
  CHECK(learner.choose(observe(0, 0.8, 0.0, -90.0)) == 4);
  // Another network has seen nothing: its profile decides.
  const std::span<const ProfileEntry> profile = world.workloads[1].profile;
  const TargetId chosen = learner.choose(observe(1));
  for (const TargetId t : learner.allowed(1)) {
    if (profile[t].latency > world.workloads[1].qos) continue;
    CHECK(profile[chosen].energy <= profile[t].energy);
  }
}

TEST_CASE("epsilon: constant explores at its rate, decaying falls to the floor") {
  const SmallWorld world;
  AutoScaleConfig config;
  config.epsilon_schedule = EpsilonSchedule::kConstant;
  const auto share_of_rare = [&](int skip, int count) {
    QLearner learner(config, world.context());
    const Observation s = observe(0);
    std::vector<int> times(world.targets.size());
    for (int i = 0; i < skip + count; ++i) {
      const TargetId t = learner.choose(s);
      if (i >= skip) ++times[t];
      learner.learn(outcome_of(world, s, t));
    }
    const int greedy = *std::max_element(times.begin(), times.end());
    return 1.0 - static_cast<double>(greedy) / count;
  };
  // A random action is the greedy one in 1 of 13 cases. Standard error: 0.0020.
  CHECK(share_of_rare(1000, 20000) == Approx(0.1 * 12 / 13).margin(0.008));
  config.epsilon_schedule = EpsilonSchedule::kDecaying;
  CHECK(share_of_rare(5000, 20000) == Approx(0.01 * 12 / 13).margin(0.003));
  config.epsilon = 0.0;
  CHECK(share_of_rare(1000, 1000) == 0.0);
}

// With a discount of 0.1 the next state adds nearly the same to every action.
TEST_CASE("discount 0 and 0.1 differ little") {
  const SmallWorld world;
  AutoScaleConfig config;
  const auto energy = [&](double discount) {
    config.discount = discount;
    QLearner learner(config, world.context());
    run(learner, world, 30000);
    learner.set_mode(Policy::Mode::kFrozen);
    return mean_energy(world, run(learner, world, 3000));
  };
  CHECK(energy(0.0) == Approx(energy(0.1)).epsilon(0.05));
}

TEST_CASE("prior: an entry begins as what its predicted reward is worth for ever") {
  const SmallWorld world;
  const PolicyContext context = world.context();
  AutoScaleConfig config;
  config.initial_values = InitialValueKind::kPrior;
  config.discount = 0.5;
  const RewardFunction reward(config, context);
  const std::vector<TableMember> members{{.workload = 0, .network_state = 3, .allowed = {}}};
  const auto initial = make_initial_values(config, context, reward, members, 0);
  const double predicted = reward.predicted(0, world.profiles[0][1]);
  CHECK(initial(3 * kRuntimeStates, 1) == Approx(2.0 * predicted));
}

TEST_CASE("initial values do not depend on the order of visits") {
  const SmallWorld world;
  for (const auto kind : {InitialValueKind::kUniform01, InitialValueKind::kRewardScaled,
                          InitialValueKind::kPrior, InitialValueKind::kZero}) {
    AutoScaleConfig config;
    config.initial_values = kind;
    QLearner forth(config, world.context());
    QLearner back(config, world.context());
    for (const double cpu : {0.0, 0.1, 0.5, 0.9}) forth.choose(observe(0, cpu));
    for (const double cpu : {0.9, 0.5, 0.1, 0.0}) back.choose(observe(0, cpu));
    const auto values = [](const QLearner& learner, double cpu) {
      const QTable& table = learner.agents()[0].table;
      return table.values(table.find(learner.encoder().encode(observe(0, cpu))));
    };
    for (const double cpu : {0.0, 0.1, 0.5, 0.9}) CHECK(values(forth, cpu) == values(back, cpu));
  }
}

TEST_CASE("dropped requests teach: a target that drops is left") {
  const SmallWorld world;
  AutoScaleConfig config;
  config.epsilon = 0.0;
  for (const RewardKind reward : {RewardKind::kPenalised, RewardKind::kPaper}) {
    config.reward = reward;
    QLearner learner(config, world.context());
    const Observation s = observe(0);
    const TargetId first = learner.choose(s);
    learner.learn({&s, first, true, Millis{0.0}, Millijoules{0.0}, 0.0, false});
    CHECK(learner.choose(s) != first);
  }
}

}  // namespace
}  // namespace autoscale
