// Whole scenarios on the shipped profiles.
#include "sim/experiment/experiment.h"

#include <atomic>
#include <map>

#include "sim/config/load_scenario.h"
#include "sim/experiment/load_world.h"
#include "sim/policies/registry.h"
#include "sim/policies/reward.h"
#include "tests/support/catch.h"

using namespace autoscale;

namespace {

std::unique_ptr<const World> shipped(const std::string& name,
                                     const std::vector<std::string>& overrides = {}) {
  const DataPath data(AUTOSCALE_SOURCE_DIR);
  return load_world(
      load_scenario(std::string(AUTOSCALE_SOURCE_DIR "/scenarios/paper/") + name, overrides, data),
      data);
}

// Every registered policy, in place of the scenario's own.
std::unique_ptr<const World> with_all_policies(const std::string& name,
                                               std::vector<std::string> overrides) {
  std::string list = "[";
  for (const PolicyEntry& entry : registered_policies()) {
    list += (list.size() > 1 ? ",\"" : "\"") + entry.name + "\"";
  }
  overrides.push_back("/policies=" + list + "]");
  return shipped(name, overrides);
}

const std::vector<std::string> kIsolated{"/service_noise=false", "/replications=1"};

// What learners choose is not the question of tests that set this.
const std::string kShortTraining =
    R"(/training={"inferences_per_state":10,"environments":"scenario"})";

class Keep final : public RequestObserver {
 public:
  void on_settled(const RequestRecord& r) override { by_request[{r.workload, r.request}] = r; }
  std::map<std::pair<std::uint32_t, std::uint64_t>, RequestRecord> by_request;
};

std::vector<std::string> slow_and_few() {
  std::vector<std::string> overrides = kIsolated;
  for (int w = 0; w < 10; ++w) {
    const std::string at = "/workload/" + std::to_string(w);
    overrides.push_back(at + "/arrivals={\"closed_loop\":{\"think_ms\":5000}}");
    overrides.push_back(at + "/inferences=3");
  }
  return overrides;
}

double total_energy(const PolicyRun& run) {
  double sum = 0.0;
  for (const WorkloadTally& w : run.result.workloads) sum += w.energy_mj;
  return sum;
}

}  // namespace

TEST_CASE("on isolated requests the oracle is never worse than any registered policy") {
  for (const char* scenario : {"s1.json", "s2.json", "s3.json", "s4.json", "s5.json"}) {
    for (const char* device : {"mi8pro", "galaxy_s10e", "moto_x_force"}) {
      for (const char* model : {"full", "paper"}) {
        auto overrides = slow_and_few();
        overrides.push_back(std::string("/device=") + device);
        overrides.push_back(std::string("/energy_model=") + model);
        overrides.push_back(kShortTraining);
        const auto world = with_all_policies(scenario, overrides);
        std::vector<Keep> kept(world->scenario.policies.size());
        ExperimentOptions options;
        options.jobs = 2;
        options.observer = [&](std::size_t p, std::uint32_t) { return &kept[p]; };
        run_experiment(*world, scenario, options);
        std::size_t oracle = 0;
        while (world->scenario.policies[oracle].policy != "oracle") ++oracle;
        for (std::size_t p = 0; p < kept.size(); ++p) {
          REQUIRE(kept[p].by_request.size() == 30);
          for (const auto& [key, other] : kept[p].by_request) {
            if (key.second == 2)
              continue;  // the next workload follows at once and cuts its radio tail
            if (other.target == kPartitioned) continue;  // the oracle chooses among targets
            const RequestRecord& best = kept[oracle].by_request.at(key);
            INFO(scenario << " " << device << " " << world->scenario.policies[p].name
                          << " workload " << key.first);
            REQUIRE(best.violates_accuracy <= other.violates_accuracy);
            if (best.violates_accuracy < other.violates_accuracy) continue;
            REQUIRE(best.violates_qos <= other.violates_qos);
            if (best.violates_qos == other.violates_qos)
              REQUIRE(best.energy_mj <= other.energy_mj * (1.0 + 1e-9));
          }
        }
      }
    }
  }
}

