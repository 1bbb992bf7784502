// What building a world from files makes of the figures.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "sim/config/load_scenario.h"
#include "sim/engine/environments.h"
#include "sim/engine/training.h"
#include "sim/experiment/experiment.h"
#include "sim/experiment/load_world.h"
#include "tests/support/catch.h"
#include "tests/support/test_world.h"

using namespace autoscale;
using namespace autoscale::test;

namespace {

std::unique_ptr<const World> world_of(const std::string& scenario,
                                      const std::vector<std::string>& overrides) {
  const DataPath data(AUTOSCALE_SOURCE_DIR);
  return load_world(
      load_scenario(std::string(AUTOSCALE_SOURCE_DIR "/scenarios/") + scenario, overrides, data),
      data);
}

}  // namespace

TEST_CASE("worlds from one store share the layer costs of equal devices and networks") {
  const DataPath data(AUTOSCALE_SOURCE_DIR);
  InputStore store(data);
  const auto layers_of = [&](const std::vector<std::string>& overrides) {
    const auto shared = load_world(
        load_scenario(AUTOSCALE_SOURCE_DIR "/scenarios/quickstart.json", overrides, data), store);
    const auto alone = world_of("quickstart.json", overrides);
    std::vector<const LayerCosts*> layers;
    for (std::size_t w = 0; w < shared->table.workloads.size(); ++w) {
      for (std::size_t t = 0; t < shared->table.targets.size(); ++t) {
        const LayerCosts* const got = shared->table.workloads[w].targets[t].layers;
        const LayerCosts* const own = alone->table.workloads[w].targets[t].layers;
        layers.push_back(got);
        REQUIRE((got == nullptr) == (own == nullptr));
        if (own == nullptr) continue;
        CHECK(got != own);
        CHECK(got->dispatch_ms == own->dispatch_ms);
        CHECK(got->compute_prefix == own->compute_prefix);
        CHECK(got->memory_prefix == own->memory_prefix);
      }
    }
    return layers;
  };
  const auto first = layers_of({});
  CHECK(first == layers_of({"/links/wifi/signal/constant_dbm=-80"}));
  const auto other_phone = layers_of({"/device=galaxy_s10e"});
  CHECK(first.front() != other_phone.front());
  CHECK(first.back() == other_phone.back());  // the cloud
  CHECK(first.front() != layers_of({"/workload/0/network=resnet50"}).front());
}

TEST_CASE("a scenario made by a program may not leave a name empty") {
  const DataPath data{AUTOSCALE_SOURCE_DIR};
  Scenario scenario = load_scenario(AUTOSCALE_SOURCE_DIR "/scenarios/quickstart.json", {}, data);
  scenario.workload[1].network.clear();
  scenario.links.wifi->radio.clear();
  CHECK_THROWS_WITH(load_world(std::move(scenario), data),
                    Catch::Contains("there is no network") && Catch::Contains("there is no radio"));
}

TEST_CASE("noise has mean one on every target") {
  const auto world = world_of("paper/s1.json", {});
  for (const TargetCost& t : world->table.workloads[0].targets) {
    CHECK(t.noise_mean_shift == -0.5 * t.noise_sigma * t.noise_sigma);
  }
}

TEST_CASE("an accuracy that equals the requirement meets it") {
  const auto world = world_of("quickstart.json", {"/workload/0/accuracy={\"percent\": 75.2}"});
  const auto& targets = world->table.workloads[0].targets;
  const auto exact = std::ranges::find(targets, 75.2, &TargetCost::accuracy_percent);
  REQUIRE(exact != targets.end());
  CHECK(exact->meets_accuracy);
}

TEST_CASE("a phone that warms needs a profile that says how") {
  CHECK_FALSE(world_of("quickstart.json", {})->table.thermal);
  const auto world = world_of("quickstart.json", {"/thermal={\"ambient_c\": 31}"});
  REQUIRE(world->table.thermal);
  CHECK(world->table.thermal->initial_c == 31.0);
  CHECK(world->table.thermal->runs_as.size() == 5 * world->table.targets.size());
  Scenario scenario = world->scenario;
  ScenarioInputs inputs = world->inputs;
  DeviceProfile phone = inputs.device;
  phone.thermal.reset();
  inputs.device = phone;
  try {
    build_world(scenario, inputs, "mine.json");
    FAIL("accepted");
  } catch (const InputError& e) {
    CHECK(std::string(e.what()).find("mine.json: /thermal: the profile of 'mi8pro' does not say") !=
          std::string::npos);
  }
}

