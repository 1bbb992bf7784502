// Q values in fewer bits: what they hold, what they lose, and what they cost.
#include "sim/policies/q_values.h"

#include <cmath>
#include <limits>

#include "sim/base/random.h"
#include "sim/policies/q_format.h"
#include "sim/policies/q_learner.h"
#include "tests/policies/small_world.h"
#include "tests/support/catch.h"

namespace autoscale {
namespace {

using test::observe;
using test::outcome_of;
using test::SmallWorld;

using Masks = std::vector<std::vector<ActionMask>>;

QFormat format_of(int bits, double least, double greatest) {
  return {bits, std::vector<QRange>(kNetworkStates, QRange{least, greatest})};
}

QTable table_of(std::size_t targets, const QFormat& format) {
  return {targets, Masks(kNetworkStates), [](StateIndex, TargetId) { return 0.0F; }, format};
}

// Sizes as in the paper: 3072 states, 66 actions, 2 bytes: 0.4 MB.
TEST_CASE("a full table of 66 targets in 16 bits has 405504 bytes of values") {
  const auto value_bytes = [](int bits) {
    QTable table = table_of(66, format_of(bits, -1.0, 0.0));
    for (int s = 0; s < kStates; ++s) table.row(static_cast<StateIndex>(s));
    CHECK(table.footprint_bytes() > table.value_bytes());
    return table.value_bytes();
  };
  CHECK(value_bytes(16) == 3072 * 66 * 2);
  CHECK(value_bytes(16) == 405504);
  CHECK(value_bytes(8) == 202752);
  CHECK(value_bytes(32) == 3072 * 72 * 4);  // 66 floats are padded to 72
}

TEST_CASE(
    "fixed point: the nearest of equidistant numbers, both ends exact, beyond them saturated") {
  for (const int bits : {8, 16}) {
    const double codes = bits == 8 ? 255.0 : 65535.0;
    const double step = 12.0 / codes;
    QTable table = table_of(3, format_of(bits, -10.0, 2.0));
    const QTable::Row row = table.row(0);
    const StreamKey key;
    for (std::uint64_t i = 0; i < 2000; ++i) {
      const double value = -10.0 + 12.0 * draw_uniform(key, 0, i);
      table.set(row, 1, static_cast<float>(value));
      const double kept = table.value(row, 1);
      REQUIRE(std::abs(kept - value) <= 0.5 * step + 2e-6);
      const double code = (kept + 10.0) / step;
      REQUIRE(code == Approx(std::round(code)).margin(codes * 1e-6));
      table.set(row, 1, static_cast<float>(kept));
      REQUIRE(table.value(row, 1) == static_cast<float>(kept));  // what was kept is kept again
    }
    const auto kept = [&](float value) {
      table.set(row, 2, value);
      return table.value(row, 2);
    };
    CHECK(kept(-10.0F) == -10.0F);
    CHECK(kept(2.0F) == Approx(2.0));
    CHECK(kept(-1e9F) == -10.0F);
    CHECK(kept(1e9F) == Approx(2.0));
    CHECK(kept(std::numeric_limits<float>::infinity()) == Approx(2.0));
  }
}

TEST_CASE("the greedy target is that of the values as they are kept") {
  QTable table = table_of(5, format_of(8, -255.0, 0.0));  // whole numbers
  const QTable::Row row = table.row(0);
  for (TargetId t = 0; t < 5; ++t) table.set(row, t, -200.0F);
  table.set(row, 3, -7.4F);
  CHECK(table.greedy(row, 0) == 3);
  table.set(row, 1, -7.3F);  // greater, but kept as the same -7: the lowest target on ties
  CHECK(table.value(row, 1) == table.value(row, 3));
  CHECK(table.greedy(row, 0) == 1);
  table.set(row, 4, -6.6F);  // greater, but kept as -7 as well
  CHECK(table.greedy(row, 0) == 1);
  table.set(row, 4, -6.4F);
  CHECK(table.greedy(row, 0) == 4);
  CHECK(table.greedy_value(row, 0) == -6.0F);
}

TEST_CASE("fixed point: the kept greedy action is the argmax after any sequence of updates") {
  constexpr std::size_t kTargets = 13;
  Masks masks(kNetworkStates);
  ActionMask some(kTargets, 1);
  some[0] = some[5] = some[12] = 0;
  masks[0] = {ActionMask(kTargets, 1), some};
  for (const int bits : {8, 16}) {
    QTable table(
        kTargets, masks, [](StateIndex, TargetId) { return 0.0F; }, format_of(bits, -3.0, 3.0));
    const QTable::Row row = table.row(0);
    const StreamKey key;
    for (std::uint64_t i = 0; i < 20000; ++i) {
      const auto draw = draw_bits(key, 0, i);
      table.learn(row, static_cast<TargetId>(draw[0] % kTargets),
                  static_cast<float>(draw[1] % 900) * 0.01F - 4.5F);
      if (draw[2] % 3 == 0) continue;  // leave some updates unread
      for (std::size_t mask = 0; mask < 2; ++mask) {
        TargetId best = kNoTarget;
        for (TargetId t = 0; t < kTargets; ++t) {
          if (masks[0][mask][t] == 0) continue;
          if (best == kNoTarget || table.value(row, t) > table.value(row, best)) best = t;
        }
        REQUIRE(table.greedy(row, mask) == best);
        REQUIRE(table.greedy_value(row, mask) == table.value(row, best));
      }
    }
  }
}

QRange range_of(const QLearner& learner, const SmallWorld& world, std::uint32_t workload) {
  const PolicyContext context = world.context();
  const std::vector<TableMember> members{
      {workload, learner.encoder().network_state_of(workload), learner.allowed(workload)}};
  AutoScaleConfig config = learner.config();
  if (config.q_value_bits == QValueBits::k32) config.q_value_bits = QValueBits::k8;
  const QFormat format = make_format(config, context, learner.reward(), members);
  return format.ranges[static_cast<std::size_t>(members[0].network_state)];
}

AutoScaleConfig with_bits(QValueBits bits) {
  AutoScaleConfig config;
  config.q_value_bits = bits;
  return config;
}

TEST_CASE("the range reaches from the worst prediction to the best possible reward, for ever") {
  const SmallWorld world;
  AutoScaleConfig config = with_bits(QValueBits::k16);
  config.discount = 0.5;
  const QLearner penalised(config, world.context());
  double worst = 0.0;
  for (const TargetId t : penalised.allowed(1)) {
    worst = std::min(worst, penalised.reward().predicted(1, world.profiles[1][t]));
  }
  CHECK(range_of(penalised, world, 1).least == Approx(2.0 * worst));
  CHECK(range_of(penalised, world, 1).greatest == 0.0);
  config.reward = RewardKind::kPaper;
  // At best no energy at all, just in time, of full accuracy: 0.1 * 50 + 0.1 * 100.
  CHECK(range_of(QLearner(config, world.context()), world, 0).greatest == Approx(2.0 * 15.0));
  config.initial_values = InitialValueKind::kUniform01;
  config.alpha = config.beta = 0.0;
  CHECK(range_of(QLearner(config, world.context()), world, 0).greatest == 1.0);
}

TEST_CASE("a state of a loaded table that no network has gets the range of all") {
  const SmallWorld world;
  const QLearner learner(with_bits(QValueBits::k8), world.context());
  const PolicyContext context = world.context();
  const std::vector<TableMember> members{{0, 0, learner.allowed(0)}, {1, 1, learner.allowed(1)}};
  const QFormat format = make_format(learner.config(), context, learner.reward(), members);
  CHECK(format.ranges[5].least == std::min(format.ranges[0].least, format.ranges[1].least));
  CHECK(format.ranges[0].least != format.ranges[1].least);
}

// A move of less than half a step is none: an entry stops (step / 2) / rate away from what it should be.
TEST_CASE("small updates are lost to rounding") {
  const SmallWorld world;
  const auto distance = [&](QValueBits bits, double rate) {
    AutoScaleConfig config = with_bits(bits);
    config.learning_rate = rate;
    config.discount = 0.0;
    QLearner learner(config, world.context());
    const QRange range = range_of(learner, world, 0);
    const double step = (range.greatest - range.least) / 255.0;
    const Observation s = observe(0);
    const double goal = range.least / 3.0;
    for (int i = 0; i < 2000; ++i) {
      learner.choose(s);
      Outcome o = outcome_of(world, s, 0);
      o.latency = Millis{1.0};
      o.meets_accuracy = true;
      o.energy = Millijoules{-goal * 150.0};  // 150 mJ is its energy on the CPU
      learner.learn(o);
    }
    learner.end_episode();
    const QTable& table = learner.agents()[0].table;
    return std::abs(table.value(table.find(learner.encoder().encode(s)), 0) - goal) / step;
  };
  CHECK(distance(QValueBits::k8, 0.9) < 0.56);  // 0.5 / 0.9
  CHECK(distance(QValueBits::k8, 0.1) > 1.0);
  CHECK(distance(QValueBits::k8, 0.1) < 5.01);  // 0.5 / 0.1
  CHECK(distance(QValueBits::k16, 0.1) < 5.01 / 257.0);
  CHECK(distance(QValueBits::k32, 0.1) < 1e-3);
}

// Every request of a network in turn, some exploration; the mean energy of a frozen evaluation.
double learned_energy(const SmallWorld& world, QValueBits bits) {
  QLearner learner(with_bits(bits), world.context());
  const StreamKey key{.seed = 3};
  double sum = 0.0;
  for (int i = 0; i < 12000; ++i) {
    if (i == 9000) learner.set_mode(Policy::Mode::kFrozen);
    const Observation s = observe(static_cast<std::uint32_t>(i % 3), i / 3 % 4 * 0.3);
    const TargetId chosen = learner.choose(s);
    const double noise = std::exp(0.05 * draw_normal(key, 0, static_cast<std::uint64_t>(i)));
    learner.learn(outcome_of(world, s, chosen, noise));
    if (i >= 9000) sum += world.workloads[s.workload].profile[chosen].energy.value;
  }
  return sum / 3000.0;
}

TEST_CASE("16 bits decide as well as floats") {
  const SmallWorld world;
  const double floats = learned_energy(world, QValueBits::k32);
  CHECK(learned_energy(world, QValueBits::k16) == Approx(floats).epsilon(0.02));
  CHECK(learned_energy(world, QValueBits::k8) >= 0.98 * floats);
}

}  // namespace
}  // namespace autoscale
