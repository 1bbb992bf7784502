// What the same job costs without a simulator around it, so that our figures can be read as ratios on any
// machine: an AutoScale loop of two events an inference, Q-learning over 66 actions, log-normal noise, energy,
// QoS. `Naive` as one would write it with the standard library, `Minimal` with everything in arrays.
#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <queue>
#include <random>
#include <vector>

#include <benchmark/benchmark.h>

#include "sim/base/random.h"

namespace autoscale {
namespace {

constexpr int kActions = 66;
constexpr int kStates = 576;
constexpr double kQosMs = 50.0;

struct Costs {
  std::array<double, kActions> latency_ms;
  std::array<double, kActions> power_w;
  Costs() {
    for (int a = 0; a < kActions; ++a) {
      latency_ms[static_cast<std::size_t>(a)] = 20.0 + a % 23;
      power_w[static_cast<std::size_t>(a)] = 0.5 + 0.07 * a;
    }
  }
};

void BM_Reference_Naive(benchmark::State& state) {
  struct Event {
    double at;
    std::function<void()> act;
    bool operator<(const Event& o) const { return at > o.at; }
  };
  const Costs costs;
  std::mt19937_64 random(1);
  std::uniform_real_distribution<double> uniform;
  std::lognormal_distribution<double> noise(0.0, 0.05);
  std::vector<std::vector<double>> q(kStates, std::vector<double>(kActions, 0.0));
  std::priority_queue<Event> events;
  double now = 0.0, energy = 0.0;
  std::int64_t late = 0, done = 0;
  std::function<void()> arrive = [&] {
    auto& row = q[static_cast<std::size_t>(done) % 8];
    const std::size_t a =
        uniform(random) < 0.1
            ? random() % kActions
            : static_cast<std::size_t>(std::max_element(row.begin(), row.end()) - row.begin());
    const double latency = costs.latency_ms[a] * noise(random);
    events.push({now + latency, [&, a, latency] {
                   const double mj = costs.power_w[a] * latency;
                   energy += mj;
                   late += latency > kQosMs;
                   auto& r = q[static_cast<std::size_t>(done) % 8];
                   const double next = *std::max_element(r.begin(), r.end());
                   r[a] += 0.9 * (-mj + 0.1 * next - r[a]);
                   ++done;
                   events.push({now, arrive});
                 }});
  };
  events.push({0.0, arrive});
  for (auto _ : state) {
    const std::int64_t target = done + 1;
    while (done < target) {
      const Event e = events.top();
      events.pop();
      now = e.at;
      e.act();
    }
  }
  benchmark::DoNotOptimize(energy + static_cast<double>(late));
}
BENCHMARK(BM_Reference_Naive);

void BM_Reference_Minimal(benchmark::State& state) {
  const Costs costs;
  std::vector<float> q(kStates * kActions, 0.0F);
  std::array<int, kStates> greedy{};
  std::int64_t now = 0;
  std::uint64_t done = 0;
  double energy = 0.0;
  std::int64_t late = 0;
  for (auto _ : state) {
    const std::size_t s = done % 8;
    float* row = &q[s * kActions];
    const auto bits = draw_bits({.seed = 1}, 0, done);
    const std::size_t a = uniform01(bits[0], bits[1]) < 0.1 ? bits[2] % kActions
                                                            : static_cast<std::size_t>(greedy[s]);
    const double latency =
        costs.latency_ms[a] * std::exp(0.05 * normal_quantile(uniform01(bits[2], bits[3])));
    now += static_cast<std::int64_t>(latency * 1e6 + 0.5);
    const double mj = costs.power_w[a] * latency;
    energy += mj;
    late += latency > kQosMs;
    const float old = row[a];
    row[a] += 0.9F * (static_cast<float>(-mj) + 0.1F * row[greedy[s]] - row[a]);
    if (static_cast<int>(a) == greedy[s] && row[a] < old) {
      greedy[s] = static_cast<int>(std::max_element(row, row + kActions) - row);
    } else if (row[a] > row[greedy[s]]) {
      greedy[s] = static_cast<int>(a);
    }
    ++done;
  }
  benchmark::DoNotOptimize(energy + static_cast<double>(late) + static_cast<double>(now));
}
BENCHMARK(BM_Reference_Minimal);

}  // namespace
}  // namespace autoscale
