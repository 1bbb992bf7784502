// Where dads and neurosurgeon cut a network, by the signal of the moment.
#include <cmath>

#include "sim/policies/registry.h"
#include "sim/policies/split_costs.h"
#include "tests/policies/small_world.h"
#include "tests/support/catch.h"
#include "tests/support/random_network.h"

using namespace autoscale;
using test::SmallWorld;

namespace {

// A SmallWorld whose first network has the layers of a random graph, or of a chain: each target's time spread over them
// at random.
struct LayeredWorld : SmallWorld {
  LayeredWorld(std::mt19937_64& random, int count, bool chain) {
    Network& network = networks.front();
    network.layers = test::random_network(random, count).layers;
    for (int i = 1; chain && i < count; ++i)
      network.layers[static_cast<std::size_t>(i)].preds = {i - 1};
    for (TargetCost& t : table.workloads.front().targets) {
      LayerCosts& costs = layers.emplace_back(*t.layers);
      costs.compute_prefix.assign(1, 0.0);
      for (int i = 0; i < count; ++i)
        costs.compute_prefix.push_back(costs.compute_prefix.back() +
                                       0.1 * static_cast<double>(1 + random() % 100));
      if (!t.local) {
        for (double& ms : costs.compute_prefix) ms *= 0.1;
      }
      costs.memory_prefix.assign(costs.compute_prefix.size(), 0.0);
      t.layers = &costs;
    }
  }

  [[nodiscard]] std::unique_ptr<Policy> make(const std::string& name,
                                             const std::string& config) const {
    PolicySpec spec;
    spec.name = name;
    spec.policy = name;
    spec.config_json = config;
    Diagnostics problems;
    auto policy = make_policy(spec, "{}", context(), "", problems);
    for (const Diagnostic& d : problems.list()) FAIL(to_string(d));
    return policy;
  }
};

// The layers that a decision keeps on the phone.
LayerSet kept(Policy& policy, const LayeredWorld& world, double wifi_dbm) {
  const TargetId target = policy.choose(test::observe(0, 0.0, 0.0, wifi_dbm));
  LayerSet set(world.networks.front().layers.size(), 0);
  if (target != kPartitioned) {
    if (world.targets[target].site == Site::kPhone) set.assign(set.size(), 1);
    return set;
  }
  const PartitionPlan& plan = policy.plan();
  REQUIRE(plan.workload == 0);
  REQUIRE(plan.slices.size() == 2);
  REQUIRE(world.targets[plan.slices[1].target].site == Site::kCloud);
  for (const int layer : plan.slices[0].layers) set[static_cast<std::size_t>(layer)] = 1;
  return set;
}

double latency_of(const LayeredWorld& world, const LayerSet& set, double dbm, TargetId phone) {
  const TargetId cloud = static_cast<TargetId>(world.targets.size() - 1);
  const LinkLevel link = link_level(world.context(), LinkId::kWifi, Site::kCloud, Dbm{dbm});
  return cost_of_cut(world.networks.front(), split_costs(world.table, 0, phone, cloud), link, set)
      .latency_ms;
}

constexpr TargetId kCpuTop = 2;  // of make_targets(3, true): cpu/fp32@2; gpu/fp16@1 is 7
constexpr TargetId kGpuTop = 7;

TargetId phone_of(const LayeredWorld& world) {
  const auto& profile = world.profiles.front();
  return profile[kCpuTop].latency <= profile[kGpuTop].latency ? kCpuTop : kGpuTop;
}

}  // namespace

TEST_CASE("on a chain dads and neurosurgeon cut alike, when both know the profile") {
  std::mt19937_64 random(41);
  int partial = 0;
  for (int i = 0; i < 60; ++i) {
    const LayeredWorld world(random, 2 + static_cast<int>(random() % 20), true);
    const auto dads = world.make("dads", R"({"dads_objective": "latency"})");
    const auto prefix =
        world.make("neurosurgeon",
                   R"({"neurosurgeon_objective": "latency", "neurosurgeon_layers": "profile"})");
    for (const double dbm : {-88.0, -80.0, -70.0, -55.0}) {
      const LayerSet a = kept(*dads, world, dbm);
      const LayerSet b = kept(*prefix, world, dbm);
      const TargetId phone = phone_of(world);
      REQUIRE(latency_of(world, a, dbm, phone) ==
              Approx(latency_of(world, b, dbm, phone)).epsilon(1e-9));
      const auto local = std::ranges::count(a, 1);
      partial += local > 0 && local < std::ssize(a);
    }
  }
  CHECK(partial > 20);
}

TEST_CASE("in a graph dads is never slower than the best prefix, and sometimes faster") {
  std::mt19937_64 random(43);
  int faster = 0;
  for (int i = 0; i < 100; ++i) {
    const LayeredWorld world(random, 3 + static_cast<int>(random() % 15), false);
    const auto dads = world.make("dads", R"({"dads_objective": "latency"})");
    const auto prefix =
        world.make("neurosurgeon",
                   R"({"neurosurgeon_objective": "latency", "neurosurgeon_layers": "profile"})");
    const double dbm = -60.0 - static_cast<double>(random() % 25);
    const double a = latency_of(world, kept(*dads, world, dbm), dbm, phone_of(world));
    const double b = latency_of(world, kept(*prefix, world, dbm), dbm, phone_of(world));
    REQUIRE(a <= b * (1.0 + 1e-9));
    faster += a < b * 0.9999;
  }
  CHECK(faster > 0);
}

TEST_CASE("levels count in whole dBm, and a level met again is decided the same way") {
  std::mt19937_64 random(47);
  const LayeredWorld world(random, 12, false);
  const auto policy = world.make("dads", "{}");
  const LayerSet at = kept(*policy, world, -71.0);
  CHECK(kept(*policy, world, -71.4) == at);
  CHECK(kept(*policy, world, -200.0) == kept(*policy, world, -160.0));  // the weakest kept
  CHECK(kept(*policy, world, -70.6) == at);
}

TEST_CASE("the least energy in time: in time where latency alone would be, and never dearer") {
  std::mt19937_64 random(53);
  int saved = 0;
  for (int i = 0; i < 60; ++i) {
    const LayeredWorld world(random, 3 + static_cast<int>(random() % 12), false);
    const auto fast = world.make("dads", R"({"dads_objective": "latency"})");
    const auto cheap = world.make("dads", R"({"dads_objective": "energy"})");
    const auto both = world.make("dads", R"({"dads_objective": "energy_within_qos"})");
    const double dbm = -60.0 - static_cast<double>(random() % 25);
    const LinkLevel link = link_level(world.context(), LinkId::kWifi, Site::kCloud, Dbm{dbm});
    const auto cost = [&](Policy& policy, TargetId phone) {
      const auto costs =
          split_costs(world.table, 0, phone, static_cast<TargetId>(world.targets.size() - 1));
      return cost_of_cut(world.networks.front(), costs, link, kept(policy, world, dbm));
    };
    const auto least_energy_phone =
        world.profiles.front()[kCpuTop].energy <= world.profiles.front()[kGpuTop].energy ? kCpuTop
                                                                                         : kGpuTop;
    const SplitCost e = cost(*cheap, least_energy_phone);
    const SplitCost q = cost(*both, least_energy_phone);
    CHECK(q.energy_mj >= e.energy_mj * (1.0 - 1e-9));
    if (e.latency_ms <= 50.0) CHECK(q.energy_mj == Approx(e.energy_mj));
    const SplitCost f = cost(*fast, phone_of(world));
    saved += q.latency_ms <= 50.0 && q.energy_mj < f.energy_mj;
  }
  CHECK(saved > 0);
}
