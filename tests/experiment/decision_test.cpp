// One decision of a run, taken apart, on the shipped profiles.
#include "sim/experiment/decision.h"

#include <map>
#include <numeric>

#include "sim/config/load_scenario.h"
#include "sim/experiment/load_world.h"
#include "tests/support/catch.h"

using namespace autoscale;

namespace {

std::unique_ptr<const World> shipped(const std::string& name,
                                     const std::vector<std::string>& overrides = {}) {
  const DataPath data(AUTOSCALE_SOURCE_DIR);
  return load_world(load_scenario(AUTOSCALE_SOURCE_DIR "/scenarios/" + name, overrides, data),
                    data);
}

class Keep final : public RequestObserver {
 public:
  void on_settled(const RequestRecord& r) override { by_request[{r.workload, r.request}] = r; }
  std::map<std::pair<std::uint32_t, std::uint64_t>, RequestRecord> by_request;
};

DecisionQuery request(std::size_t policy, std::uint64_t number) {
  DecisionQuery query;
  query.policy = policy;
  query.request = number;
  return query;
}

}  // namespace

TEST_CASE("the layers of every target and its other stages sum to its latency") {
  for (const char* scenario : {"paper/s1.json", "paper/s3.json", "paper/s4.json"}) {
    for (const char* model : {"full", "paper"}) {
      const auto world = shipped(scenario, {std::string("/energy_model=") + model});
      for (std::uint32_t w = 0; w < world->table.workloads.size(); ++w) {
        DecisionQuery query = request(0, 1);
        query.workload = w;
        const Decision d = record_decision(*world, scenario, {}, query);
        std::size_t supported = 0;
        for (TargetId t = 0; t < d.targets.size(); ++t) {
          const std::vector<LayerForecast> layers = layer_forecasts(*world, d, t);
          if (!d.targets[t].cost.supported) {
            CHECK(layers.empty());
            continue;
          }
          ++supported;
          const CostStages& s = d.targets[t].stages;
          const bool local = world->table.targets[t].site == Site::kPhone;
          double sum_ms = 0.0;
          double sum_mj = 0.0;
          for (const LayerForecast& layer : layers) {
            sum_ms += layer.latency_ms;
            REQUIRE(layer.energy_mj.has_value() == local);
            if (local) sum_mj += *layer.energy_mj;
          }
          INFO(scenario << ' ' << model << ' ' << world->table.targets[t].name);
          REQUIRE(layers.size() ==
                  world->inputs.networks[world->table.workloads[w].network]->layers.size());
          REQUIRE(sum_ms == Approx(s.layers_ms).epsilon(1e-9));
          REQUIRE(s.total_ms() == Approx(d.targets[t].with_waiting.latency_ms).epsilon(1e-12));
          if (!local) continue;
          REQUIRE(s.dispatch_ms + sum_ms == Approx(d.targets[t].cost.latency_ms).epsilon(1e-9));
          REQUIRE(sum_mj <= d.targets[t].cost.energy_mj * (1.0 + 1e-9));
          if (s.dispatch_ms == 0.0)
            REQUIRE(sum_mj == Approx(d.targets[t].cost.energy_mj).epsilon(1e-9));
        }
        REQUIRE(supported > 1);
      }
    }
  }
}

TEST_CASE("a decision and its outcome are those of the run") {
  const auto world =
      shipped("quickstart.json", {"/policies=[\"autoscale\",\"oracle\",\"random\"]"});
  std::vector<Keep> kept(3);
  ExperimentOptions options;
  options.observer = [&](std::size_t p, std::uint32_t) { return &kept[p]; };
  run_experiment(*world, "quickstart", options);
  for (std::size_t p = 0; p < 3; ++p) {
    for (const std::uint64_t k : {0U, 1U, 99U, 100U, 150U, 199U}) {
      const Decision d = record_decision(*world, "quickstart", {}, request(p, k));
      // Sequential workloads of 100: the order of arrival is known.
      CHECK(d.request_of_run == k);
      CHECK(d.observation.workload == k / 100);
      CHECK(d.observation.request == k % 100);
      const RequestRecord& r = kept[p].by_request.at({d.observation.workload, k % 100});
      CHECK(d.outcome.target == r.target);
      CHECK(d.outcome.energy_mj == r.energy_mj);
      CHECK(d.outcome.latency_ms == r.latency_ms);
      CHECK(d.outcome.arrival == r.arrival);
      CHECK(d.observation.now == r.arrival);
      CHECK(d.chosen == r.target);
      CHECK((d.chosen == d.oracle) == r.oracle_match);
      CHECK(d.targets[d.oracle].cost.energy_mj == r.oracle_energy_mj);
      CHECK(d.targets[d.chosen].cost.energy_mj == r.expected_energy_mj);
      CHECK(d.explanation.has_value() == (p == 0));
      for (const TargetForecast& f : d.targets) {
        CHECK_FALSE(f.cost.better_than(d.targets[d.oracle].cost));
      }

      DecisionQuery same = request(p, k % 100);
      same.workload = d.observation.workload;
      CHECK(record_decision(*world, "quickstart", {}, same).request_of_run == k);
    }
  }
}

TEST_CASE("queues lengthen what is expected, and only the oracle that knows them minds") {
  const auto world = shipped("paper/streaming.json", {"/policies=[\"cpu_only\"]"});
  const Decision d = record_decision(*world, "streaming", {}, request(0, 7));
  CHECK(d.observation.waiting > 0);
  const TargetForecast& cpu = d.targets[d.chosen];
  CHECK(cpu.stages.waiting_ms > 0.0);
  CHECK(cpu.with_waiting.latency_ms == Approx(cpu.cost.latency_ms + cpu.stages.waiting_ms));
  CHECK(cpu.with_waiting.energy_mj > cpu.cost.energy_mj);
  for (const TargetForecast& f : d.targets) {
    CHECK_FALSE(f.with_waiting.better_than(d.targets[d.oracle_queue_aware].with_waiting));
  }
}

TEST_CASE("the oracle that ignores queues and the one that knows them are told apart") {
  // Frames come faster than the oracle's processor serves them.
  const auto world =
      shipped("paper/streaming.json",
              {"/policies=[\"oracle\",\"oracle_queue_aware\"]", "/workload/0/queue=fifo",
               "/workload/0/arrivals={\"periodic\":{\"period_ms\":5}}"});
  const Decision ignorant = record_decision(*world, "streaming", {}, request(0, 20));
  CHECK(ignorant.chosen == ignorant.oracle);
  CHECK(ignorant.oracle != ignorant.oracle_queue_aware);
  const Decision aware = record_decision(*world, "streaming", {}, request(1, 20));
  CHECK(aware.chosen == aware.oracle_queue_aware);
}

TEST_CASE("a run has as many requests as its workloads") {
  const auto world = shipped("quickstart.json");
  CHECK(requests_of_run(*world, std::nullopt) == 200);
  CHECK(requests_of_run(*world, 1) == 100);
}
