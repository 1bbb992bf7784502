// The event loop allocates nothing per event: twice the inferences, the same number of allocations.
#include <atomic>
#include <cstdlib>
#include <memory>
#include <new>

#include "sim/config/load_scenario.h"
#include "sim/engine/cost_evaluator.h"
#include "sim/engine/simulator.h"
#include "sim/experiment/experiment.h"
#include "sim/experiment/load_world.h"
#include "sim/policies/registry.h"
#include "tests/support/catch.h"

namespace {
std::atomic<std::uint64_t> allocations{0};
}

void* operator new(std::size_t size) {
  ++allocations;
  if (void* p = std::malloc(size == 0 ? 1 : size)) return p;
  throw std::bad_alloc();
}
// Sanitizers bring a nothrow form of their own, which the deletes below would not match.
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  ++allocations;
  return std::malloc(size);
}
void operator delete(void* p) noexcept { std::free(p); }
void operator delete(void* p, std::size_t) noexcept { std::free(p); }

using namespace autoscale;

namespace {

std::uint64_t allocations_of_run(const World& world, const char* name, std::uint64_t per_network) {
  CostEvaluator evaluator(world.table, world.environment);
  const PolicyContext context = policy_context(world, 1, 0, &evaluator);
  Diagnostics problems;
  const auto policy = make_policy({.name = name, .policy = name}, "{}", context, "", problems);
  problems.throw_if_any();
  policy->set_mode(Policy::Mode::kOnline);
  std::vector<RequestStream> streams;
  for (std::uint32_t w = 0; w < world.table.workloads.size(); ++w) {
    streams.push_back({.workload = w, .arrivals = world.table.workloads[w].arrivals});
    streams.back().arrivals.count = per_network;
  }
  SimulatorOptions options;
  options.evaluator = &evaluator;
  Simulator simulator(world.table, world.environment, *policy, options);
  const std::uint64_t before = allocations;
  const RunResult result = simulator.run(streams);
  const std::uint64_t used = allocations - before;
  REQUIRE(result.workloads[0].inferences == per_network);
  return used;
}

}  // namespace

TEST_CASE("the number of allocations does not grow with the number of inferences") {
  const DataPath data(AUTOSCALE_SOURCE_DIR);
  for (const char* scenario : {"/scenarios/paper/s1.json", "/scenarios/paper/streaming.json"}) {
    const auto world =
        load_world(load_scenario(std::string(AUTOSCALE_SOURCE_DIR) + scenario, {}, data), data);
    for (const char* policy : {"autoscale", "oracle", "cpu_only", "cloud_only", "random"}) {
      INFO(scenario << " " << policy);
      const std::uint64_t few = allocations_of_run(*world, policy, 500);
      const std::uint64_t many = allocations_of_run(*world, policy, 5000);
      CHECK(many <=
            few +
                20);  // pools and rings may double a few times more; 45,000 inferences lie between
    }
  }
}
