// Parts of a network, as partitioned inference needs them: which tensors go from one part to another, and what a part
// costs. Layers are named by their position in Network::layers.
#pragma once

#include <span>
#include <vector>

#include "sim/model/latency_model.h"
#include "sim/model/network.h"

namespace autoscale {

// Which layers belong to a part: [layer], 1 or 0.
using LayerSet = std::vector<char>;

// Size of a value or a weight in a precision, relative to FP32.
[[nodiscard]] double width_ratio(Precision precision);

// Bytes of what a layer writes, in the precision that it runs in.
[[nodiscard]] double output_bytes(const Layer& layer, Precision precision);

// The layers of `from` whose output some layer of `to` reads, ascending. Each is named once, however many read it: a
// tensor is sent once.
[[nodiscard]] std::vector<int> crossing(const Network& network, const LayerSet& from,
                                        const LayerSet& to);

// Whether no layer of `set` reads what a layer outside it writes: the set can run first.
[[nodiscard]] bool is_closed(const Network& network, const LayerSet& set);

// [layer] -> its place in execution_order(network).
[[nodiscard]] std::vector<int> execution_positions(const Network& network);

// What `layers` cost that run one after the other as one piece, with one dispatch. `whole` is of the whole network,
// in order of execution.
[[nodiscard]] LayerCosts part_costs(const LayerCosts& whole, std::span<const int> positions,
                                    std::span<const int> layers);

// The network as a chain of blocks: all paths from the input to an output pass the last layer of each block, so that
// between two blocks one tensor goes (a residual block, an inception module, a single layer). Blocks, and the layers in
// them, in order of execution. From the dominator tree (Lengauer and Tarjan, by Boost.Graph).
[[nodiscard]] std::vector<std::vector<int>> chain_blocks(const Network& network);

}  // namespace autoscale
