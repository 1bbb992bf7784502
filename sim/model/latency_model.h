// Layer latencies of one network on one (processor, precision) at the reference frequency, split into
// the part that scales with frequency and CPU contention and the part that waits for memory
// (model.md section 4). Built once per pair; prefix sums make a whole inference O(1) and a change of
// conditions in the middle of a layer O(log layers).
#pragma once

#include <span>
#include <vector>

#include "sim/model/device.h"
#include "sim/model/network.h"

namespace autoscale {

struct LayerCosts {
  double dispatch_ms = 0.0;            // host CPU, once per inference, before the first layer
  std::vector<double> compute_prefix;  // [layers + 1], ms, in execution order; [0] = 0
  std::vector<double> memory_prefix;   // [layers + 1], ms

  [[nodiscard]] int layers() const { return static_cast<int>(compute_prefix.size()) - 1; }
  [[nodiscard]] double compute_ms() const { return compute_prefix.back(); }
  [[nodiscard]] double memory_ms() const { return memory_prefix.back(); }
  [[nodiscard]] double total_ms() const { return dispatch_ms + compute_ms() + memory_ms(); }
};

// The kinds that LatencyProfile::scale_conv_kxk applies to.
constexpr bool is_conv_kxk(LayerKind kind) {
  return kind == LayerKind::kConvFirst || kind == LayerKind::kConvKxK;
}

// Time of one layer before any anchoring, in ms.
struct LayerTime {
  double compute_ms = 0.0;  // arithmetic and the fixed cost of an op
  double memory_ms = 0.0;   // activation traffic
};
LayerTime type_model(const Layer& layer, const Throughput& throughput);

// Builds the costs of `network`, whose layers run in `order` (execution_order), from `profile` and its entry for it:
// an explicit per-layer table wins over the type model (and keeps the type model's split of each layer);
// a whole-network latency anchors the sum exactly, k(n,a) = (latency - dispatch) / sum(layers);
// otherwise the profile's two scalars apply. Precondition: the entry exists and validated.
LayerCosts layer_costs(const Network& network, std::span<const int> order,
                       const LatencyProfile& profile, const NetworkLatency& entry);

}  // namespace autoscale