TEST_CASE("neither threads nor the other policies change a policy's results") {
  const auto world = shipped("s2.json", {"/replications=4"});
  ExperimentOptions one;
  one.replications = 4;
  ExperimentOptions many = one;
  many.jobs = 8;
  const ExperimentResult a = run_experiment(*world, "s2.json", one);
  const ExperimentResult b = run_experiment(*world, "s2.json", many);
  const auto alone = shipped("s2.json", {"/policies=[\"autoscale\"]"});
  const ExperimentResult c = run_experiment(*alone, "s2.json", many);
  for (std::size_t p = 0; p < a.policies.size(); ++p) {
    for (std::size_t r = 0; r < 4; ++r) {
      REQUIRE(total_energy(a.policies[p].runs[r]) == total_energy(b.policies[p].runs[r]));
    }
  }
  REQUIRE(a.policies[0].name == "autoscale");
  for (std::size_t r = 0; r < 4; ++r) {
    CHECK(total_energy(c.policies[0].runs[r]) == total_energy(a.policies[0].runs[r]));
  }
  CHECK(total_energy(a.policies[0].runs[0]) != total_energy(a.policies[0].runs[1]));
}

TEST_CASE("an event per layer changes no request of a whole scenario") {
  const auto world = shipped("s3.json", {"/replications=1"});
  ExperimentOptions prefix;
  ExperimentOptions layers;
  layers.layer_events = true;
  const ExperimentResult a = run_experiment(*world, "s3.json", prefix);
  const ExperimentResult b = run_experiment(*world, "s3.json", layers);
  for (std::size_t p = 0; p < a.policies.size(); ++p) {
    const RunResult& x = a.policies[p].runs[0].result;
    const RunResult& y = b.policies[p].runs[0].result;
    CHECK(y.events > x.events);
    for (std::size_t w = 0; w < x.workloads.size(); ++w) {
      REQUIRE(x.workloads[w].latency_ms == y.workloads[w].latency_ms);
      REQUIRE(x.workloads[w].energy_mj == y.workloads[w].energy_mj);
    }
  }
}

TEST_CASE("a policy's own training and evaluation stand beside the others'") {
  const std::vector<std::string> few{"/replications=1", "/training/inferences_per_state=5"};
  const auto results = [&](const std::string& policies, Evaluation evaluation) {
    std::vector<std::string> overrides = few;
    overrides.push_back("/policies=" + policies);
    const auto world = shipped("s1.json", overrides);
    ExperimentOptions options;
    options.evaluation = evaluation;
    return run_experiment(*world, "s1.json", options);
  };
  const auto mixed = results(
      R"([{"name":"a","policy":"autoscale","trained":false,"evaluation":"online"},
          {"name":"b","policy":"autoscale","evaluation":"frozen"}, {"name":"c","policy":"autoscale"}])",
      Evaluation::kOnline);
  const auto frozen = results(R"(["autoscale"])", Evaluation::kFrozen);
  const auto online = results(R"(["autoscale"])", Evaluation::kOnline);
  CHECK(mixed.policies[0].runs[0].training.inferences == 0);
  CHECK(mixed.policies[1].runs[0].training.inferences > 0);
  CHECK(total_energy(mixed.policies[1].runs[0]) == total_energy(frozen.policies[0].runs[0]));
  CHECK(total_energy(mixed.policies[2].runs[0]) == total_energy(online.policies[0].runs[0]));
  CHECK(total_energy(mixed.policies[1].runs[0]) != total_energy(mixed.policies[2].runs[0]));
  CHECK(total_energy(mixed.policies[0].runs[0]) != total_energy(mixed.policies[2].runs[0]));
}

TEST_CASE("the reward of a request is that of the policy, frozen or not; others have none") {
  const auto world = shipped("s1.json", {"/replications=1", "/training/inferences_per_state=5",
                                         R"(/policies=["autoscale","cpu_only"])"});
  for (const Evaluation evaluation : {Evaluation::kFrozen, Evaluation::kOnline}) {
    Keep kept[2];
    ExperimentOptions options;
    options.evaluation = evaluation;
    options.observer = [&](std::size_t p, std::uint32_t) { return &kept[p]; };
    run_experiment(*world, "s1.json", options);
    REQUIRE(kept[0].by_request.size() == 1000);
    int plain = 0;
    for (const auto& [key, r] : kept[0].by_request) {
      REQUIRE(r.reward);
      const bool local = world->table.targets[r.target].site == Site::kPhone;
      if (r.violates_qos || r.violates_accuracy || !local) continue;
      const Millijoules unit = reference_energy(world->workloads[r.workload], world->table.targets);
      CHECK(*r.reward == Approx(-r.energy_mj / unit.value));  // nothing but energy, no tail to come
      ++plain;
    }
    CHECK(plain > 100);
    for (const auto& [key, r] : kept[1].by_request) REQUIRE_FALSE(r.reward);
  }
}

