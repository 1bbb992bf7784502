// Counter-based random numbers (Philox4x32-10, Salmon et al., SC 2011, from Random123). A draw is a pure
// function of (seed, replication, stream, entity, index): it never depends on the policy, the order of
// events, a thread or a shard, so that two policies meet the same world (common random numbers).
#pragma once

#include <array>
#include <cmath>
#include <cstdint>

#include <Random123/philox.h>

#include "sim/base/normal_quantile.h"

namespace autoscale {

// One purpose, one stream. Values are part of the results' identity: append, never renumber.
enum class Stream : std::uint8_t {
  kArrivals = 1,      // entity: workload, index: arrival
  kServiceNoise = 2,  // entity: workload and target, index: request of that workload
  kPolicy = 3,        // entity: 0, index: decision
  kPolicyInit = 4,    // entity: state, index: target
  kSignal = 5,        // entity: link, or column of a generated trace, index: sample
  kTraceOffset = 6,   // entity: link (kLinks: co-runner), index: 0
  kSample = 7,        // entity: dimension of a sweep's sample, index: draw
  kBootstrap = 8,     // entity: stratum, index: resample and run
};

struct StreamKey {
  std::uint64_t seed = 1;
  std::uint32_t replication = 0;  // below 2^23
  Stream stream = Stream::kArrivals;
  bool training = false;  // training draws from streams of its own
};

// 128 random bits for one (key, entity, index).
inline std::array<std::uint32_t, 4> draw_bits(const StreamKey& key, std::uint32_t entity,
                                              std::uint64_t index) {
  using Philox = r123::Philox4x32;
  const Philox::ctr_type counter{{static_cast<std::uint32_t>(index),
                                  static_cast<std::uint32_t>(index >> 32), entity,
                                  (key.replication << 9) | (key.training ? 0x100U : 0U) |
                                      static_cast<std::uint32_t>(key.stream)}};
  const Philox::key_type k{
      {static_cast<std::uint32_t>(key.seed), static_cast<std::uint32_t>(key.seed >> 32)}};
  const Philox::ctr_type r = Philox{}(counter, k);
  return {r[0], r[1], r[2], r[3]};
}

// Uniform on (0, 1): 52 bits and a half, so that neither 0 nor, by rounding, 1 can come out.
inline double uniform01(std::uint32_t high, std::uint32_t low) {
  const std::uint64_t bits = (static_cast<std::uint64_t>(high) << 32 | low) >> 12;
  return (static_cast<double>(bits) + 0.5) * 0x1p-52;
}

inline double draw_uniform(const StreamKey& key, std::uint32_t entity, std::uint64_t index) {
  const auto r = draw_bits(key, entity, index);
  return uniform01(r[0], r[1]);
}

// Standard normal, by inversion: one uniform, one normal.
inline double draw_normal(const StreamKey& key, std::uint32_t entity, std::uint64_t index) {
  return normal_quantile(draw_uniform(key, entity, index));
}

// Exponential with mean 1.
inline double draw_exponential(const StreamKey& key, std::uint32_t entity, std::uint64_t index) {
  return -std::log(draw_uniform(key, entity, index));
}

}  // namespace autoscale
