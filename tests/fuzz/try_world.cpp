#include "tests/fuzz/try_world.h"

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "sim/config/load_scenario.h"
#include "sim/engine/cost_evaluator.h"
#include "sim/engine/simulator.h"
#include "sim/experiment/experiment.h"
#include "sim/experiment/load_world.h"
#include "sim/policies/registry.h"
#include "sim/report/csv_report.h"
#include "sim/report/json_report.h"
#include "sim/report/table_report.h"
#include "tests/fuzz/targets.h"

namespace autoscale::fuzz {
namespace {

constexpr std::uint64_t kRequests = 3;
constexpr std::size_t kPolicies = 3;
constexpr std::size_t kWorkloads = 3;

std::vector<RequestStream> short_streams(const World& world) {
  std::vector<RequestStream> streams;
  for (std::uint32_t w = 0; w < std::min(world.table.workloads.size(), kWorkloads); ++w) {
    RequestStream stream{.workload = w, .arrivals = world.table.workloads[w].arrivals};
    ArrivalProcess& arrivals = stream.arrivals;
    arrivals.count = std::min(arrivals.count, kRequests);
    if (!arrivals.times.empty()) arrivals.times.resize(arrivals.count);
    streams.push_back(std::move(stream));
  }
  return streams;
}

// Equal for scenarios that rest on the same devices, radios, traces and networks.
std::string names_of_files(const Scenario& scenario) {
  std::string names = scenario.device + ' ' + scenario.edge_peer + ' ' + scenario.cloud;
  for (const auto* link :
       {&scenario.links.wifi, &scenario.links.wifi_direct, &scenario.links.lte}) {
    names += ' ' + (*link ? (*link)->radio : "-");
    if (*link && (*link)->signal.trace) names += '/' + (*link)->signal.trace->file;
  }
  if (scenario.co_runner.trace) names += ' ' + scenario.co_runner.trace->file;
  for (const WorkloadSpec& workload : scenario.workload) names += ' ' + workload.network;
  return names;
}

PolicyResult try_policy(const World& world, const PolicySpec& spec) {
  CostEvaluator evaluator(world.table, world.environment);
  Diagnostics problems;
  const auto policy = make_policy(spec, world.scenario.policy_config_json,
                                  policy_context(world, world.scenario.seed, 0, &evaluator),
                                  world.scenario.file, problems);
  problems.throw_if_any();
  SimulatorOptions options;
  options.key = {.seed = world.scenario.seed, .replication = 0};
  options.concurrent = world.scenario.workload_order == WorkloadOrder::kConcurrent;
  options.evaluator = &evaluator;
  const std::vector<RequestStream> streams = short_streams(world);
  PolicyResult result{spec.name, spec.policy, {}};
  for (const Policy::Mode mode : {Policy::Mode::kTraining, Policy::Mode::kFrozen}) {
    policy->set_mode(mode);
    PolicyRun& run = result.runs.emplace_back();
    run.result = Simulator(world.table, world.environment, *policy, options).run(streams);
    run.result.close();
    policy->end_episode();
    run.done = true;
  }
  return result;
}

}  // namespace

const Scenario& quickstart() {
  static const Scenario scenario = [] {
    Scenario read = load_scenario(data().root() / "scenarios/quickstart.json", {}, data());
    read.training.reset();
    return read;
  }();
  return scenario;
}

const ScenarioInputs& quickstart_inputs() {
  static const std::unique_ptr<const World> world = load_world(quickstart(), data());
  return world->inputs;
}

void try_world(const World& world) {
  Diagnostics problems;
  check_policies(world, world.scenario.file, problems);
  problems.throw_if_any();
  const auto& specs = world.scenario.policies;
  ExperimentResult result;
  for (std::size_t p = 0; p < std::min(specs.size(), kPolicies); ++p) {
    result.policies.push_back(try_policy(world, specs[p]));
  }
  if (world.table.workloads.size() > kWorkloads) return;  // results of all or of none
  const auto runs = static_cast<std::uint32_t>(specs.empty() ? 0 : result.policies[0].runs.size());
  const Summary summary = summarise(world, result, world.scenario.seed, runs);
  expect(!csv_rows(summary).empty() || specs.empty(), "results have rows");
  expect(!json_report(summary).empty(), "results have a report");
  expect(!table_report(world, summary, Evaluation::kFrozen, true).empty(), "results have a table");
}

void try_scenario(const Scenario& scenario) {
  constexpr std::size_t kMostKept = 100;
  static std::map<std::string, ScenarioInputs> kept;
  const std::string names = names_of_files(scenario);
  const auto known = kept.find(names);
  const auto world = known == kept.end() ? load_world(scenario, data())
                                         : build_world(scenario, known->second, scenario.file);
  const bool shipped = names.find_first_of("/.") == std::string::npos;
  if (known == kept.end() && shipped && kept.size() < kMostKept) kept.emplace(names, world->inputs);
  try_world(*world);
}

void try_inputs(ScenarioInputs inputs) {
  Scenario scenario = quickstart();
  scenario.workload_order = WorkloadOrder::kConcurrent;  // so that requests meet
  try_world(*build_world(std::move(scenario), std::move(inputs), quickstart().file));
}

}  // namespace autoscale::fuzz