TEST_CASE("a hot phone costs energy and time, and its oracle knows") {
  const std::vector<std::string> overrides{
      "/device=moto_x_force", "/policies=[\"cpu_only\", \"oracle\"]", "/service_noise=false",
      "/workload/0/inferences=200", "/workload/1/inferences=200"};
  std::vector<std::string> hot = overrides;
  hot.emplace_back("/thermal={\"ambient_c\": 45}");
  const auto cool_world = world_of("quickstart.json", overrides);
  const auto hot_world = world_of("quickstart.json", hot);
  const ExperimentOptions options;
  const RunResult cool_cpu = run_policy(*cool_world, "q", options, 0, 0).result;
  const RunResult hot_cpu = run_policy(*hot_world, "q", options, 0, 0).result;
  CHECK(cool_cpu.workloads[0].throttled == 0);
  CHECK(hot_cpu.workloads[0].throttled == hot_cpu.workloads[0].inferences);
  CHECK(hot_cpu.workloads[0].latency_ms[0] > 3.0 * cool_cpu.workloads[0].latency_ms[0]);
  CHECK(hot_cpu.workloads[0].accuracy_percent_sum == cool_cpu.workloads[0].accuracy_percent_sum);
  CHECK(*hot_cpu.highest_c > 45.0);
  const RunResult hot_oracle = run_policy(*hot_world, "q", options, 1, 0).result;
  CHECK(hot_oracle.workloads[0].oracle_matches == hot_oracle.workloads[0].inferences);
  CHECK(hot_oracle.workloads[0].qos_violations <= hot_cpu.workloads[0].qos_violations);
}

TEST_CASE("training requests are numbered on from state to state") {
  const auto world = world_of(
      "quickstart.json",
      {"/training={\"inferences_per_state\": 3, \"cpu_ratio\": [0, 0.5], \"memory_ratio\": [0], "
       "\"wifi_dbm\": [-55], \"wifi_direct_dbm\": [-55]}"});
  std::vector<std::uint64_t> requests;
  ScriptedPolicy policy([&](const Observation& o) {
    if (o.workload == 0) requests.push_back(o.request);
    return TargetId{0};
  });
  train(*world, policy, 1, 0);
  CHECK(requests == std::vector<std::uint64_t>{0, 1, 2, 3, 4, 5});
}

TEST_CASE("each replication meets another course of a generated signal") {
  const std::vector<std::string> overrides{
      "/links/wifi/signal={\"ar1\": {\"mean_dbm\": -70, \"sd_db\": 8, \"lag1\": 0.9, \"step_ms\": "
      "100}}"};
  const auto world = world_of("quickstart.json", overrides);
  CHECK(world->environment_varies);
  CHECK_FALSE(world_of("quickstart.json", {})->environment_varies);
  const auto first_level = [&](std::uint32_t replication) {
    const StreamKey key{.seed = 1, .replication = replication};
    return scenario_environment(*world, key).links[0].value(0).rssi_dbm;
  };
  CHECK(first_level(1) == first_level(1));
  CHECK(first_level(1) != first_level(2));
  CHECK(first_level(0) == world->environment.links[0].value(0).rssi_dbm);
}

TEST_CASE("a signal that may go out needs a time-out, whatever the first replication meets") {
  const std::string rare =
      R"(/links/wifi/signal={"markov": {"states": [{"mean_dbm": -60, "sd_db": 3},
         {"mean_dbm": -90, "sd_db": 3, "outage": true}],
         "transition": [[0.999999, 0.000001], [0.5, 0.5]], "step_ms": 1000, "duration_ms": 5000}})";
  CHECK_THROWS_AS(world_of("quickstart.json", {rare}), InputError);
  CHECK_NOTHROW(world_of("quickstart.json", {rare, "/offload={\"timeout_ms\": 500}"}));
}

TEST_CASE("a replication in which nothing ever gets through ends by its time-outs") {
  const std::string out =
      R"(/links/wifi/signal={"markov": {"states": [{"mean_dbm": -60, "sd_db": 3},
         {"mean_dbm": -90, "sd_db": 3, "outage": true}],
         "transition": [[0.5, 0.5], [0.000001, 0.999999]], "step_ms": 1000, "duration_ms": 5000}})";
  const auto world = world_of("quickstart.json", {out, "/offload={\"timeout_ms\": 500}"});
  constexpr std::size_t kCloudOnly = 4;
  const PolicyRun run = run_policy(*world, "quickstart.json", ExperimentOptions(), kCloudOnly, 0);
  CHECK(run.done);
  CHECK(run.result.workloads[0].failed_offloads == run.result.workloads[0].inferences);
}
