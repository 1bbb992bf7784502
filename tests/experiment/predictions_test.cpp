// Predictors in whole scenarios: what is measured of their predictions, networks left out of their training, threads.
#include <set>

#include "sim/config/load_scenario.h"
#include "sim/engine/cost_evaluator.h"
#include "sim/experiment/experiment.h"
#include "sim/experiment/load_world.h"
#include "sim/policies/predictor.h"
#include "sim/policies/registry.h"
#include "sim/report/summary.h"
#include "tests/support/catch.h"

using namespace autoscale;

namespace {

// Predicts 10 % too much latency and 20 % too little energy.
class TenPercentOff final : public Policy, public Predictor {
 public:
  using Config = NoConfig;
  TenPercentOff(const Config&, const PolicyContext& context)
      : truth_(context.evaluator), predicted_(context.targets.size()) {}
  TargetId choose(const Observation& now) override {
    const auto costs = truth_->costs(now.workload);
    for (std::size_t t = 0; t < costs.size(); ++t)
      predicted_[t] = {1.1 * costs[t].latency_ms, 0.8 * costs[t].energy_mj};
    return truth_->best(now.workload);
  }
  [[nodiscard]] std::span<const Prediction> predictions() const override { return predicted_; }

 private:
  const CostEvaluator* truth_;
  std::vector<Prediction> predicted_;
};
const RegisterPolicy<TenPercentOff> registered{"test_ten_percent_off", "For a test.",
                                               PolicyKind::kOracle};

std::unique_ptr<const World> quickstart(std::vector<std::string> overrides) {
  const DataPath data(AUTOSCALE_SOURCE_DIR);
  return load_world(
      load_scenario(AUTOSCALE_SOURCE_DIR "/scenarios/quickstart.json", overrides, data), data);
}

Summary summary_of(const World& world) {
  ExperimentOptions options;
  options.jobs = 2;
  options.replications = 2;
  return summarise(world, run_experiment(world, "quickstart.json", options), 1, 2);
}

TEST_CASE("errors of predictions are measured against the truth, and only where there are any") {
  const auto world =
      quickstart({R"(/policies=["test_ten_percent_off","oracle","autoscale"])",
                  R"(/links/wifi/signal={"gaussian":{"mean_dbm":-70,"sd_db":8,"step_ms":50}})"});
  const Summary summary = summary_of(*world);
  for (const GroupSummary& group : summary.policies[0].groups) {
    CHECK(*group.metric("latency_mape_percent").over_replications.mean == Approx(10.0));
    CHECK(*group.metric("energy_mape_percent").over_replications.mean == Approx(20.0));
  }
  for (const std::size_t p : {1U, 2U}) {
    CHECK_FALSE(summary.policies[p].all().metric("latency_mape_percent").over_replications.mean);
    CHECK_FALSE(summary.policies[p].all().metric("energy_mape_percent").over_replications.mean);
  }
}

// Hears which workloads it is trained on.
class Listener final : public Policy {
 public:
  TargetId choose(const Observation& now) override {
    heard.insert(now.workload);
    return 0;
  }
  std::set<std::uint32_t> heard;
};

TEST_CASE("networks that are left out are not trained on, and judged all the same") {
  const auto few = quickstart({"/training/inferences_per_state=2"});
  REQUIRE(few->scenario.workload.size() == 2);
  Listener all;
  const TrainingReport whole = train(*few, all, 1, 0);
  CHECK(all.heard == std::set<std::uint32_t>{0, 1});
  const std::string leave_out =
      "/training/leave_out=[\"" + few->scenario.workload[0].network + "\"]";
  const auto without = quickstart({"/training/inferences_per_state=2", leave_out});
  Listener some;
  const TrainingReport rest = train(*without, some, 1, 0);
  CHECK(some.heard == std::set<std::uint32_t>{1});
  CHECK(2 * rest.inferences == whole.inferences);
  CHECK(rest.runtime_states == whole.runtime_states);
  ExperimentOptions options;
  const PolicyRun run = run_policy(*without, "quickstart.json", options, 0, 0);
  CHECK(run.result.workloads[0].inferences > 0);
}

TEST_CASE("predictors give the same results on one thread and on several") {
  const std::string policies =
      R"(/policies=["linear_regression","svr","svm","knn","bayesian_optimization"])";
  const auto world = quickstart({policies, "/training/inferences_per_state=10"});
  ExperimentOptions one;
  one.replications = 3;
  ExperimentOptions four = one;
  four.jobs = 4;
  const ExperimentResult a = run_experiment(*world, "quickstart.json", one);
  const ExperimentResult b = run_experiment(*world, "quickstart.json", four);
  for (std::size_t p = 0; p < a.policies.size(); ++p) {
    INFO(a.policies[p].name);
    for (std::size_t r = 0; r < 3; ++r) {
      for (std::size_t w = 0; w < 2; ++w) {
        const WorkloadTally& x = a.policies[p].runs[r].result.workloads[w];
        const WorkloadTally& y = b.policies[p].runs[r].result.workloads[w];
        CHECK(x.energy_mj == y.energy_mj);
        CHECK(x.target_counts == y.target_counts);
        CHECK(x.prediction.latency.relative == y.prediction.latency.relative);
        CHECK(x.prediction.energy.relative == y.prediction.energy.relative);
      }
    }
  }
}

TEST_CASE("trained predictors come nearer to the oracle than random choices") {
  const auto world = quickstart(
      {R"(/policies=["linear_regression","svr","svm","knn","bayesian_optimization","random"])",
       "/training/environments=scenario", "/training/inferences_per_state=200"});
  const Summary summary = summary_of(*world);
  const auto energy = [&](std::size_t p) {
    return *summary.policies[p].all().metric("energy_mj_per_inference").over_replications.mean;
  };
  for (std::size_t p = 0; p < 5; ++p) {
    INFO(summary.policies[p].name);
    CHECK(energy(p) < 0.5 * energy(5));
  }
}

}  // namespace
