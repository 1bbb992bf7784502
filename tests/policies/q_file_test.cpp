#include "sim/policies/q_file.h"

#include <algorithm>
#include <sstream>

#include "sim/base/diagnostics.h"
#include "sim/policies/q_transfer.h"
#include "sim/policies/registry.h"
#include "tests/policies/small_world.h"
#include "tests/support/catch.h"

namespace autoscale {
namespace {

using test::observe;
using test::outcome_of;
using test::SmallWorld;

void train(QLearner& learner, const SmallWorld& world, int requests) {
  for (int i = 0; i < requests; ++i) {
    const auto w =
        static_cast<std::uint32_t>(i) % static_cast<std::uint32_t>(world.workloads.size());
    const Observation s = observe(w, (i / 3) % 4 * 0.3);
    learner.learn(outcome_of(world, s, learner.choose(s), 1.0 + 0.001 * (i % 17)));
  }
  learner.end_episode();
}

std::string text_of(const QLearner& learner) {
  std::ostringstream out;
  write(snapshot(learner), out);
  return out.str();
}

TEST_CASE("save, load, save: the same bytes, the same decisions") {
  const SmallWorld world;
  for (const TableSharing tables : {TableSharing::kPerServiceClass, TableSharing::kSingle}) {
    for (const auto initial : {InitialValueKind::kPrior, InitialValueKind::kUniform01}) {
      AutoScaleConfig config;
      config.tables = tables;
      config.initial_values = initial;
      QLearner learner(config, world.context());
      train(learner, world, 2000);
      const std::string saved = text_of(learner);
      QLearner loaded(config, world.context());
      restore(parse_q_file(saved, "table.json"), loaded, "table.json");
      CHECK(text_of(loaded) == saved);
      learner.set_mode(Policy::Mode::kFrozen);
      loaded.set_mode(Policy::Mode::kFrozen);
      for (std::uint32_t w = 0; w < 3; ++w) {
        for (const double cpu : {0.0, 0.1, 0.3, 0.9}) {
          CHECK(learner.choose(observe(w, cpu, 0.5)) == loaded.choose(observe(w, cpu, 0.5)));
        }
      }
    }
  }
}

TEST_CASE(
    "save, load, save: the same bytes by every rule, in every width, with anything left out") {
  const SmallWorld world;
  for (const UpdateRule rule :
       {UpdateRule{}, UpdateRule{UpdateKind::kSarsa, 0.8}, UpdateRule{UpdateKind::kDoubleQ, 0.0}}) {
    for (const QValueBits bits : {QValueBits::k32, QValueBits::k16, QValueBits::k8}) {
      AutoScaleConfig config;
      config.q_value_bits = bits;
      config.features_left_out = {Feature::kMemory, Feature::kConv};
      config.reward_terms_left_out = {RewardTerm::kAccuracy};
      QLearner learner(config, world.context(), rule);
      train(learner, world, 2000);
      const std::string saved = text_of(learner);
      QLearner loaded(config, world.context(), rule);
      restore(parse_q_file(saved, "table.json"), loaded, "table.json");
      CHECK(text_of(loaded) == saved);
      learner.set_mode(Policy::Mode::kFrozen);
      loaded.set_mode(Policy::Mode::kFrozen);
      for (std::uint32_t w = 0; w < 3; ++w) {
        for (const double cpu : {0.0, 0.1, 0.3, 0.9}) {
          CHECK(learner.choose(observe(w, cpu)) == loaded.choose(observe(w, cpu)));
        }
      }
    }
  }
}

std::string refusal(const SavedLearner& saved, const AutoScaleConfig& config, UpdateKind kind) {
  const SmallWorld world;
  QLearner learner(config, world.context(), {kind});
  try {
    restore(saved, learner, "t.json");
  } catch (const PolicyError& error) {
    return std::string(error.what()) + "; " + error.hint();
  }
  return "accepted";
}

TEST_CASE("a table of another rule, or of another state, is refused with the remedy") {
  const SmallWorld world;
  QLearner learner({}, world.context(), {UpdateKind::kSarsa, 0.8});
  train(learner, world, 100);
  const SavedLearner saved = snapshot(learner);
  AutoScaleConfig config;
  CHECK(refusal(saved, config, UpdateKind::kSarsa) == "accepted");
  CHECK(refusal(saved, config, UpdateKind::kQLearning) ==
        "t.json was learned by sarsa, not by q_learning; load it in policy \"sarsa\"");
  config.features_left_out = {Feature::kWifi};
  CHECK(refusal(saved, config, UpdateKind::kSarsa) ==
        "t.json was learned with features_left_out [], not [\"wifi\"]; set \"features_left_out\" "
        "to []");
  config = {};
  config.reward_terms_left_out = {RewardTerm::kQos};
  CHECK_THAT(refusal(saved, config, UpdateKind::kSarsa), Catch::Contains("reward_terms_left_out"));

  QLearner plain({}, world.context());
  train(plain, world, 100);
  CHECK_THAT(refusal(snapshot(plain), {}, UpdateKind::kDoubleQ),
             Catch::Contains("load it in policy \"autoscale\""));
}

TEST_CASE("a table of double Q has two of each, any other has one") {
  const SmallWorld world;
  QLearner learner({}, world.context(), {UpdateKind::kDoubleQ});
  train(learner, world, 100);
  SavedLearner saved = snapshot(learner);
  const auto error_of = [](const SavedLearner& table) -> std::string {
    std::ostringstream out;
    write(table, out);
    try {
      parse_q_file(out.str(), "t.json");
    } catch (const InputError& error) {
      return error.what();
    }
    return "";
  };
  CHECK(error_of(saved).empty());
  saved.second_q.pop_back();
  CHECK_THAT(error_of(saved),
             Catch::Contains("/second_q: expected 2 tables with update \"double_q\""));
  saved = snapshot(learner);
  saved.update = UpdateKind::kQLearning;
  CHECK_THAT(error_of(saved), Catch::Contains("/second_q: expected 0 tables"));
  saved = snapshot(learner);
  saved.second_q[0].rows[0].visits.pop_back();
  CHECK_THAT(error_of(saved), Catch::Contains("/second_q/0/rows/0: expected 13 values"));
}

TEST_CASE("a table that does not say its rule was learned by Q-learning") {
  const SmallWorld world;
  QLearner learner({}, world.context());
  train(learner, world, 10);
  std::string text = text_of(learner);
  const std::string line = "  \"update\": \"q_learning\",\n";
  REQUIRE(text.find(line) != std::string::npos);
  text.erase(text.find(line), line.size());
  CHECK(parse_q_file(text, "t.json").update == UpdateKind::kQLearning);
}

TEST_CASE("a file that is not a table is refused with every error") {
  try {
    parse_q_file(R"({"autoscale_q_table": 2, "reward": "penalized", "extra": 1})", "t.json");
    FAIL("accepted");
  } catch (const InputError& error) {
    const std::string text = error.what();
    CHECK_THAT(text, Catch::Contains("/autoscale_q_table") && Catch::Contains("/reward") &&
                         Catch::Contains("penalised") && Catch::Contains("/extra"));
  }
}

TEST_CASE("rows of the wrong length are refused") {
  const SmallWorld world;
  QLearner learner({}, world.context());
  train(learner, world, 10);
  SavedLearner saved = snapshot(learner);
  saved.q[0].rows[0].values.pop_back();
  std::ostringstream out;
  write(saved, out);
  CHECK_THROWS_AS(parse_q_file(out.str(), "t.json"), InputError);
}

TEST_CASE("what does not fit is refused with the remedy") {
  const SmallWorld world;
  QLearner learner({}, world.context());
  train(learner, world, 100);
  const SavedLearner saved = snapshot(learner);
  AutoScaleConfig config;
  config.reward = RewardKind::kPaper;
  QLearner other_reward(config, world.context());
  CHECK_THROWS_AS(restore(saved, other_reward, "t.json"), PolicyError);
  const SmallWorld other(test::make_targets(5, false));
  QLearner other_device({}, other.context());
  CHECK_THROWS_AS(restore(saved, other_device, "t.json"), PolicyError);
  SmallWorld other_qos;
  other_qos.workloads[0].qos = Millis{33.3};
  other_qos.workloads[1].qos = Millis{33.3};
  QLearner qos_learner({}, other_qos.context());
  CHECK_THROWS_AS(restore(saved, qos_learner, "t.json"), PolicyError);
}

TEST_CASE("a table serves a network it was not trained with") {
  SmallWorld trained;
  trained.workloads.erase(trained.workloads.begin() + 1);  // without "heavy"
  QLearner learner({}, trained.context());
  train(learner, trained, 200);
  const SmallWorld world;
  QLearner loaded({}, world.context());
  restore(snapshot(learner), loaded, "t.json");
  CHECK(loaded.agents()[0].table.rows() > 0);
}

TEST_CASE("mapping of targets: total where the place exists, monotone in frequency") {
  const auto saved_of = [](const std::vector<Target>& targets) {
    std::vector<SavedTarget> saved;
    for (const Target& t : targets) saved.push_back({t.place, t.frequency_ratio});
    return saved;
  };
  const auto from = test::make_targets(23, true);
  for (const int steps : {1, 2, 15, 21, 23, 40}) {
    const auto to = test::make_targets(steps, true);
    const auto source = map_targets(saved_of(from), to);
    for (std::size_t t = 0; t < to.size(); ++t) {
      REQUIRE(source[t] != kNoTarget);
      CHECK(from[source[t]].place == to[t].place);
      if (t > 0 && to[t - 1].place == to[t].place) {
        CHECK(from[source[t - 1]].frequency_ratio <= from[source[t]].frequency_ratio);
      }
    }
  }
  const auto no_dsp = map_targets(saved_of(test::make_targets(23, false)), from);
  CHECK(std::ranges::count(no_dsp, kNoTarget) == 1);
}

TEST_CASE("transfer: values scaled by the reference energy, few visits, new places first") {
  const SmallWorld source(test::make_targets(3, false));
  const SmallWorld target(test::make_targets(6, true), 2.0);  // a phone that uses twice the energy
  AutoScaleConfig config;
  config.reward = RewardKind::kPaper;
  config.epsilon = 0.3;
  config.epsilon_schedule = EpsilonSchedule::kConstant;
  QLearner learner(config, source.context());
  train(learner, source, 5000);
  config.transfer = true;
  config.epsilon = 0.0;
  QLearner other(config, target.context());
  restore(snapshot(learner), other, "t.json");

  const QTable& from = learner.agents()[0].table;
  QTable& to = other.agents()[0].table;
  const StateIndex state = learner.encoder().encode(observe(0));
  // CPU FP32: 6/6 of the frequency is nearest to 3/3, and 2/6 to 1/3.
  CHECK(to.values(to.find(state))[5] == Approx(2.0 * from.values(from.find(state))[2]));
  CHECK(to.values(to.find(state))[1] == Approx(2.0 * from.values(from.find(state))[0]));
  for (const std::uint16_t visits : to.visits(to.find(state))) CHECK(visits <= 3);
  const TargetId greedy = other.choose(observe(0));
  CHECK(target.targets[greedy].place == "dsp/int8");

  config.reward = RewardKind::kPenalised;  // relative to the own CPU already
  config.transfer = false;
  QLearner relative(config, source.context());
  train(relative, source, 500);
  config.transfer = true;
  QLearner unscaled(config, target.context());
  restore(snapshot(relative), unscaled, "t.json");
  const QTable& plain_from = relative.agents()[0].table;
  QTable& plain_to = unscaled.agents()[0].table;
  const TargetId visited = relative.choose(observe(0));
  const auto mapped = map_targets(snapshot(relative).targets, target.targets);
  const auto same = std::ranges::find(mapped, visited) - mapped.begin();
  CHECK(plain_to.values(plain_to.find(state))[static_cast<std::size_t>(same)] ==
        plain_from.values(plain_from.find(state))[visited]);
}

TEST_CASE("transfer of double Q: each half from its half") {
  const SmallWorld source(test::make_targets(3, false));
  const SmallWorld target(test::make_targets(6, true));
  QLearner learner({}, source.context(), {UpdateKind::kDoubleQ});
  train(learner, source, 5000);
  AutoScaleConfig config;
  config.transfer = true;
  QLearner other(config, target.context(), {UpdateKind::kDoubleQ});
  restore(snapshot(learner), other, "t.json");
  const StateIndex state = learner.encoder().encode(observe(0));
  int different = 0;
  for (std::size_t h = 0; h < 2; ++h) {
    const QTable& from = learner.agents()[0].halves[h];
    const QTable& to = other.agents()[0].halves[h];
    for (TargetId t = 0; t < 3;
         ++t) {  // CPU FP32: steps 2, 4 and 6 of 6 are nearest to 1, 2 and 3 of 3
      if (from.visits(from.find(state))[t] == 0) continue;
      ++different;
      CHECK(to.value(to.find(state), static_cast<TargetId>(2 * t + 1)) ==
            from.value(from.find(state), t));
    }
  }
  CHECK(different > 0);
}

}  // namespace
}  // namespace autoscale
