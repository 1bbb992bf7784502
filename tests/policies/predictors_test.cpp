// What the policies that learn from records do as policies.
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <sstream>

#include "sim/policies/predictor.h"
#include "sim/policies/records.h"
#include "sim/policies/registry.h"
#include "tests/policies/small_world.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"

namespace autoscale {
namespace {

using test::observe;
using test::outcome_of;
using test::SmallWorld;

constexpr const char* kAll[] = {"linear_regression", "svr", "svm", "knn", "bayesian_optimization"};
constexpr const char* kRegressions[] = {"linear_regression", "svr", "bayesian_optimization"};

std::unique_ptr<Policy> make(const std::string& name, const PolicyContext& context,
                             const std::string& config = "{}") {
  PolicySpec spec{.name = name, .policy = name};
  spec.config_json = config;
  Diagnostics diagnostics;
  auto policy = make_policy(spec, "{}", context, "", diagnostics);
  diagnostics.throw_if_any();
  return policy;
}

// The world's truth: what the profile says, slowed down by the co-runner on the phone.
double slowdown(const SmallWorld& world, const Observation& o, TargetId t) {
  return world.targets[t].site == Site::kPhone ? 1.0 + 2.0 * o.cpu_ratio : 1.0;
}

Outcome measured(const SmallWorld& world, const Observation& o, TargetId t, double noise = 1.0) {
  Outcome outcome = outcome_of(world, o, t, noise * slowdown(world, o, t));
  outcome.latency = Millis{outcome.latency.value * noise * slowdown(world, o, t)};
  return outcome;
}

// Blocks of requests of one workload in one state, as the training campaign has them.
void train(Policy& policy, const SmallWorld& world, const std::vector<double>& loads,
           double noise_sd = 0.0, int per_state = 60) {
  policy.set_mode(Policy::Mode::kTraining);
  std::uint64_t draw = 0;
  for (const double load : loads) {
    for (std::uint32_t w = 0; w < world.workloads.size(); ++w) {
      for (int i = 0; i < per_state; ++i) {
        const Observation now = observe(w, load);
        const double noise = std::exp(noise_sd * draw_normal({.seed = 17}, 0, draw++));
        policy.learn(measured(world, now, policy.choose(now), noise));
      }
      policy.end_episode();
    }
  }
  policy.set_mode(Policy::Mode::kFrozen);
}

// The oracle's order on the truth.
TargetId best(const SmallWorld& world, const Observation& o) {
  const WorkloadInfo& w = world.workloads[o.workload];
  TargetId found = kNoTarget;
  std::tuple<bool, bool, double> least;
  for (TargetId t = 0; t < world.targets.size(); ++t) {
    if (!w.profile[t].supported) continue;
    const Outcome outcome = measured(world, o, t);
    const std::tuple cost{!outcome.meets_accuracy, outcome.latency > w.qos, outcome.energy.value};
    if (found != kNoTarget && !(cost < least)) continue;
    found = t;
    least = cost;
  }
  return found;
}

TEST_CASE("trained without noise in one state, each finds the best target of every network") {
  const SmallWorld world;
  for (const std::string name : kAll) {
    INFO(name);
    // So short lengths of what is learned that nothing is smoothed: this is about one state.
    const auto policy = make(name, world.context(),
                             name == "svr" ? R"({"epsilon": 0.001, "penalty": 1000})" : "{}");
    train(*policy, world, {0.0});
    for (std::uint32_t w = 0; w < 3; ++w) {
      const Observation now = observe(w);
      INFO("workload " << w << ": " << world.targets[policy->choose(now)].name << " instead of "
                       << world.targets[best(world, now)].name);
      const double spent = measured(world, now, policy->choose(now)).energy.value;
      const double least = measured(world, now, best(world, now)).energy.value;
      CHECK(spent <= 1.001 * least);
    }
  }
}

TEST_CASE("trained with noise over several states, each spends far less than random choices") {
  const SmallWorld world;
  const std::vector<double> loads{0.0, 0.2, 0.5, 0.8};
  double random_mj = 0.0;
  const auto random = make("random", world.context());
  const auto spent_by = [&](Policy& policy) {
    double sum = 0.0;
    for (std::size_t i = 0; i < 300; ++i) {
      const Observation now = observe(static_cast<std::uint32_t>(i % 3), loads[i / 3 % 4]);
      sum += measured(world, now, policy.choose(now)).energy.value;
    }
    return sum;
  };
  random_mj = spent_by(*random);
  double least_mj = 0.0;
  for (std::size_t i = 0; i < 300; ++i) {
    const Observation now = observe(static_cast<std::uint32_t>(i % 3), loads[i / 3 % 4]);
    least_mj += measured(world, now, best(world, now)).energy.value;
  }
  for (const std::string name : kAll) {
    const auto policy = make(name, world.context());
    train(*policy, world, loads, 0.05);
    const double spent = spent_by(*policy);
    INFO(name << ": " << spent << " mJ, random " << random_mj << ", best " << least_mj);
    CHECK(spent < 0.5 * random_mj);
    CHECK(spent < 1.35 * least_mj);
  }
}

TEST_CASE("regressions predict what was measured") {
  const SmallWorld world;
  for (const std::string name : kRegressions) {
    const auto policy = make(name, world.context());
    train(*policy, world, {0.0, 0.2, 0.5, 0.8});
    double latency_error = 0.0;
    double energy_error = 0.0;
    int count = 0;
    for (std::uint32_t w = 0; w < 3; ++w) {
      const Observation now = observe(w, 0.2);
      policy->choose(now);
      const auto predicted = dynamic_cast<const Predictor&>(*policy).predictions();
      for (TargetId t = 0; t < world.targets.size(); ++t) {
        if (!world.workloads[w].profile[t].supported) continue;
        const Outcome truth = measured(world, now, t);
        latency_error += std::abs(predicted[t].latency_ms / truth.latency.value - 1.0);
        energy_error += std::abs(predicted[t].energy_mj / truth.energy.value - 1.0);
        ++count;
      }
    }
    INFO(name << ": " << latency_error / count << ", " << energy_error / count);
    CHECK(latency_error / count < 0.15);
    CHECK(energy_error / count < 0.15);
  }
}

TEST_CASE("training tries every target as often as any other") {
  const SmallWorld world;
  for (const std::string name : {"linear_regression", "svr", "svm", "knn"}) {
    const auto policy = make(name, world.context());
    policy->set_mode(Policy::Mode::kTraining);
    const bool regression = name == "linear_regression" || name == "svr";
    for (std::uint32_t w = 0; w < 3; ++w) {
      const auto profile = world.workloads[w].profile;
      const auto candidates = static_cast<int>(std::ranges::count_if(
          profile, [&](const auto& e) { return e.supported && (regression || e.meets_accuracy); }));
      std::map<TargetId, int> tried;
      std::vector<TargetId> order;
      for (int i = 0; i < 2 * candidates; ++i) {
        order.push_back(policy->choose(observe(w)));
        ++tried[order.back()];
      }
      CHECK(static_cast<int>(tried.size()) == candidates);
      CHECK(std::ranges::all_of(tried, [](const auto& t) { return t.second == 2; }));
      if (candidates > 3)
        CHECK_FALSE(std::ranges::is_sorted(order.begin(), order.begin() + candidates));
    }
  }
}

TEST_CASE("labels of places are answered on the step that the profile finds best") {
  const SmallWorld world;
  for (const std::string name : {"svm", "knn"}) {
    const auto policy = make(name, world.context(), R"({"labels": "place"})");
    train(*policy, world, {0.0, 0.8});
    for (std::uint32_t w = 0; w < 3; ++w) {
      for (const double load : {0.0, 0.8}) {
        const Observation now = observe(w, load);
        const TargetId chosen = policy->choose(now);
        INFO(name << " workload " << w << " load " << load);
        CHECK(world.targets[chosen].place == world.targets[best(world, now)].place);
        const auto profile = world.workloads[w].profile;
        for (TargetId t = 0; t < world.targets.size(); ++t) {
          if (world.targets[t].place != world.targets[chosen].place) continue;
          const bool better = profile[t].meets_accuracy >= profile[chosen].meets_accuracy &&
                              profile[t].latency <= world.workloads[w].qos &&
                              profile[t].energy < profile[chosen].energy;
          CHECK_FALSE(better);
        }
      }
    }
  }
}

TEST_CASE("a label that a network may not use is passed over") {
  const SmallWorld world;
  for (const std::string name : {"svm", "knn"}) {
    const auto policy = make(name, world.context());
    policy->set_mode(Policy::Mode::kTraining);
    // Only the light network is seen, whose best target does not run the recurrent one.
    for (int i = 0; i < 40; ++i) {
      const Observation now = observe(0);
      policy->learn(measured(world, now, policy->choose(now)));
    }
    policy->set_mode(Policy::Mode::kFrozen);
    REQUIRE_FALSE(world.workloads[2].profile[policy->choose(observe(0))].supported);
    CHECK(policy->choose(observe(2)) ==
          make("static_profile", world.context())->choose(observe(2)));
  }
}

TEST_CASE(
    "saved records train another one to the same decisions, and are saved again as they were") {
  const SmallWorld world;
  const test::ScratchFolder scratch;
  for (const std::string name : kAll) {
    INFO(name);
    const auto policy = make(name, world.context());
    train(*policy, world, {0.0, 0.5}, 0.05);
    std::ostringstream saved;
    REQUIRE(policy->save(saved));
    const std::string file = (scratch.path() / (name + ".json")).string();
    std::ofstream(file) << saved.str();
    const auto loaded = make(name, world.context(), "{\"load\": \"" + file + "\"}");
    CHECK_FALSE(loaded->needs_training());
    loaded->set_mode(Policy::Mode::kFrozen);
    std::ostringstream again;
    loaded->save(again);
    CHECK(again.str() == saved.str());
    if (name == "bayesian_optimization") continue;  // is tuned once, not along the way
    for (std::uint32_t w = 0; w < 3; ++w) {
      for (const double load : {0.0, 0.1, 0.3, 0.5, 0.9}) {
        CHECK(loaded->choose(observe(w, load)) == policy->choose(observe(w, load)));
      }
    }
  }
}

TEST_CASE("records of another phone are refused, and so is what is none") {
  const SmallWorld world;
  const SmallWorld other(test::make_targets(2, false));
  const auto policy = make("knn", world.context());
  train(*policy, world, {0.0});
  std::ostringstream saved;
  policy->save(saved);
  CHECK(parse_records(saved.str(), "records.json", world.targets).size() ==
        static_cast<std::size_t>(3 * 60));
  try {
    parse_records(saved.str(), "records.json", other.targets);
    FAIL("was read");
  } catch (const InputError& error) {
    CHECK(
        to_string(error.diagnostics().front())
            .find(
                "records.json: /targets/0: this phone has no target cpu/fp32 at f/f_max = 0.333") ==
        0);
  }
  CHECK_THROWS_AS(parse_records("{}", "f", world.targets), InputError);
  CHECK_THROWS_AS(
      parse_records(
          R"({"autoscale_records": 1, "targets": [{"place": "cpu/fp32", "frequency_ratio": 1}],
          "records": [{"state": [0,0,0,0,0,0,0,0], "target": 1, "meets_accuracy": true, "qos_ms": 50,
          "latency_ms": 1, "energy_mj": 1}]})",
          "f", world.targets),
      InputError);
}

