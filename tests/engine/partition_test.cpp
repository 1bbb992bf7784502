// Partition plans, event by event: worked by hand, against the evaluator's prediction, and at random.
#include "sim/engine/simulator.h"
#include "tests/support/catch.h"
#include "tests/support/random_network.h"
#include "tests/support/test_world.h"

using namespace autoscale;
using namespace autoscale::test;

namespace {

// A plan whenever asked.
class PlannedPolicy final : public Policy {
 public:
  explicit PlannedPolicy(PartitionPlan plan) : plan_(std::move(plan)) {}
  TargetId choose(const Observation&) override { return kPartitioned; }
  [[nodiscard]] const PartitionPlan& plan() const override { return plan_; }
  void learn(const Outcome& o) override {
    outcomes.push_back(o);
    outcomes.back().observation = nullptr;
  }
  std::vector<Outcome> outcomes;

 private:
  PartitionPlan plan_;
};

struct Ran {
  RunResult result;
  std::vector<RequestRecord> records;
  std::vector<std::string> plans;  // their names
};

class NamingRecorder final : public RequestObserver {
 public:
  explicit NamingRecorder(Ran& ran) : ran_(ran) {}
  void on_settled(const RequestRecord& record) override {
    ran_.records.push_back(record);
    ran_.plans.emplace_back(record.plan);
  }

 private:
  Ran& ran_;
};

Ran run(const TestWorld& world, Policy& policy, bool layer_events = false) {
  Ran ran;
  NamingRecorder recorder(ran);
  CostEvaluator evaluator(world.table, world.environment);
  SimulatorOptions options;
  options.observer = &recorder;
  options.evaluator = &evaluator;
  options.layer_events = layer_events;
  Simulator simulator(world.table, world.environment, policy, options);
  ran.result = simulator.run(all_streams(world));
  return ran;
}

// The plain world's network has four layers, 0 -> 1 -> 2 -> 3, and 0 is read by 3 as well; outputs of 5, 10, 20 and 1 kB.
// cpu: 4, 3, 2, 1 ms at 4 W; gpu: 1 ms of dispatch, then 1 ms each at 2 W; cloud: 0.5 ms each. A hand-over with the GPU
// takes 0.5 ms, copies go at 0.01 GB/s: 10 kB a ms.
struct CutWorld : TestWorld {
  Network network;
  CutWorld() {
    make_plain(*this);
    const double kilobytes[] = {5.0, 10.0, 20.0, 1.0};
    for (int i = 0; i < 4; ++i) {
      Layer layer;
      layer.out_bytes = 1000.0 * kilobytes[i];
      if (i > 0) layer.preds = {i - 1};
      network.layers.push_back(layer);
    }
    network.layers[3].preds = {2, 0};
    table.workloads.front().graph = &network;
    layers[kCpu] = make_layers(0.0, {{3.0, 1.0}, {2.0, 1.0}, {1.0, 1.0}, {1.0, 0.0}});
    layers[kGpu] = make_layers(1.0, {{1.0, 0.0}, {1.0, 0.0}, {1.0, 0.0}, {1.0, 0.0}});
    layers[kDsp] = make_layers(0.5, {{2.0, 0.0}, {2.0, 0.0}, {2.0, 0.0}, {2.0, 0.0}});
    layers[kEdge] = make_layers(0.0, {{1.0, 0.0}, {1.0, 0.0}, {1.0, 0.0}, {1.0, 0.0}});
    layers[kCloud] = make_layers(0.0, {{0.5, 0.0}, {0.5, 0.0}, {0.5, 0.0}, {0.5, 0.0}});
    const char* places[] = {"cpu", "gpu", "dsp", "edge", "cloud"};
    for (std::size_t t = 0; t < 5; ++t) table.targets[t].place = places[t];
    table.phone.has_handover = true;
    table.phone.handover_ms = {0.0, 0.5, 1.0};
    table.phone.copy_gb_per_s = 0.01;
  }
};

PartitionPlan plan_of(std::vector<PlanSlice> slices) { return {0, 0, std::move(slices)}; }

}  // namespace

