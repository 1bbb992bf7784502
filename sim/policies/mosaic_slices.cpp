#include "sim/policies/mosaic_slices.h"

#include <algorithm>
#include <compare>

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/r_c_shortest_paths.hpp>

#include "sim/base/check.h"

namespace autoscale {
namespace {

struct BlockVertex {
  int id = 0;
};
struct BlockEdge {
  int id = 0;
  Spent spent;
  std::size_t to = 0;         // candidate that takes over or goes on
  double weight_bytes = 0.0;  // that become resident there
};
using Graph =
    boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS, BlockVertex, BlockEdge>;

// Spent on the way to a vertex. What does not count for the objective stays 0, so that fewer ways are kept.
struct Resources {
  double mj = 0.0;
  double ms = 0.0;
  std::array<double, kProcessorKinds> resident_bytes{};
  friend auto operator<=>(const Resources&, const Resources&) = default;
};

class Slicer {
 public:
  Slicer(const SlicingProblem& problem, SlicingObjective objective)
      : problem_(problem), objective_(objective) {
    const std::size_t n = problem.candidates;
    for (std::size_t v = 0; v < problem.block.size() * n + 2; ++v)
      boost::add_vertex(BlockVertex{static_cast<int>(v)}, graph_);
    for (std::size_t b = 0; b < problem.block.size(); ++b) {
      for (std::size_t to = 0; to < n; ++to) {
        if (b == 0) add_edge(source(), vertex(0, to), step(0, to, to), to, 0);
        for (std::size_t from = 0; b > 0 && from < n; ++from)
          add_edge(vertex(b - 1, from), vertex(b, to), step(b, from, to), to, b);
      }
    }
    for (std::size_t k = 0; k < n; ++k)
      add_edge(vertex(problem.block.size() - 1, k), sink(), {}, k, problem.block.size());
  }

  [[nodiscard]] std::vector<std::size_t> solve() const {
    std::vector<std::vector<boost::graph_traits<Graph>::edge_descriptor>> paths;
    std::vector<Resources> spent;
    boost::r_c_shortest_paths(
        graph_, boost::get(&BlockVertex::id, graph_), boost::get(&BlockEdge::id, graph_), source(),
        sink(), paths, spent, Resources{},
        [this](const Graph& g, Resources& to, const Resources& from,
               boost::graph_traits<Graph>::edge_descriptor e) { return extend(to, from, g[e]); },
        [](const Resources& a, const Resources& b) { return dominates(a, b); },
        std::allocator<boost::r_c_shortest_paths_label<Graph, Resources>>(),
        boost::default_r_c_shortest_paths_visitor());
    AUTOSCALE_CHECK(!paths.empty(), "no slicing fits into memory");
    std::size_t best = 0;
    for (std::size_t i = 1; i < spent.size(); ++i) {
      if (better(spent[i], spent[best])) best = i;
    }
    std::vector<std::size_t> slicing;  // Boost gives a path from its end
    for (auto e = paths[best].rbegin(); e != paths[best].rend(); ++e)
      slicing.push_back(graph_[*e].to);
    slicing.pop_back();  // into the sink
    return slicing;
  }

 private:
  [[nodiscard]] std::size_t vertex(std::size_t block, std::size_t candidate) const {
    return block * problem_.candidates + candidate;
  }
  [[nodiscard]] std::size_t source() const { return problem_.block.size() * problem_.candidates; }
  [[nodiscard]] std::size_t sink() const { return source() + 1; }

  [[nodiscard]] Spent step(std::size_t block, std::size_t from, std::size_t to) const {
    Spent s = problem_.block[block][to];
    if (block > 0 && from == to) return s;
    const Spent& start = problem_.start[to];
    s.mj += start.mj;
    s.ms += start.ms;
    if (block == 0) return s;
    const Spent& handover = problem_.handover[block][from * problem_.candidates + to];
    return {s.mj + handover.mj, s.ms + handover.ms};
  }

  void add_edge(std::size_t from, std::size_t to, Spent spent, std::size_t candidate,
                std::size_t block) {
    const double mb = block < problem_.weight_bytes.size()
                          ? problem_.weight_bytes[block] * problem_.weight_scale[candidate]
                          : 0.0;
    boost::add_edge(from, to,
                    BlockEdge{static_cast<int>(boost::num_edges(graph_)), spent, candidate, mb},
                    graph_);
  }

  [[nodiscard]] bool extend(Resources& to, const Resources& from, const BlockEdge& e) const {
    to = from;
    if (objective_ != SlicingObjective::kLatency) to.mj += e.spent.mj;
    if (objective_ != SlicingObjective::kEnergy) to.ms += e.spent.ms;
    const auto p = static_cast<std::size_t>(problem_.processor[e.to]);
    if (problem_.memory_bytes[p] == std::numeric_limits<double>::infinity()) return true;
    to.resident_bytes[p] += e.weight_bytes;
    return to.resident_bytes[p] <= problem_.memory_bytes[p];
  }

  static bool dominates(const Resources& a, const Resources& b) {
    return a.mj <= b.mj && a.ms <= b.ms &&
           std::ranges::equal(a.resident_bytes, b.resident_bytes, std::ranges::less_equal{});
  }

  [[nodiscard]] bool better(const Resources& a, const Resources& b) const {
    switch (objective_) {
      case SlicingObjective::kEnergy: return a.mj < b.mj;
      case SlicingObjective::kLatency: return a.ms < b.ms;
      case SlicingObjective::kEdp: return a.mj * a.ms < b.mj * b.ms;
      case SlicingObjective::kEnergyWithinQos: {
        const bool a_late = a.ms > problem_.qos_ms;
        const bool b_late = b.ms > problem_.qos_ms;
        if (a_late != b_late) return b_late;
        return a_late ? a.ms < b.ms : a.mj < b.mj;
      }
    }
    return false;
  }

  const SlicingProblem& problem_;
  SlicingObjective objective_;
  Graph graph_;
};

}  // namespace

std::vector<std::size_t> best_slicing(const SlicingProblem& problem, SlicingObjective objective) {
  return Slicer(problem, objective).solve();
}

Spent spent(const SlicingProblem& problem, const std::vector<std::size_t>& slicing) {
  Spent sum;
  const auto add = [&sum](const Spent& s) {
    sum.mj += s.mj;
    sum.ms += s.ms;
  };
  for (std::size_t b = 0; b < slicing.size(); ++b) {
    add(problem.block[b][slicing[b]]);
    if (b > 0 && slicing[b] == slicing[b - 1]) continue;
    add(problem.start[slicing[b]]);
    if (b > 0) add(problem.handover[b][slicing[b - 1] * problem.candidates + slicing[b]]);
  }
  return sum;
}

}  // namespace autoscale
