#include "sim/model/partition.h"

#include <algorithm>
#include <cstddef>

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/dominator_tree.hpp>

#include "sim/base/check.h"

namespace autoscale {
namespace {

std::size_t index_of(int layer) { return static_cast<std::size_t>(layer); }

// [layer] -> whether another reads it.
LayerSet read_layers(const Network& network) {
  LayerSet read(network.layers.size(), 0);
  for (const Layer& layer : network.layers) {
    for (const int pred : layer.preds) read[index_of(pred)] = 1;
  }
  return read;
}

}  // namespace

double width_ratio(Precision precision) {
  switch (precision) {
    case Precision::kFp32: return 1.0;
    case Precision::kFp16: return 0.5;
    case Precision::kInt8: return 0.25;
  }
  return 1.0;
}

double output_bytes(const Layer& layer, Precision precision) {
  return layer.out_bytes * width_ratio(precision);
}

std::vector<int> crossing(const Network& network, const LayerSet& from, const LayerSet& to) {
  LayerSet sent(network.layers.size(), 0);
  for (std::size_t i = 0; i < network.layers.size(); ++i) {
    if (to[i] == 0) continue;
    for (const int pred : network.layers[i].preds) {
      if (from[index_of(pred)] != 0) sent[index_of(pred)] = 1;
    }
  }
  std::vector<int> layers;
  for (std::size_t i = 0; i < sent.size(); ++i) {
    if (sent[i] != 0) layers.push_back(static_cast<int>(i));
  }
  return layers;
}

bool is_closed(const Network& network, const LayerSet& set) {
  for (std::size_t i = 0; i < network.layers.size(); ++i) {
    if (set[i] == 0) continue;
    for (const int pred : network.layers[i].preds) {
      if (set[index_of(pred)] == 0) return false;
    }
  }
  return true;
}

std::vector<int> execution_positions(const Network& network) {
  std::vector<int> positions(network.layers.size());
  int position = 0;
  for (const int layer : execution_order(network)) positions[index_of(layer)] = position++;
  return positions;
}

LayerCosts part_costs(const LayerCosts& whole, std::span<const int> positions,
                      std::span<const int> layers) {
  LayerCosts part;
  part.dispatch_ms = whole.dispatch_ms;
  part.compute_prefix.assign(1, 0.0);
  part.memory_prefix.assign(1, 0.0);
  for (const int layer : layers) {
    const std::size_t p = index_of(positions[index_of(layer)]);
    part.compute_prefix.push_back(part.compute_prefix.back() +
                                  (whole.compute_prefix[p + 1] - whole.compute_prefix[p]));
    part.memory_prefix.push_back(part.memory_prefix.back() +
                                 (whole.memory_prefix[p + 1] - whole.memory_prefix[p]));
  }
  return part;
}

std::vector<std::vector<int>> chain_blocks(const Network& network) {
  using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::bidirectionalS>;
  const std::size_t layers = network.layers.size();
  const std::size_t source = layers;    // before the first layer
  const std::size_t sink = layers + 1;  // after every output
  Graph graph(layers + 2);
  const LayerSet read = read_layers(network);
  for (std::size_t i = 0; i < layers; ++i) {
    if (network.layers[i].preds.empty()) boost::add_edge(source, i, graph);
    for (const int pred : network.layers[i].preds) boost::add_edge(index_of(pred), i, graph);
    if (read[i] == 0) boost::add_edge(i, sink, graph);
  }
  std::vector<std::size_t> dominator(layers + 2, boost::graph_traits<Graph>::null_vertex());
  boost::lengauer_tarjan_dominator_tree(
      graph, source,
      boost::make_iterator_property_map(dominator.begin(), boost::get(boost::vertex_index, graph)));

  // The layers that every path passes: those that dominate the sink. Block b ends with the b-th of them.
  std::vector<std::size_t> block_of(layers + 2, layers);
  std::vector<std::size_t> chain;
  for (std::size_t v = dominator[sink]; v != source; v = dominator[v]) chain.push_back(v);
  std::ranges::reverse(chain);
  std::vector<std::vector<int>> blocks(chain.size() + 1);
  LayerSet on_chain(layers + 2, 0);
  for (std::size_t b = 0; b < chain.size(); ++b) {
    block_of[chain[b]] = b;
    on_chain[chain[b]] = 1;
  }
  for (const int layer : execution_order(network)) {
    std::size_t& block = block_of[index_of(layer)];
    if (block == layers) {  // between the last chain layer that dominates it and the next one
      std::size_t above = dominator[index_of(layer)];
      while (above != source && on_chain[above] == 0) above = dominator[above];
      block = above == source ? 0 : block_of[above] + 1;
    }
    blocks[block].push_back(layer);
  }
  std::erase_if(blocks, [](const std::vector<int>& block) { return block.empty(); });
  return blocks;
}

}  // namespace autoscale