TEST_CASE("a plan on cpu, gpu and cloud, worked by hand") {
  const CutWorld world;
  PlannedPolicy policy(plan_of({{kCpu, {0, 1}}, {kGpu, {2}}, {kCloud, {3}}}));
  const Ran ran = run(world, policy);
  REQUIRE(ran.records.size() == 1);
  const RequestRecord& r = ran.records.front();
  // cpu 4 + 3 ms. The output of 1 (10 kB) is read and written: 0.5 + 20 kB / 10 kB/ms = 2.5 ms. gpu 1 + 1 ms. Layer 3 reads
  // 0 and 2, 25 kB = 200 kbit at 10 Mbit/s, 20 ms, after 0.5 ms of preparation; half of 22 ms there, 0.5 ms at the cloud,
  // half back, 8 kbit at 20 Mbit/s.
  const double phone = 7.0 + 2.5 + 2.0;
  const double latency = phone + 0.5 + 20.0 + 22.0 + 0.5 + 0.4;
  CHECK(r.latency_ms == Approx(latency).epsilon(1e-12));
  CHECK(ran.plans.front() == "cpu:2+gpu:1+cloud:1");
  CHECK(r.target == kPartitioned);
  CHECK(r.ran_on == kPartitioned);
  // CPU: 7 ms at 4 W; 1 W of host work for hand-over, dispatch and preparation. GPU: 1 ms at 2 W.
  CHECK(r.by_component[Component::kCpu] == Approx(28.0 + 2.5 + 1.0 + 0.5));
  CHECK(r.by_component[Component::kGpu] == Approx(2.0));
  CHECK(r.by_component[Component::kWifi] ==
        Approx(0.7 * 20.0 + 0.3 * 22.5 + 0.4 * 0.4 + 0.3 * 200.0));
  CHECK(r.by_component[Component::kBase] == Approx(0.05 * latency));
  CHECK(ran.result.workloads[0].target_counts.back() == 1);
  CHECK(ran.result.workloads[0].cloud_energy_mj == Approx(100.0));
}

TEST_CASE("a plan's energy by the paper's equations") {
  CutWorld world;
  world.table.energy_model = EnergyModel::kPaper;
  PlannedPolicy policy(plan_of({{kGpu, {0, 1, 2}}, {kDsp, {3}}}));
  const Ran ran = run(world, policy);
  const RequestRecord& r = ran.records.front();
  // gpu 1 + 3 ms; 5 + 20 kB read and written, 5 ms and 0.5 + 1.0 ms; dsp 0.5 + 2 ms.
  CHECK(r.latency_ms == Approx(4.0 + 6.5 + 2.5));
  CHECK(r.by_component[Component::kGpu] == Approx(2.0 * 4.0));
  CHECK(r.by_component[Component::kDsp] == Approx(1.0 * 2.5));
  CHECK(r.by_component[Component::kBase] == Approx(0.07 * 6.5));
  CHECK(r.energy_mj == Approx(8.0 + 2.5 + 0.455));
}

TEST_CASE("a tensor is handed over to a processor once, also to a later slice of it") {
  const CutWorld world;
  // 0 on the gpu, read by 1 and by 3, both on the cpu; 2 on the gpu again.
  const PartitionPlan plan = plan_of({{kGpu, {0}}, {kCpu, {1}}, {kGpu, {2}}, {kCpu, {3}}});
  PlanCosts costs;
  make_plan_costs(world.table, plan, costs);
  CHECK(costs.slices[0].handover_ms == 0.0);
  CHECK(costs.slices[1].handover_ms == Approx(0.5 + 1.0));  // 0: 5 kB twice
  CHECK(costs.slices[2].handover_ms == Approx(0.5 + 2.0));  // 1
  CHECK(costs.slices[3].handover_ms == Approx(0.5 + 4.0));  // 2; 0 is there already
  CHECK_FALSE(costs.is_remote());
}

TEST_CASE("narrow values are fewer bytes, and the least precise slice is the plan's accuracy") {
  CutWorld world;
  world.table.targets[kDsp].precision = Precision::kInt8;
  world.table.workloads[0].targets[kDsp].accuracy_percent = 60.0;
  world.table.workloads[0].targets[kDsp].meets_accuracy = false;
  PlannedPolicy policy(plan_of({{kDsp, {0, 1, 2}}, {kCloud, {3}}}));
  const Ran ran = run(world, policy);
  CHECK(ran.records.front().accuracy_percent == 60.0);
  CHECK(ran.records.front().violates_accuracy);
  CHECK(policy.outcomes.front().accuracy_percent == 60.0);
  CHECK_FALSE(policy.outcomes.front().meets_accuracy);
  // dsp 0.5 + 6; 25 kB / 4 = 50 kbit, 5 ms
  CHECK(ran.records.front().latency_ms == Approx(6.5 + 0.5 + 5.0 + 22.0 + 0.5 + 0.4));
}

TEST_CASE("a plan whose first layer is remote sends the input there too") {
  CutWorld world;
  world.network.layers[1].preds = {};  // a second layer that reads the input
  const PartitionPlan plan = plan_of({{kCpu, {0}}, {kCloud, {1, 2, 3}}});
  PlanCosts costs;
  make_plan_costs(world.table, plan, costs);
  CHECK(costs.uplink_kbit == Approx(80.0 + 40.0));
}

TEST_CASE("a plan's upload that takes too long falls back to the whole network on the phone") {
  CutWorld world;
  world.table.transfer_timeout_ns = 10'000'000;
  world.table.workloads[0].fallback = kDsp;
  PlannedPolicy policy(plan_of({{kCpu, {0, 1, 2}}, {kCloud, {3}}}));
  const Ran ran = run(world, policy);
  const RequestRecord& r = ran.records.front();
  CHECK(r.offload_failed);
  CHECK(r.target == kPartitioned);
  CHECK(r.ran_on == kDsp);
  CHECK(r.latency_ms == Approx(9.0 + 0.5 + 10.0 + 8.5));
  CHECK(r.expected_energy_mj > 0.0);
}

