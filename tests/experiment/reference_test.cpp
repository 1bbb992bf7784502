// Costs against a second calculation of them (tests/support/reference_costs.h), and against numbers
// worked out by hand.
#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "sim/config/load_scenario.h"
#include "sim/engine/cost_evaluator.h"
#include "sim/experiment/load_world.h"
#include "tests/support/catch.h"
#include "tests/support/reference_costs.h"
#include "tests/support/test_world.h"

using namespace autoscale;
using namespace autoscale::test;

namespace {

using Overrides = std::vector<std::string>;

const DataPath& data() {
  static const DataPath path(AUTOSCALE_SOURCE_DIR);
  return path;
}

Scenario paper_scenario(const std::string& name, const Overrides& more, double think_ms = 1e4) {
  Overrides overrides{"/service_noise=false"};
  for (int w = 0; w < 10; ++w) {
    overrides.push_back("/workload/" + std::to_string(w) +
                        "/arrivals={\"closed_loop\":{\"think_ms\":" + std::to_string(think_ms) +
                        "}}");
  }
  overrides.insert(overrides.end(), more.begin(), more.end());
  const std::string file = std::string(AUTOSCALE_SOURCE_DIR "/scenarios/paper/") + name;
  return load_scenario(file, overrides, data());
}

const Network& network_of(const World& world, std::uint32_t w) {
  return world.inputs.networks[world.inputs.workload_network[w]];
}

void check_close(const RequestRecord& r, const ReferenceCost& expected) {
  REQUIRE(r.latency_ms == Approx(expected.latency_ms).epsilon(1e-6));
  for (std::size_t c = 0; c < expected.mj.size(); ++c) {
    INFO("component " << c);
    REQUIRE(r.by_component.mj[c] == Approx(expected.mj[c]).epsilon(1e-6).margin(1e-6));
  }
}

RequestRecord simulated(const World& world, std::uint32_t w, TargetId target) {
  auto policy = always(target);
  Recorder recorder;
  SimulatorOptions options;
  options.observer = &recorder;
  RequestStream stream{.workload = w, .arrivals = world.table.workloads[w].arrivals};
  stream.arrivals.count = 1;
  Simulator(world.table, world.environment, policy, options).run({&stream, 1});
  return recorder.records.at(0);
}

// Compares every network and target of a world in one environment; returns how many it compared.
int check_costs(const World& world, const Environment& environment,
                const ReferenceWorld& reference) {
  const CostEvaluator evaluator(world.table, environment);
  int compared = 0;
  for (std::uint32_t w = 0; w < world.table.workloads.size(); ++w) {
    const Network& network = network_of(world, w);
    const double up = reference_uplink_bytes(world.scenario.workload[w], network);
    const auto costs = evaluator.costs(w);
    for (TargetId t = 0; t < costs.size(); ++t) {
      INFO(world.scenario.name << " " << network.name << " " << world.table.targets[t].name);
      const auto expected = reference_cost(reference, network, up, world.table.targets[t]);
      REQUIRE(costs[t].supported == expected.has_value());
      if (!expected) continue;
      REQUIRE(costs[t].latency_ms == Approx(expected->latency_ms).epsilon(1e-6));
      REQUIRE(costs[t].energy_mj == Approx(expected->total_mj()).epsilon(1e-6));
      REQUIRE(costs[t].violates_qos == (expected->latency_ms > world.scenario.workload[w].qos_ms));
      ++compared;
    }
  }
  return compared;
}

// The same for what the event loop charges each component, where a lone request is a steady state.
void check_charges(const World& world, const ReferenceWorld& reference) {
  for (std::uint32_t w = 0; w < world.table.workloads.size(); ++w) {
    const Network& network = network_of(world, w);
    const double up = reference_uplink_bytes(world.scenario.workload[w], network);
    for (TargetId t = 0; t < world.table.targets.size(); ++t) {
      INFO(world.scenario.name << " " << network.name << " " << world.table.targets[t].name);
      const auto expected = reference_cost(reference, network, up, world.table.targets[t]);
      if (expected) check_close(simulated(world, w, t), *expected);
    }
  }
}

}  // namespace

TEST_CASE("the shipped scenarios cost what a second calculation from the profiles says") {
  for (const char* name : {"s1.json", "s2.json", "s3.json", "s4.json", "s5.json"}) {
    for (const char* phone : {"mi8pro", "galaxy_s10e", "moto_x_force"}) {
      for (const char* model : {"full", "paper"}) {
        for (const char* scale : {"paper", "measured"}) {
          INFO(phone << " " << model << " " << scale);
          const Scenario scenario = paper_scenario(
              name, {std::string("/device=") + phone, std::string("/energy_model=") + model,
                     std::string("/power_scale=") + scale});
          const ReferenceWorld reference = load_reference(scenario, data());
          const auto world = load_world(scenario, data());
          REQUIRE(check_costs(*world, world->environment, reference) > 300);
          check_charges(*world, reference);
        }
      }
    }
  }
}

TEST_CASE("so do LTE with its promotions and signals between the points of the radio tables") {
  const Overrides links{
      "/links={\"lte\":{\"radio\":\"lte\",\"signal\":{\"constant_dbm\":-97}},\"wifi_direct\":"
      "{\"radio\":\"wifi_direct_5ghz\",\"signal\":{\"constant_dbm\":-72.5}}}"};
  for (const double think_ms : {2e4, 1e3}) {  // beyond LTE's tail, and within it
    for (const char* model : {"full", "paper"}) {
      Overrides overrides = links;
      overrides.push_back(std::string("/energy_model=") + model);
      const Scenario scenario = paper_scenario("s2.json", overrides, think_ms);
      const ReferenceWorld reference = load_reference(scenario, data());
      const auto world = load_world(scenario, data());
      check_costs(*world, world->environment, reference);
      if (think_ms > 1e4) check_charges(*world, reference);
    }
  }
}

