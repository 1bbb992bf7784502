// What a policy says about its decisions is what decided.
#include "sim/policies/explain.h"

#include <algorithm>

#include "sim/policies/registry.h"
#include "sim/policies/state_encoder.h"
#include "tests/policies/small_world.h"
#include "tests/support/catch.h"

namespace autoscale {
namespace {

using test::observe;
using test::outcome_of;
using test::SmallWorld;

std::unique_ptr<Policy> policy_named(const char* name, const SmallWorld& world,
                                     std::string_view config) {
  PolicySpec spec;
  spec.name = spec.policy = name;
  Diagnostics problems;
  auto policy = make_policy(spec, config, world.context(), "test", problems);
  REQUIRE(problems.empty());
  return policy;
}

std::unique_ptr<Policy> autoscale_policy(const SmallWorld& world, std::string_view config) {
  return policy_named("autoscale", world, config);
}

ChoiceExplanation explanation_of(const Policy& policy, const Observation& now) {
  const auto* explainer = dynamic_cast<const Explainer*>(&policy);
  REQUIRE(explainer != nullptr);
  return explainer->explain(now);
}

// The allowed target of the greatest value, the lowest on ties.
TargetId greatest(const ChoiceExplanation& explanation) {
  TargetId best = kNoTarget;
  for (const TargetOpinion& o : explanation.opinions) {
    if (!o.allowed) continue;
    if (best == kNoTarget || o.value > explanation.opinions[best].value) best = o.target;
  }
  return best;
}

void teach(Policy& policy, const SmallWorld& world, const Observation& s, int times) {
  for (int i = 0; i < times; ++i) policy.learn(outcome_of(world, s, policy.choose(s)));
  policy.end_episode();
}

TEST_CASE("the state is described by index, bins and words") {
  const SmallWorld world;
  const auto policy = autoscale_policy(world, "{}");
  const Observation s = observe(0, 0.5, 0.0, -85.0);
  const TargetId chosen = policy->choose(s);
  CHECK(chosen < world.targets.size());
  const ChoiceExplanation e = explanation_of(*policy, s);
  REQUIRE(e.state.features.size() == kFeatures);
  StateBins bins{};
  for (std::size_t f = 0; f < kFeatures; ++f) {
    bins[f] = static_cast<std::uint8_t>(e.state.features[f].bin);
    CHECK(e.state.features[f].bins == kBins[f]);
  }
  CHECK(encode(bins) == e.state.index);
  CHECK(e.state.features[4].name == "cpu");
  CHECK(e.state.features[4].label == "medium");
  CHECK(e.state.features[6].name == "wifi");
  CHECK(e.state.features[6].label == "weak");
  CHECK_FALSE(e.answered_by.has_value());
}

TEST_CASE("greedy choices follow the values explained") {
  const SmallWorld world;
  for (const char* name : {"autoscale", "sarsa", "double_q"}) {
    for (const char* config : {R"({"epsilon": 0})", R"({"epsilon": 0, "q_value_bits": "8"})"}) {
      const auto policy = policy_named(name, world, config);
      for (int i = 0; i < 200; ++i) {
        const Observation s = observe(static_cast<std::uint32_t>(i % 3), i % 4 * 0.3);
        const TargetId chosen = policy->choose(s);
        const ChoiceExplanation e = explanation_of(*policy, s);
        REQUIRE(e.opinions.size() == world.targets.size());
        REQUIRE(greatest(e) == chosen);
        REQUIRE(e.reason.starts_with("greedy"));
        policy->learn(outcome_of(world, s, chosen, 1.0 + 0.1 * (i % 3)));
      }
    }
  }
}

TEST_CASE("values are those after what was learned before the decision, and visits count it") {
  const SmallWorld world;
  const auto policy = autoscale_policy(world, R"({"epsilon": 0})");
  const Observation s = observe(0);
  const TargetId chosen = policy->choose(s);
  const ChoiceExplanation before = explanation_of(*policy, s);
  policy->learn(outcome_of(world, s, chosen, 5.0));  // waits for the next decision
  policy->choose(s);
  const ChoiceExplanation after = explanation_of(*policy, s);
  CHECK(before.opinions[chosen].visits == 0);
  CHECK(after.opinions[chosen].visits == 1);
  CHECK(after.opinions[chosen].value < before.opinions[chosen].value);
}

TEST_CASE("exploring is called exploring") {
  const SmallWorld world;
  const auto policy = autoscale_policy(world, R"({"epsilon": 1, "epsilon_schedule": "constant"})");
  const Observation s = observe(1);
  policy->choose(s);
  const ChoiceExplanation e = explanation_of(*policy, s);
  const auto allowed = std::ranges::count(e.opinions, true, &TargetOpinion::allowed);
  CHECK(e.reason ==
        "exploring: drawn at random among " + std::to_string(allowed) + " allowed targets");
  policy->set_mode(Policy::Mode::kFrozen);
  policy->choose(s);
  CHECK(explanation_of(*policy, s).reason.starts_with("greedy"));
}

TEST_CASE("frozen: an unvisited state is explained by the one that answers for it") {
  const SmallWorld world;
  const auto policy = autoscale_policy(world, R"({"epsilon": 0})");
  const Observation seen = observe(0, 0.1);
  teach(*policy, world, seen, 20);
  policy->set_mode(Policy::Mode::kFrozen);
  const Observation unseen = observe(0, 0.9);
  const TargetId chosen = policy->choose(unseen);
  CHECK(chosen == policy->choose(seen));
  const ChoiceExplanation e = explanation_of(*policy, unseen);
  const ChoiceExplanation own = explanation_of(*policy, seen);
  REQUIRE(e.answered_by.has_value());
  CHECK(e.answered_by->index == own.state.index);
  CHECK(e.state.index != own.state.index);
  CHECK(greatest(e) == chosen);
  for (TargetId t = 0; t < e.opinions.size(); ++t) {
    CHECK(e.opinions[t].value == own.opinions[t].value);
    CHECK(e.opinions[t].visits == own.opinions[t].visits);
  }
  // Nothing at all was learned about this network.
  const Observation unknown = observe(2);
  policy->choose(unknown);
  CHECK(explanation_of(*policy, unknown).reason.find("initial") != std::string::npos);
}

}  // namespace
}  // namespace autoscale
