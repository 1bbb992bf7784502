// Log-normal service noise of mean 1 (model.md section 4): exp(sigma z - sigma^2 / 2), z standard normal, a pure
// function of (seed, replication, workload and target, request).
#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

#include "sim/base/normal_quantile.h"
#include "sim/base/random.h"
#include "sim/engine/cost_table.h"

namespace autoscale {

// Draws z for two consecutive requests of a workload on a target at a time, since one block of random bits
// has room for both; the second one is kept until it is asked for.
class ServiceNoise {
 public:
  ServiceNoise(const CostTable& table, StreamKey key)
      : targets_(table.targets.size()),
        key_(key),
        pairs_(table.service_noise ? table.workloads.size() * targets_ : 0) {
    key_.stream = Stream::kServiceNoise;
  }

  // Factor on the service time; 1 where the table or the target has no noise.
  double factor(const TargetCost& t, std::uint32_t workload, TargetId target,
                std::uint64_t request) {
    if (pairs_.empty() || t.noise_sigma <= 0.0) return 1.0;
    const auto entity = static_cast<std::uint32_t>(workload * targets_ + target);
    Pair& pair = pairs_[entity];
    if (pair.next != request / 2 + 1) {
      const auto bits = draw_bits(key_, entity, request / 2);
      for (std::size_t i = 0; i < 2; ++i) {
        const double z = normal_quantile(uniform01(bits[2 * i], bits[2 * i + 1]));
        pair.factor[i] = std::exp(t.noise_sigma * z + t.noise_mean_shift);
      }
      pair.next = request / 2 + 1;
    }
    return pair.factor[request % 2];
  }

 private:
  struct Pair {
    std::uint64_t next = 0;  // number of the pair it holds, plus 1; 0: none yet
    std::array<double, 2> factor{};
  };
  std::size_t targets_;
  StreamKey key_;
  std::vector<Pair> pairs_;  // [workload * targets + target]
};

}  // namespace autoscale
