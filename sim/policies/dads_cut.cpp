#include "sim/policies/dads_cut.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/boykov_kolmogorov_max_flow.hpp>

namespace autoscale {
namespace {

using Traits = boost::adjacency_list_traits<boost::vecS, boost::vecS, boost::bidirectionalS>;
using Edge = Traits::edge_descriptor;
using Vertex = Traits::vertex_descriptor;
using Capacity = std::int64_t;

struct VertexState {
  boost::default_color_type color = boost::white_color;
  Edge predecessor;
  Capacity distance = 0;
};
struct EdgeState {
  Capacity capacity = 0;
  Capacity residual = 0;
  Edge reverse;
};
using Graph =
    boost::adjacency_list<boost::vecS, boost::vecS, boost::bidirectionalS, VertexState, EdgeState>;

constexpr Capacity kForbidden = Capacity{1} << 50;  // above every sum of costs
constexpr double kUnits = 0x1p40;                   // that the costs' sum is scaled to

class CutGraph {
 public:
  CutGraph(const Network& network, const CutCosts& costs)
      : layers_(network.layers.size()), graph_(2 * layers_ + 5), scale_(kUnits / sum_of(costs)) {
    add_edge(source(), remote_fixed(), units(costs.remote_fixed));
    add_edge(phone_fixed(), sink(), units(costs.phone_fixed));
    add_edge(source(), input(), units(costs.input));
    for (std::size_t v = 0; v < layers_; ++v) {
      add_edge(source(), v, units(costs.remote[v]));  // cut, and paid, if v is remote
      add_edge(v, sink(), units(costs.phone[v]));
      add_edge(v, tensor(v), units(costs.upload[v]));
      add_edge(remote_fixed(), v, kForbidden);  // v is remote: so is the fixed part
      add_edge(v, phone_fixed(), kForbidden);
      const std::vector<int>& preds = network.layers[v].preds;
      if (preds.empty()) add_edge(input(), v, kForbidden);
      for (const int pred : preds) {
        const auto p = static_cast<std::size_t>(pred);
        add_edge(tensor(p), v, kForbidden);  // v is remote: p's output is there
        add_edge(v, p, kForbidden);          // v is on the phone: p is too, nothing comes back
      }
    }
  }

  LayerSet minimum() {
    boost::boykov_kolmogorov_max_flow(
        graph_, boost::get(&EdgeState::capacity, graph_), boost::get(&EdgeState::residual, graph_),
        boost::get(&EdgeState::reverse, graph_), boost::get(&VertexState::predecessor, graph_),
        boost::get(&VertexState::color, graph_), boost::get(&VertexState::distance, graph_),
        boost::get(boost::vertex_index, graph_), source(), sink());
    LayerSet on_phone(layers_);
    for (std::size_t v = 0; v < layers_; ++v)
      on_phone[v] = graph_[v].color == graph_[source()].color;
    return on_phone;
  }

 private:
  [[nodiscard]] Vertex tensor(std::size_t v) const { return layers_ + v; }
  [[nodiscard]] Vertex source() const { return 2 * layers_; }
  [[nodiscard]] Vertex sink() const { return 2 * layers_ + 1; }
  [[nodiscard]] Vertex input() const { return 2 * layers_ + 2; }
  [[nodiscard]] Vertex phone_fixed() const { return 2 * layers_ + 3; }
  [[nodiscard]] Vertex remote_fixed() const { return 2 * layers_ + 4; }

  static double sum_of(const CutCosts& c) {
    double sum = c.input + c.phone_fixed + c.remote_fixed;
    for (const auto* part : {&c.phone, &c.remote, &c.upload})
      sum = std::accumulate(part->begin(), part->end(), sum);
    return sum > 0.0 ? sum : 1.0;
  }
  [[nodiscard]] Capacity units(double cost) const { return std::llround(cost * scale_); }

  void add_edge(Vertex from, Vertex to, Capacity capacity) {
    const Edge there = boost::add_edge(from, to, graph_).first;
    const Edge back = boost::add_edge(to, from, graph_).first;
    graph_[there] = {capacity, 0, back};
    graph_[back] = {0, 0, there};
  }

  std::size_t layers_;
  Graph graph_;
  double scale_;
};

}  // namespace

double cost_of(const Network& network, const CutCosts& costs, const LayerSet& on_phone) {
  LayerSet remote(on_phone.size());
  double sum = 0.0;
  bool reads_input = false;
  for (std::size_t v = 0; v < on_phone.size(); ++v) {
    remote[v] = on_phone[v] == 0;
    sum += remote[v] != 0 ? costs.remote[v] : costs.phone[v];
    reads_input = reads_input || (remote[v] != 0 && network.layers[v].preds.empty());
  }
  for (const int layer : crossing(network, on_phone, remote))
    sum += costs.upload[static_cast<std::size_t>(layer)];
  if (reads_input) sum += costs.input;
  if (std::ranges::count(on_phone, 0) < std::ssize(on_phone)) sum += costs.phone_fixed;
  if (std::ranges::count(remote, 0) < std::ssize(remote)) sum += costs.remote_fixed;
  return sum;
}

LayerSet minimum_cut(const Network& network, const CutCosts& costs) {
  return CutGraph(network, costs).minimum();
}

}  // namespace autoscale