TEST_CASE("frozen and online, the regressions and classifiers learn nothing") {
  const SmallWorld world;
  for (const std::string name : {"linear_regression", "svr", "svm", "knn"}) {
    const auto policy = make(name, world.context());
    train(*policy, world, {0.0, 0.5});
    std::ostringstream before, after;
    policy->save(before);
    policy->set_mode(Policy::Mode::kOnline);
    const TargetId chosen = policy->choose(observe(0));
    for (int i = 0; i < 100; ++i) {
      const Observation now = observe(0);
      policy->learn(measured(world, now, policy->choose(now), 50.0));
    }
    policy->save(after);
    CHECK(before.str() == after.str());
    CHECK(policy->choose(observe(0)) == chosen);
  }
}

TEST_CASE("bayesian optimization learns online, and not when it is frozen") {
  const SmallWorld world;
  const auto policy = make("bayesian_optimization", world.context());
  train(*policy, world, {0.0});
  const Observation now = observe(0);
  const TargetId first = policy->choose(now);
  for (int i = 0; i < 200; ++i) policy->learn(measured(world, now, policy->choose(now), 50.0));
  CHECK(policy->choose(now) == first);
  policy->set_mode(Policy::Mode::kOnline);
  for (int i = 0; i < 400; ++i) {
    const TargetId t = policy->choose(now);
    policy->learn(measured(world, now, t, t == first ? 50.0 : 1.0));
  }
  policy->set_mode(Policy::Mode::kFrozen);
  CHECK(policy->choose(now) != first);
}

TEST_CASE("bayesian optimization spends its training where it expects improvement") {
  const SmallWorld world;
  for (const std::string acquisition :
       {"expected_improvement", "constrained_expected_improvement", "lower_confidence_bound"}) {
    const auto policy = make("bayesian_optimization", world.context(),
                             "{\"initial_count\": 20, \"acquisition\": \"" + acquisition + "\"}");
    policy->set_mode(Policy::Mode::kTraining);
    const Observation now = observe(0);
    double random_mj = 0.0;
    double chosen_mj = 0.0;
    for (int i = 0; i < 120; ++i) {
      const Outcome outcome = measured(world, now, policy->choose(now));
      (i < 20 ? random_mj : chosen_mj) += outcome.energy.value;
      policy->learn(outcome);
    }
    INFO(acquisition << ": " << random_mj / 20 << " mJ, then " << chosen_mj / 100);
    CHECK(chosen_mj / 100 < 0.7 * random_mj / 20);
  }
}

}  // namespace
}  // namespace autoscale
