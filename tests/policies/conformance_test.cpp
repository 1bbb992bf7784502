// What every registered policy owes the engine. Oracles need the engine's true costs and are held
// to the same in tests/engine.
#include <algorithm>
#include <memory>
#include <sstream>

#include "sim/policies/registry.h"
#include "tests/policies/small_world.h"
#include "tests/support/catch.h"

namespace autoscale {
namespace {

using test::observe;
using test::outcome_of;
using test::SmallWorld;

std::unique_ptr<Policy> make(const PolicyEntry& entry, const PolicyContext& context) {
  PolicySpec spec;
  spec.name = entry.name;
  spec.policy = entry.name;
  Diagnostics diagnostics;
  std::unique_ptr<Policy> policy = make_policy(spec, "{}", context, "", diagnostics);
  for (const Diagnostic& d : diagnostics.list()) FAIL(to_string(d));
  return policy;
}

// A request sequence that visits many states; `first_request` numbers them.
std::vector<TargetId> drive(Policy& policy, const SmallWorld& world, std::uint64_t first_request) {
  std::vector<TargetId> choices;
  for (int i = 0; i < 600; ++i) {
    const auto workload = static_cast<std::uint32_t>(i % 3);
    Observation now = observe(workload, i % 11 * 0.1, i % 7 / 7.0, -50.0 - i % 50, -50.0 - i % 41);
    now.request = first_request + static_cast<std::uint64_t>(i);
    now.now = SimTime{i * 1'000'000};
    const TargetId chosen = policy.choose(now);
    REQUIRE(chosen < world.targets.size());
    REQUIRE(world.workloads[workload].profile[chosen].supported);
    choices.push_back(chosen);
    if (i % 10 != 0) policy.learn(outcome_of(world, now, chosen));  // a tenth is still running
  }
  policy.end_episode();
  return choices;
}

TEST_CASE("every policy: supported targets, decided by seed and observations alone") {
  const SmallWorld world;
  for (const PolicyEntry& entry : registered_policies()) {
    if (entry.is_oracle()) continue;
    DYNAMIC_SECTION(entry.name) {
      for (const auto mode :
           {Policy::Mode::kTraining, Policy::Mode::kFrozen, Policy::Mode::kOnline}) {
        const auto policy = make(entry, world.context());
        const auto twin = make(entry, world.context());
        policy->set_mode(mode);
        twin->set_mode(mode);
        CHECK(drive(*policy, world, 0) == drive(*twin, world, 1'000'000));
      }
    }
  }
}

TEST_CASE("every policy: what it says about learning holds") {
  const SmallWorld world;
  for (const PolicyEntry& entry : registered_policies()) {
    if (entry.is_oracle()) continue;
    DYNAMIC_SECTION(entry.name) {
      const auto policy = make(entry, world.context());
      CHECK(policy->needs_training() == entry.is_learner());
      drive(*policy, world, 0);
      std::ostringstream saved;
      CHECK(policy->save(saved) == entry.is_learner());
      CHECK(saved.str().empty() == !entry.is_learner());
      CHECK((policy->footprint_bytes() > 0) == entry.is_learner());
    }
  }
}

TEST_CASE("every policy: two of a kind do not disturb each other") {
  const SmallWorld world;
  for (const PolicyEntry& entry : registered_policies()) {
    if (entry.is_oracle()) continue;
    DYNAMIC_SECTION(entry.name) {
      const auto alone = make(entry, world.context());
      const auto expected = drive(*alone, world, 0);
      const auto first = make(entry, world.context());
      const auto second = make(entry, world.context(2));
      drive(*second, world, 0);
      CHECK(drive(*first, world, 0) == expected);
    }
  }
}

TEST_CASE("fixed policies: where they run") {
  const SmallWorld world;
  const auto choice = [&](const char* name, std::uint32_t workload) {
    return make(*find_policy(name), world.context())->choose(observe(workload));
  };
  const auto place = [&](const char* name, std::uint32_t workload) {
    return world.targets[choice(name, workload)].place;
  };
  CHECK(world.targets[choice("cpu_only", 0)].name == "cpu/fp32@2");
  CHECK(place("cloud_only", 0) == "cloud:gpu/fp32");
  CHECK(place("cloud_only", 2) == "cloud:cpu/fp32");  // no GPU runs a recurrent network
  CHECK(place("connected_edge", 0) == "edge:gpu/fp16");
  CHECK(place("edge_best", 0) == "dsp/int8");  // 22.5 mJ in 15 ms
  // INT8 is too inaccurate: of the others on the phone none is in time (GPU: 75 ms of 50), so the
  // cheapest of the accurate ones: GPU at half the frequency, 187.5 * 0.55 mJ.
  CHECK(world.targets[choice("edge_best", 1)].name == "gpu/fp16@0");
  CHECK(place("static_profile", 1) == "edge:gpu/fp16");
}

}  // namespace
}  // namespace autoscale