TEST_CASE("requests of a plan queue at each of its processors") {
  CutWorld world;
  ArrivalProcess& arrivals = world.table.workloads[0].arrivals;
  arrivals.kind = ArrivalKind::kTimes;
  arrivals.count = 2;
  arrivals.times = {SimTime{0}, SimTime{1}};
  PlannedPolicy policy(plan_of({{kCpu, {0, 1, 2}}, {kGpu, {3}}}));
  const Ran ran = run(world, policy);
  REQUIRE(ran.records.size() == 2);
  // cpu 9 ms each; 0 and 2, 25 kB: 0.5 + 5 ms; gpu 1 + 1 ms. The second one starts 9 ms later and meets no queue again.
  CHECK(ran.records[0].latency_ms == Approx(9.0 + 5.5 + 2.0));
  CHECK(ran.records[1].latency_ms == Approx(18.0 + 5.5 + 2.0 - 1e-6));
}

TEST_CASE("without noise and contention a plan takes what was predicted, to the nanosecond") {
  std::mt19937_64 random(31);
  int remote = 0;
  for (int i = 0; i < 300; ++i) {
    CutWorld world;
    const int n = 2 + static_cast<int>(random() % 30);
    world.network = random_network(random, n);
    for (LayerCosts& costs : world.layers) {
      std::vector<std::pair<double, double>> parts(static_cast<std::size_t>(n));
      for (auto& [compute, memory] : parts) {
        compute = uniform(random, 0.0, 2.0);
        memory = uniform(random, 0.0, 1.0);
      }
      costs = make_layers(uniform(random, 0.0, 3.0), parts);
    }
    for (TargetCost& t : world.table.workloads[0].targets)
      t.frequency_scale = t.local ? uniform(random, 1.0, 3.0) : 1.0;
    PartitionPlan plan = plan_of({});
    for (int layer = 0; layer < n; ++layer) {  // file order is one of execution here
      const bool last = layer + 1 == n && random() % 2 == 0;
      const TargetId target = last ? kCloud : static_cast<TargetId>(random() % 3);
      if (plan.slices.empty() || plan.slices.back().target != target)
        plan.slices.push_back({target, {}});
      plan.slices.back().layers.push_back(layer);
    }
    if (plan.slices.size() < 2) continue;
    remote += plan.slices.back().target == kCloud;
    PlanCosts costs;
    make_plan_costs(world.table, plan, costs);
    const CostEvaluator evaluator(world.table, world.environment);
    const Cost predicted = evaluator.evaluate(0, costs);
    PlannedPolicy policy(plan);
    const Ran ran = run(world, policy, i % 2 == 0);
    REQUIRE(to_nanos(Millis{ran.records[0].latency_ms}) == to_nanos(Millis{predicted.latency_ms}));
    REQUIRE(ran.records[0].expected_energy_mj == predicted.energy_mj);
    double energy = ran.records[0].energy_mj;
    if (costs.is_remote()) {  // predicted: until the next upload; here nobody sends again
      double until_air = 0.5;
      for (std::size_t s = 0; s + 1 < costs.slices.size(); ++s) {
        const SliceCosts& slice = costs.slices[s];
        until_air += slice.handover_ms + slice.layers.dispatch_ms + slice.layers.memory_ms() +
                     slice.by_level[0].frequency_scale * slice.layers.compute_ms();
      }
      energy -= 0.3 * (200.0 - std::min(200.0, until_air));
    }
    REQUIRE(energy == Approx(predicted.energy_mj).epsilon(1e-6));
  }
  CHECK(remote > 50);
}

TEST_CASE("no energy is lost in random worlds of plans with co-runners, noise and time-outs") {
  std::mt19937_64 random(37);
  for (int i = 0; i < 100; ++i) {
    TestWorld world;
    make_random(world, random, 50);
    const int n = 4;
    Network network = random_network(random, n);
    for (LayerCosts& costs : world.layers)
      costs = make_layers(costs.dispatch_ms, {{1.0, 0.5}, {2.0, 0.1}, {0.5, 1.0}, {3.0, 0.2}});
    WorkloadCost& w = world.table.workloads[0];
    w.graph = &network;
    w.arrivals.kind = ArrivalKind::kPeriodic;
    w.arrivals.count = 50;
    w.arrivals.period = Millis{15.0};
    w.queue = static_cast<QueueDiscipline>(random() % 3);
    w.fallback = random() % 2 == 0 ? kNoTarget : kGpu;
    world.table.transfer_timeout_ns = random() % 2 == 0 ? kNever.ns : 5'000'000;
    PlannedPolicy policy(plan_of({{kCpu, {0, 1}}, {kGpu, {2}}, {kCloud, {3}}}));
    const Ran ran = run(world, policy, i % 2 == 0);  // checks its books itself
    CHECK(ran.records.size() == 50);
    double sum = 0.0;
    for (const RequestRecord& r : ran.records) sum += r.by_component.total();
    CHECK(sum == Approx(ran.result.requests.total()).epsilon(1e-9));
  }
}
