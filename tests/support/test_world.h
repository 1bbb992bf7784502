// Small worlds built by hand or at random, for tests of the engine: cost tables without profiles behind
// them.
#pragma once

#include <deque>
#include <functional>
#include <random>

#include "sim/engine/simulator.h"

namespace autoscale::test {

// A cost table with its storage. Targets: 0 cpu, 1 gpu, 2 dsp (phone), 3 edge:gpu, 4 cloud:gpu.
struct TestWorld {
  CostTable table;
  Environment environment;
  std::deque<LayerCosts> layers;

  TestWorld() = default;
  TestWorld(const TestWorld&) = delete;
  TestWorld& operator=(const TestWorld&) = delete;
};

inline constexpr TargetId kCpu = 0;
inline constexpr TargetId kGpu = 1;
inline constexpr TargetId kDsp = 2;
inline constexpr TargetId kEdge = 3;
inline constexpr TargetId kCloud = 4;

// Layers of the given compute and memory times.
LayerCosts make_layers(double dispatch_ms,
                       const std::vector<std::pair<double, double>>& compute_memory_ms);

// Round numbers: cpu 20 ms at 4 W, gpu 1 + 10 ms at 2 W, dsp 0.5 + 12 ms at 1 W, edge 5 ms, cloud 2 ms; 80 kbit up at
// 10 Mbit/s (8 ms), 8 kbit down at 20 Mbit/s (0.4 ms); no noise, no load; one closed-loop workload.
void make_plain(TestWorld& world);

// Everything at random: layers, loads and signals that step, radios with tails and promotions.
void make_random(TestWorld& world, std::mt19937_64& random, std::size_t segments);

double uniform(std::mt19937_64& random, double low, double high);

// Decides by a function of the observation.
class ScriptedPolicy final : public Policy {
 public:
  explicit ScriptedPolicy(std::function<TargetId(const Observation&)> choose)
      : choose_(std::move(choose)) {}
  TargetId choose(const Observation& now) override { return choose_(now); }
  void learn(const Outcome& o) override {
    outcomes.push_back(o);
    outcomes.back().observation = nullptr;
  }
  std::vector<Outcome> outcomes;

 private:
  std::function<TargetId(const Observation&)> choose_;
};

inline ScriptedPolicy always(TargetId target) {
  return ScriptedPolicy([target](const Observation&) { return target; });
}

// Keeps every settled request.
class Recorder final : public RequestObserver {
 public:
  void on_settled(const RequestRecord& record) override { records.push_back(record); }
  std::vector<RequestRecord> records;
};

// One stream per workload of the table, as its arrival process says.
std::vector<RequestStream> all_streams(const TestWorld& world);

}  // namespace autoscale::test