TEST_CASE("another seed gives another world") {
  const auto world = shipped("s1.json", {"/policies=[\"cpu_only\"]"});
  ExperimentOptions options;
  const double first = total_energy(run_experiment(*world, "s1.json", options).policies[0].runs[0]);
  options.seed = 2;
  CHECK(total_energy(run_experiment(*world, "s1.json", options).policies[0].runs[0]) != first);
}

TEST_CASE("signals and co-runners that step while requests run keep all invariants") {
  const std::string steps =
      "/co_runner={\"steps\":[{\"at_ms\":0,\"cpu_ratio\":0,\"memory_ratio\":0},{\"at_ms\":333.3,"
      "\"cpu_ratio\":0.9,"
      "\"memory_ratio\":0.4},{\"at_ms\":900,\"cpu_ratio\":0.1,\"memory_ratio\":0.9}]}";
  const std::string signal =
      "/links/wifi/"
      "signal={\"steps\":[{\"at_ms\":0,\"dbm\":-50},{\"at_ms\":500,\"dbm\":-84},{\"at_ms\":2000,"
      "\"dbm\":-60}]}";
  const auto world = with_all_policies("s1.json", {steps, signal, "/replications=1"});
  ExperimentOptions options;
  options.jobs = 2;
  const ExperimentResult result =
      run_experiment(*world, "s1.json", options);  // conservation is checked inside
  for (const PolicyResult& p : result.policies) {
    std::uint64_t inferences = 0;
    for (const WorkloadTally& w : p.runs[0].result.workloads) inferences += w.inferences;
    CHECK(inferences == 1000);
  }
}

TEST_CASE("a stopped experiment keeps the replications that every policy has finished") {
  const auto world = shipped("s1.json", {"/policies=[\"oracle\",\"cpu_only\"]"});
  ExperimentOptions options;
  options.replications = 4;
  ExperimentResult whole = run_experiment(*world, "s1.json", options);
  CHECK(keep_finished_replications(whole) == std::vector<std::uint32_t>{0, 1, 2, 3});

  std::atomic<bool> stop{false};
  options.stop = &stop;
  options.on_progress = [&](std::size_t done, std::size_t) { stop = done == 5; };
  ExperimentResult part = run_experiment(*world, "s1.json", options);
  CHECK(part.policies[0].runs[2].done);
  CHECK_FALSE(part.policies[1].runs[2].done);
  CHECK(keep_finished_replications(part) == std::vector<std::uint32_t>{0, 1});
  for (std::size_t p = 0; p < 2; ++p) {
    REQUIRE(part.policies[p].runs.size() == 2);
    for (std::size_t r = 0; r < 2; ++r) {
      CHECK(part.policies[p].runs[r].replication == r);
      CHECK(total_energy(part.policies[p].runs[r]) == total_energy(whole.policies[p].runs[r]));
    }
  }
}

TEST_CASE("an experiment stops in the middle of a run") {
  const auto world = shipped("s1.json", {"/policies=[\"random\"]", "/replications=1"});
  struct StopAfterTen final : RequestObserver {
    void on_settled(const RequestRecord&) override { stop = ++settled >= 10; }
    std::atomic<bool> stop{false};
    int settled = 0;
  } observer;
  ExperimentOptions options;
  options.stop = &observer.stop;
  options.observer = [&](std::size_t, std::uint32_t) { return &observer; };
  ExperimentResult result = run_experiment(*world, "s1.json", options);
  CHECK(observer.settled < 20);
  CHECK(keep_finished_replications(result).empty());
  CHECK(result.policies.front().runs.empty());
}
