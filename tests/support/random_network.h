// Layer graphs at random, for tests of cuts.
#pragma once

#include <algorithm>
#include <random>

#include <fmt/format.h>

#include "sim/model/partition.h"

namespace autoscale::test {

// Layer 0 reads the input; every other layer reads one to three earlier ones. Outputs of whole bytes.
inline Network random_network(std::mt19937_64& random, int layers) {
  Network network;
  for (int i = 0; i < layers; ++i) {
    Layer layer;
    layer.name = fmt::format("l{}", i);
    layer.out_bytes = 400.0 * static_cast<double>(1 + random() % 100);
    layer.weight_bytes = 1000.0 * static_cast<double>(random() % 100);
    for (std::uint64_t k = 1 + random() % 3; i > 0 && k > 0; --k) {
      const int pred = static_cast<int>(random() % static_cast<std::uint64_t>(i));
      if (std::ranges::find(layer.preds, pred) == layer.preds.end()) layer.preds.push_back(pred);
    }
    network.layers.push_back(layer);
  }
  return network;
}

// Calls `visit` with every closed set of layers (partition.h). At most 20 layers.
template <class Visit>
void for_each_closed_set(const Network& network, Visit visit) {
  const std::size_t n = network.layers.size();
  for (std::uint32_t bits = 0; bits < 1U << n; ++bits) {
    LayerSet set(n);
    for (std::size_t i = 0; i < n; ++i) set[i] = static_cast<char>(bits >> i & 1U);
    if (is_closed(network, set)) visit(set);
  }
}

}  // namespace autoscale::test
