// What a run shows to a timeline, against what the run itself accounts for.
#include <algorithm>
#include <map>

#include "sim/engine/cost_evaluator.h"
#include "tests/support/catch.h"
#include "tests/support/test_world.h"

using namespace autoscale;
using namespace autoscale::test;

namespace {

class Collector final : public TimelineSink {
 public:
  void on_begin(const Environment&) override {}
  void on_decision(const Observation& o, TargetId target, std::string_view, TargetId) override {
    targets[{o.workload, o.request}] = target;
  }
  void on_slice(const Slice& slice) override { slices.push_back(slice); }
  void on_power(SimTime now, double watts) override { power.emplace_back(now, watts); }
  void on_temperature(SimTime now, double celsius) override {
    temperature.emplace_back(now, celsius);
  }
  void on_settled(const RequestRecord& record) override { records.push_back(record); }

  std::map<std::pair<std::uint32_t, std::uint64_t>, TargetId> targets;
  std::vector<Slice> slices;
  std::vector<std::pair<SimTime, double>> power;
  std::vector<std::pair<SimTime, double>> temperature;
  std::vector<RequestRecord> records;
};

RunResult run(TestWorld& world, TimelineSink* sink, unsigned salt) {
  auto policy = ScriptedPolicy([salt](const Observation& o) {
    return static_cast<TargetId>((o.request * 7 + o.workload * 3 + salt) % 5);
  });
  SimulatorOptions options;
  options.key.seed = salt;
  options.concurrent = true;
  options.timeline = sink;
  return Simulator(world.table, world.environment, policy, options).run(all_streams(world));
}

}  // namespace

TEST_CASE("a timeline's power integrates to the phone's energy, its slices to the requests'") {
  for (unsigned salt = 1; salt <= 40; ++salt) {
    INFO("world " << salt);
    std::mt19937_64 random(salt);
    TestWorld world;
    make_random(world, random, 12);
    Collector shown;
    const RunResult result = run(world, &shown, salt);

    double mj = 0.0;
    REQUIRE(!shown.power.empty());
    for (std::size_t i = 0; i < shown.power.size(); ++i) {
      const SimTime until = i + 1 < shown.power.size() ? shown.power[i + 1].first : result.end;
      REQUIRE(shown.power[i].first <= until);
      mj += shown.power[i].second * to_millis(until - shown.power[i].first).value;
    }
    CHECK(mj == Approx(result.phone_total.total()).epsilon(1e-9));

    std::map<std::pair<std::uint32_t, std::uint64_t>, double> by_request;
    for (const Slice& s : shown.slices) by_request[{s.workload, s.request}] += s.energy_mj;
    REQUIRE(!shown.records.empty());
    for (const RequestRecord& r : shown.records) {
      const double marginal = r.energy_mj - r.by_component[Component::kBase];
      CHECK(by_request[{r.workload, r.request}] == Approx(marginal).epsilon(1e-9).margin(1e-9));
      CHECK(shown.targets.at({r.workload, r.request}) == r.target);
    }
  }
}

TEST_CASE("a request that fell back shows the layers and the energy of where it ran") {
  TestWorld world;
  make_plain(world);
  world.table.transfer_timeout_ns = 1'000'000;  // its upload takes longer
  world.table.workloads[0].fallback = kCpu;
  auto policy = always(kCloud);
  Collector shown;
  SimulatorOptions options;
  options.timeline = &shown;
  Simulator(world.table, world.environment, policy, options).run(all_streams(world));
  const RequestRecord& r = shown.records.at(0);
  REQUIRE(r.offload_failed);
  CHECK(r.target == kCloud);
  CHECK(r.ran_on == kCpu);
  double layers_mj = 0.0;
  int layers = 0;
  for (const Slice& s : shown.slices) {
    if (s.kind != SliceKind::kLayer) continue;
    CHECK(s.target == kCpu);
    ++layers;
    layers_mj += s.energy_mj;
  }
  CHECK(layers == world.table.workloads[0].targets[kCpu].layers->layers());
  CHECK(layers_mj == Approx(4.0 * 20.0));
}

TEST_CASE("slices of a server overlap no more than it serves at a time, and layers are complete") {
  for (unsigned salt = 1; salt <= 40; ++salt) {
    INFO("world " << salt);
    std::mt19937_64 random(salt);
    TestWorld world;
    make_random(world, random, 12);
    Collector shown;
    run(world, &shown, salt);
    std::map<int, std::vector<std::pair<SimTime, int>>> edges;  // [server] (instant, +1 or -1)
    std::map<std::pair<std::uint32_t, std::uint64_t>, int> layers;
    for (const Slice& s : shown.slices) {
      REQUIRE(s.from <= s.to);
      if (s.kind == SliceKind::kLayer) CHECK(s.layer == layers[{s.workload, s.request}]++);
      if (s.kind == SliceKind::kWait || s.kind == SliceKind::kPrepare) continue;
      if (s.kind == SliceKind::kTail || s.from == s.to) continue;
      edges[s.server].push_back({s.from, 1});
      edges[s.server].push_back({s.to, -1});
    }
    for (auto& [server, list] : edges) {
      std::ranges::sort(list);  // at an instant, ends come first
      const int capacity =
          server < kProcessorServers ? world.table.servers[static_cast<std::size_t>(server)] : 1;
      int busy = 0;
      for (const auto& [at, change] : list) {
        busy += change;
        REQUIRE(busy <= capacity);
      }
      CHECK(busy == 0);
    }
    for (const RequestRecord& r : shown.records) {
      if (r.dropped) continue;
      const TargetCost& t = world.table.workloads[r.workload].targets[r.target];
      CHECK(layers[{r.workload, r.request}] == t.layers->layers());
    }
  }
}

TEST_CASE("a run is the same whether or not it is shown") {
  std::mt19937_64 random(5);
  TestWorld world;
  make_random(world, random, 12);
  Collector shown;
  const RunResult with = run(world, &shown, 5);
  const RunResult without = run(world, nullptr, 5);
  CHECK(with.end == without.end);
  CHECK(with.events == without.events);
  CHECK(with.phone_total.mj == without.phone_total.mj);
  CHECK(with.workloads[0].latency_ms == without.workloads[0].latency_ms);
}