TEST_CASE("the offline profile and the training states are those conditions and no others") {
  const auto world = load_world(paper_scenario("s2.json", {}), data());
  ReferenceWorld reference = load_reference(world->scenario, data());
  const TrainingSpec& grid = *world->scenario.training;
  std::size_t state = 0;
  for (double cpu : grid.cpu_ratio) {
    for (double memory : grid.memory_ratio) {
      for (double wifi : grid.wifi_dbm) {
        for (double direct : grid.wifi_direct_dbm) {
          reference.cpu_ratio = cpu;
          reference.memory_ratio = memory;
          reference.wifi->dbm = wifi;
          reference.wifi_direct->dbm = direct;
          check_costs(*world, world->training_environments().at(state++), reference);
        }
      }
    }
  }
  reference.cpu_ratio = reference.memory_ratio = 0.0;
  reference.wifi->dbm = reference.wifi_direct->dbm = -55.0;
  for (std::uint32_t w = 0; w < 10; ++w) {
    const Network& network = network_of(*world, w);
    for (TargetId t = 0; t < world->table.targets.size(); ++t) {
      const auto expected =
          reference_cost(reference, network, network.payload.uint8_bytes, world->table.targets[t]);
      const ProfileEntry& entry = world->profile[w][t];
      REQUIRE(entry.supported == expected.has_value());
      if (!expected) continue;
      REQUIRE(entry.latency.value == Approx(expected->latency_ms).epsilon(1e-6));
      REQUIRE(entry.energy.value == Approx(expected->total_mj()).epsilon(1e-6));
    }
  }
}

TEST_CASE("interference tells threads from cores and each processor's memory from the others'") {
  const Scenario scenario = paper_scenario(
      "s1.json", {"/co_runner={\"constant\":{\"cpu_ratio\":1,\"memory_ratio\":0.5}}"});
  ScenarioInputs inputs = load_world(scenario, data())->inputs;
  DeviceProfile phone = inputs.device;
  for (ProcessorProfile& p : phone.processors) {
    p.memory_sensitivity_ratio.value = 0.2 + 0.3 * static_cast<double>(p.kind);
    p.idle_power_w.value = 0.03;
    if (p.kind != ProcessorKind::kCpu) continue;
    p.cores = 8;
    p.threads = 3;
  }
  phone.offload_dispatch_ms->value = 2.5;
  inputs.device = phone;
  ReferenceWorld reference = load_reference(scenario, data());
  reference.phone = inputs.device;
  for (const EnergyModel model : {EnergyModel::kFull, EnergyModel::kPaper}) {
    Scenario changed = scenario;
    changed.energy_model = model;
    reference.paper_energy = model == EnergyModel::kPaper;
    const auto world = build_world(changed, inputs, "small");
    check_costs(*world, world->environment, reference);
    check_charges(*world, reference);
    const LoadConditions& load = world->environment.load.value(0);
    CHECK(load.phi_cpu == Approx(11.0 / 8.0));  // 3 threads beside 8 on 8 cores
    CHECK(load.phi_host == Approx(9.0 / 8.0));
    CHECK(load.phi_memory[0] == Approx(1.0 / 0.9));
    CHECK(load.phi_memory[1] == Approx(1.0 / 0.75));
    CHECK(load.phi_memory[2] == Approx(1.0 / 0.6));
  }
}

TEST_CASE("the INT8 recipe changes the accuracy of INT8 targets and nothing else") {
  const auto ptq = load_world(paper_scenario("s1.json", {"/int8_recipe=ptq"}), data());
  const auto qat = load_world(paper_scenario("s1.json", {"/int8_recipe=qat"}), data());
  for (TargetId t = 0; t < ptq->table.targets.size(); ++t) {
    const Precision precision = ptq->table.targets[t].precision;
    const bool int8 = precision == Precision::kInt8;
    const auto accuracy = [t](const World& world, std::uint32_t w) {
      return world.table.workloads[w].targets[t].accuracy_percent;
    };
    CHECK(accuracy(*ptq, 2) == (int8 ? 65.7 : 71.0));  // mobilenet_v1
    CHECK(accuracy(*qat, 2) == (int8 ? 70.0 : 71.0));
    CHECK(accuracy(*ptq, 9) == (int8 ? 83.7 : 90.0));  // mobilebert
    CHECK(accuracy(*qat, 9) == (int8 ? 88.95 : 90.0));
    for (std::uint32_t w = 0; w < 10; ++w) {
      CHECK(ptq->profile[w][t].latency == qat->profile[w][t].latency);
      CHECK(ptq->profile[w][t].energy == qat->profile[w][t].energy);
    }
  }
}

TEST_CASE("payloads are bits of the chosen encoding") {
  const auto world = load_world(
      paper_scenario("s1.json", {"/workload/1/payload=jpeg", "/workload/1/jpeg_ratio=0.25",
                                 "/workload/2/payload=fp32"}),
      data());
  const auto& workloads = world->table.workloads;
  CHECK(workloads[0].uplink_kbit == Approx(150'528 * 8e-3));         // 224 x 224 x 3 bytes
  CHECK(workloads[1].uplink_kbit == Approx(268'203 * 0.25 * 8e-3));  // 299 x 299 x 3, compressed
  CHECK(workloads[2].uplink_kbit == Approx(150'528 * 4 * 8e-3));     // as floats
  CHECK(workloads[0].downlink_kbit == Approx(4'000 * 8e-3));         // 1000 scores
  CHECK(world->table.wan_rtt_ms == 20.0);
  check_costs(*world, world->environment, load_reference(world->scenario, data()));
}
