#include "sim/model/network.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <iterator>
#include <queue>
#include <string_view>
#include <utility>

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/strong_components.hpp>
#include <fmt/format.h>

#include "sim/base/check.h"

namespace autoscale {
namespace {

using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::bidirectionalS>;

std::size_t index_of(int layer) { return static_cast<std::size_t>(layer); }

// An edge from each layer to those that read its output. Precondition: every pred is in range.
Graph make_graph(const Network& network) {
  Graph graph(network.layers.size());
  for (std::size_t i = 0; i < network.layers.size(); ++i) {
    for (const int pred : network.layers[i].preds) boost::add_edge(index_of(pred), i, graph);
  }
  return graph;
}

using Problems = std::vector<NetworkProblem>;

// False when the preds do not describe a graph.
bool check_preds_in_range(const Network& network, Problems& problems) {
  const std::size_t problems_before = problems.size();
  const auto count = static_cast<int>(network.layers.size());
  std::vector<std::size_t> read_by(network.layers.size(), network.layers.size());  // last reader
  for (std::size_t i = 0; i < network.layers.size(); ++i) {
    const std::vector<int>& preds = network.layers[i].preds;
    for (std::size_t k = 0; k < preds.size(); ++k) {
      const std::string pointer = fmt::format("/layers/{}/preds/{}", i, k);
      if (preds[k] < 0 || preds[k] >= count) {
        problems.push_back({pointer, fmt::format("there is no layer {}; layers count from 0 to {}",
                                                 preds[k], count - 1)});
      } else if (std::exchange(read_by[index_of(preds[k])], i) == i) {
        problems.push_back({pointer, fmt::format("layer {} is named twice", preds[k])});
      }
    }
  }
  return problems.size() == problems_before;
}

// Layers that can reach each other form a cycle; Boost finds these groups.
bool check_acyclic(const Network& network, const Graph& graph, Problems& problems) {
  const std::size_t problems_before = problems.size();
  const std::size_t count = network.layers.size();
  std::vector<int> component(count);
  const auto components = index_of(boost::strong_components(
      graph, boost::make_iterator_property_map(component.begin(),
                                               boost::get(boost::vertex_index, graph))));
  std::vector<std::vector<std::size_t>> members(components);
  for (std::size_t i = 0; i < count; ++i) members[index_of(component[i])].push_back(i);
  for (const std::vector<std::size_t>& group : members) {
    const bool reads_itself = boost::edge(group.front(), group.front(), graph).second;
    if (group.size() < 2 && !reads_itself) continue;
    std::string names;
    for (const std::size_t i : group) {
      names += fmt::format("{}\"{}\"", names.empty() ? "" : ", ", network.layers[i].name);
    }
    problems.push_back({fmt::format("/layers/{}/preds", group.front()),
                        "layers depend on each other in a cycle: " + names});
  }
  return problems.size() == problems_before;
}

void check_ends(const Network& network, const Graph& graph, Problems& problems) {
  // Only heads without MACs after them may end a network; MobileBERT has two (pooler, span).
  constexpr std::size_t kMostHeads = 2;
  std::vector<std::string> first;
  std::vector<std::string> last;
  for (std::size_t i = 0; i < network.layers.size(); ++i) {
    if (network.layers[i].preds.empty()) first.push_back(network.layers[i].name);
    if (boost::out_degree(i, graph) == 0) last.push_back(network.layers[i].name);
  }
  if (first.size() != 1) {
    problems.push_back({"/layers", fmt::format("expected one layer without preds, the first; got "
                                               "{}: {}",
                                               first.size(), fmt::join(first, ", "))});
  }
  if (last.empty() || last.size() > kMostHeads) {
    problems.push_back({"/layers", fmt::format("expected one or two layers that nothing reads, the "
                                               "outputs; got {}: {}",
                                               last.size(), fmt::join(last, ", "))});
  }
}

void check_edges(const Network& network, Problems& problems) {
  for (std::size_t i = 0; i < network.layers.size(); ++i) {
    const Layer& layer = network.layers[i];
    if (layer.preds.empty()) continue;
    double arriving = 0.0;
    for (const int pred : layer.preds) arriving += network.layers[index_of(pred)].out_bytes;
    if (arriving != layer.in_bytes) {
      problems.push_back(
          {fmt::format("/layers/{}/in_bytes", i),
           fmt::format("is {}, but its preds write {} bytes", layer.in_bytes, arriving)});
    }
    const int channels = network.layers[index_of(layer.preds.front())].out_shape[2];
    if (layer.cin != 0 && layer.preds.size() == 1 && layer.cin != channels) {
      problems.push_back({fmt::format("/layers/{}/cin", i),
                          fmt::format("is {}, but its pred has {} channels", layer.cin, channels)});
    }
  }
}

void check_outputs(const Network& network, Problems& problems) {
  constexpr double kBytesOfFp32 = 4.0;
  for (std::size_t i = 0; i < network.layers.size(); ++i) {
    const Layer& layer = network.layers[i];
    const auto& [height, width, channels] = layer.out_shape;
    const double bytes = kBytesOfFp32 * height * width * channels;
    if (bytes != layer.out_bytes) {
      problems.push_back({fmt::format("/layers/{}/out_bytes", i),
                          fmt::format("is {}, but out_shape {}x{}x{} holds {} bytes",
                                      layer.out_bytes, height, width, channels, bytes)});
    }
    if (layer.cout != 0 && layer.cout != channels) {
      problems.push_back(
          {fmt::format("/layers/{}/cout", i),
           fmt::format("is {}, but out_shape has {} channels", layer.cout, channels)});
    }
  }
}

void check_unique_names(const Network& network, Problems& problems) {
  std::vector<std::string_view> names;
  for (const Layer& layer : network.layers) names.push_back(layer.name);
  std::ranges::sort(names);
  for (auto twin = std::ranges::adjacent_find(names); twin != names.end();
       twin = std::ranges::adjacent_find(std::ranges::upper_bound(names, *twin), names.end())) {
    problems.push_back({"/layers", fmt::format("two layers are named \"{}\"", *twin)});
  }
}

void check_total(std::string_view what, double ours, double published, double tolerance_ratio,
                 Problems& problems) {
  if (published <= 0.0) return;  // a network made by hand, nothing to compare with
  const double difference = std::abs(ours - published) / published;
  if (difference <= tolerance_ratio) return;
  problems.push_back({fmt::format("/published/{}", what),
                      fmt::format("the layers add up to {}, {:.2f} % from the published {}; the "
                                  "stated tolerance is {:.2f} %",
                                  ours, 100.0 * difference, published, 100.0 * tolerance_ratio)});
}

}  // namespace

double Network::total_macs() const {
  double sum = 0.0;
  for (const Layer& layer : layers) sum += layer.macs;
  return sum;
}

double Network::total_params() const {
  double sum = 0.0;
  for (const Layer& layer : layers) sum += layer.params;
  return sum;
}

const AccuracyFigure* Network::find_accuracy(Precision p, const std::string& recipe) const {
  const auto found = std::ranges::find_if(accuracy, [&](const AccuracyFigure& figure) {
    return figure.precision == p && figure.recipe == recipe;
  });
  return found == accuracy.end() ? nullptr : &*found;
}

std::vector<NetworkProblem> validate(const Network& network) {
  Problems problems;
  if (network.layers.empty()) return {{"/layers", "must not be empty"}};
  check_unique_names(network, problems);
  check_outputs(network, problems);
  const PublishedTotals& published = network.published;
  check_total("macs", network.total_macs(), published.macs, published.tolerance_ratio, problems);
  check_total("params", network.total_params(), published.params, published.tolerance_ratio,
              problems);
  if (!check_preds_in_range(network, problems)) return problems;
  const Graph graph = make_graph(network);
  if (check_acyclic(network, graph, problems)) check_ends(network, graph, problems);
  check_edges(network, problems);
  return problems;
}

// boost::topological_sort orders depth first; taking the smallest ready layer keeps file order.
std::vector<int> execution_order(const Network& network) {
  const Graph graph = make_graph(network);
  std::vector<std::size_t> waiting_for(network.layers.size());
  std::priority_queue<std::size_t, std::vector<std::size_t>, std::greater<>> ready;
  for (std::size_t i = 0; i < waiting_for.size(); ++i) {
    waiting_for[i] = boost::in_degree(i, graph);
    if (waiting_for[i] == 0) ready.push(i);
  }
  std::vector<int> order;
  while (!ready.empty()) {
    const std::size_t layer = ready.top();
    ready.pop();
    order.push_back(static_cast<int>(layer));
    for (const auto edge : boost::make_iterator_range(boost::out_edges(layer, graph))) {
      const std::size_t reader = boost::target(edge, graph);
      if (--waiting_for[reader] == 0) ready.push(reader);
    }
  }
  AUTOSCALE_CHECK(order.size() == network.layers.size(), "the layer graph has a cycle");
  return order;
}

}  // namespace autoscale
