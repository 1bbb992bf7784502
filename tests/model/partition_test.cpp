#include "sim/model/partition.h"

#include <queue>

#include <fmt/format.h>

#include "tests/support/catch.h"
#include "tests/support/random_network.h"

using namespace autoscale;

namespace {

Network graph_of(const std::vector<std::vector<int>>& preds) {
  Network network;
  for (const std::vector<int>& p : preds) {
    Layer layer;
    layer.name = fmt::format("l{}", network.layers.size());
    layer.out_bytes = 400.0;
    layer.preds = p;
    network.layers.push_back(layer);
  }
  return network;
}

// Whether an output can be reached from the first layer when `without` is taken away.
bool connected_without(const Network& network, int without) {
  const int n = static_cast<int>(network.layers.size());
  std::vector<char> reached(network.layers.size(), 0);
  std::vector<char> read(network.layers.size(), 0);
  for (int i = 0; i < n; ++i) {
    const auto& preds = network.layers[static_cast<std::size_t>(i)].preds;
    bool here = preds.empty();
    for (const int p : preds) {
      read[static_cast<std::size_t>(p)] = 1;
      here = here || reached[static_cast<std::size_t>(p)] != 0;
    }
    reached[static_cast<std::size_t>(i)] = here && i != without;
  }
  for (int i = 0; i < n; ++i) {
    if (reached[static_cast<std::size_t>(i)] != 0 && read[static_cast<std::size_t>(i)] == 0)
      return true;
  }
  return false;
}

}  // namespace

TEST_CASE("a tensor that several layers read crosses once, and a skip connection crosses too") {
  // 0 -> 1 -> 2 -> 3, and 0 is read by 2 and 3 as well
  const Network network = graph_of({{}, {0}, {1, 0}, {2, 0}});
  CHECK(crossing(network, {1, 1, 0, 0}, {0, 0, 1, 1}) == std::vector<int>{0, 1});
  CHECK(crossing(network, {1, 0, 0, 0}, {0, 1, 1, 1}) == std::vector<int>{0});
  CHECK(crossing(network, {1, 1, 1, 0}, {0, 0, 0, 1}) == std::vector<int>{0, 2});
  CHECK(crossing(network, {0, 0, 0, 0}, {1, 1, 1, 1}).empty());
}

TEST_CASE("a set is closed when nothing in it reads what is outside") {
  const Network network = graph_of({{}, {0}, {0}, {1, 2}});
  CHECK(is_closed(network, {1, 1, 0, 0}));
  CHECK(is_closed(network, {0, 0, 0, 0}));
  CHECK_FALSE(is_closed(network, {1, 1, 0, 1}));
  CHECK_FALSE(is_closed(network, {0, 1, 0, 0}));
}

TEST_CASE("outputs are as wide as their precision") {
  Layer layer;
  layer.out_bytes = 4000.0;
  CHECK(output_bytes(layer, Precision::kFp32) == 4000.0);
  CHECK(output_bytes(layer, Precision::kFp16) == 2000.0);
  CHECK(output_bytes(layer, Precision::kInt8) == 1000.0);
}

TEST_CASE("a part costs what its layers cost, in its own order") {
  LayerCosts whole;
  whole.dispatch_ms = 0.5;
  whole.compute_prefix = {0.0, 1.0, 3.0, 6.0};
  whole.memory_prefix = {0.0, 0.25, 0.25, 1.25};
  const std::vector<int> positions{0, 2, 1};  // layer 1 runs last
  const std::vector<int> layers{2, 1};
  const LayerCosts part = part_costs(whole, positions, layers);
  CHECK(part.dispatch_ms == 0.5);
  CHECK(part.compute_prefix == std::vector<double>{0.0, 2.0, 5.0});
  CHECK(part.memory_prefix == std::vector<double>{0.0, 0.0, 1.0});
}

TEST_CASE("a chain is a block a layer; branches share a block; two heads share the last one") {
  using Blocks = std::vector<std::vector<int>>;
  CHECK(chain_blocks(graph_of({{}, {0}, {1}})) == Blocks{{0}, {1}, {2}});
  CHECK(chain_blocks(graph_of({{}, {0}, {0}, {1, 2}, {3}})) == Blocks{{0}, {1, 2, 3}, {4}});
  CHECK(chain_blocks(graph_of({{}, {0}, {1}, {2, 0}, {3}})) == Blocks{{0}, {1, 2, 3}, {4}});
  CHECK(chain_blocks(graph_of({{}, {0}, {1}, {1}})) == Blocks{{0}, {1}, {2, 3}});
  CHECK(chain_blocks(graph_of({{}})) == Blocks{{0}});
}

TEST_CASE("blocks of random graphs: in order, one tensor between two of them, and none missed") {
  std::mt19937_64 random(7);
  for (int i = 0; i < 300; ++i) {
    const Network network = test::random_network(random, 1 + static_cast<int>(random() % 25));
    const auto blocks = chain_blocks(network);
    LayerSet before(network.layers.size(), 0);
    std::size_t ends = 0;  // blocks that end where every path passes
    for (std::size_t b = 0; b < blocks.size(); ++b) {
      for (const int layer : blocks[b]) before[static_cast<std::size_t>(layer)] = 1;
      REQUIRE(is_closed(network, before));
      LayerSet after(before.size());
      for (std::size_t k = 0; k < after.size(); ++k) after[k] = before[k] == 0;
      if (b + 1 < blocks.size())
        REQUIRE(crossing(network, before, after) == std::vector<int>{blocks[b].back()});
      ends += !connected_without(network, blocks[b].back());
    }
    REQUIRE(std::ranges::count(before, 0) == 0);
    std::size_t passed_by_all = 0;
    for (int layer = 0; layer < std::ssize(network.layers); ++layer)
      passed_by_all += !connected_without(network, layer);
    REQUIRE(ends == passed_by_all);
  }
}
