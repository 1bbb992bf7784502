#include "sim/policies/dads_cut.h"

#include <limits>

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/push_relabel_max_flow.hpp>

#include "tests/support/catch.h"
#include "tests/support/random_network.h"

using namespace autoscale;
using test::for_each_closed_set;
using test::random_network;

namespace {

double uniform(std::mt19937_64& random, double high) {
  return high * (static_cast<double>(random() >> 11) * 0x1p-53);
}

CutCosts random_costs(std::mt19937_64& random, std::size_t layers) {
  CutCosts c;
  for (std::size_t v = 0; v < layers; ++v) {
    c.phone.push_back(uniform(random, 10.0));
    c.remote.push_back(uniform(random, 2.0));
    c.upload.push_back(uniform(random, 20.0));
  }
  c.input = uniform(random, 20.0);
  c.phone_fixed = random() % 2 == 0 ? 0.0 : uniform(random, 5.0);
  c.remote_fixed = uniform(random, 10.0);
  return c;
}

double least_cost(const Network& network, const CutCosts& costs) {
  double least = std::numeric_limits<double>::infinity();
  for_each_closed_set(
      network, [&](const LayerSet& set) { least = std::min(least, cost_of(network, costs, set)); });
  return least;
}

// The same problem once more, for another algorithm: the value of the cut in 2^-30ths.
double by_push_relabel(const Network& network, const CutCosts& costs) {
  using Traits = boost::adjacency_list_traits<boost::vecS, boost::vecS, boost::directedS>;
  struct State {
    long long capacity = 0;
    long long residual = 0;
    Traits::edge_descriptor reverse;
  };
  using Graph =
      boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS, boost::no_property, State>;
  const std::size_t n = network.layers.size();
  Graph graph(2 * n + 5);
  const std::size_t s = 2 * n;
  const std::size_t t = s + 1;
  const auto connect = [&](std::size_t from, std::size_t to, double capacity) {
    const auto there = boost::add_edge(from, to, graph).first;
    const auto back = boost::add_edge(to, from, graph).first;
    graph[there] = {std::llround(capacity * 0x1p30), 0, back};
    graph[back] = {0, 0, there};
  };
  constexpr double kNever = 1e6;
  connect(s, t + 1, costs.input);
  connect(t + 2, t, costs.phone_fixed);
  connect(s, t + 3, costs.remote_fixed);
  for (std::size_t v = 0; v < n; ++v) {
    connect(s, v, costs.remote[v]);
    connect(v, t, costs.phone[v]);
    connect(v, n + v, costs.upload[v]);
    connect(v, t + 2, kNever);
    connect(t + 3, v, kNever);
    if (network.layers[v].preds.empty()) connect(t + 1, v, kNever);
    for (const int p : network.layers[v].preds) {
      connect(n + static_cast<std::size_t>(p), v, kNever);
      connect(v, static_cast<std::size_t>(p), kNever);
    }
  }
  const long long flow =
      boost::push_relabel_max_flow(graph, s, t,
                                   boost::capacity_map(boost::get(&State::capacity, graph))
                                       .residual_capacity_map(boost::get(&State::residual, graph))
                                       .reverse_edge_map(boost::get(&State::reverse, graph))
                                       .vertex_index_map(boost::get(boost::vertex_index, graph)));
  return static_cast<double>(flow) * 0x1p-30;
}

}  // namespace

TEST_CASE("the cut is the least of all closed sets, on 400 graphs, by two algorithms") {
  std::mt19937_64 random(11);
  int partial = 0;
  for (int i = 0; i < 400; ++i) {
    const Network network = random_network(random, 1 + static_cast<int>(random() % 12));
    const CutCosts costs = random_costs(random, network.layers.size());
    const LayerSet cut = minimum_cut(network, costs);
    REQUIRE(is_closed(network, cut));
    const double least = least_cost(network, costs);
    REQUIRE(cost_of(network, costs, cut) == Approx(least).epsilon(1e-9));
    REQUIRE(by_push_relabel(network, costs) == Approx(least).epsilon(1e-6));
    const auto local = std::ssize(cut) - std::ranges::count(cut, 0);
    partial += local > 0 && local < std::ssize(cut);
  }
  CHECK(partial > 40);  // the others are all on one side
}

TEST_CASE("a tensor is paid for once, however many remote layers read it") {
  // 0 is read by 1, 2 and 3, which 4 joins. Sent once: 1 + 3 + 1.5 = 5.5, below 12 at home and 9 away; sent three times it
  // would be 11.5, and 9 the least.
  Network network = random_network(*std::make_unique<std::mt19937_64>(1), 5);
  network.layers[0].preds = {};
  for (const std::size_t k : {1U, 2U, 3U}) network.layers[k].preds = {0};
  network.layers[4].preds = {1, 2, 3};
  CutCosts costs;
  costs.phone = {1.0, 3.0, 3.0, 3.0, 2.0};
  costs.remote = {0.5, 0.25, 0.25, 0.25, 0.25};
  costs.upload = {3.0, 9.0, 9.0, 9.0, 9.0};
  costs.input = 7.0;
  costs.remote_fixed = 0.5;
  const LayerSet cut = minimum_cut(network, costs);
  CHECK(cut == LayerSet{1, 0, 0, 0, 0});
  CHECK(cost_of(network, costs, cut) == Approx(5.5));
}

TEST_CASE(
    "a link without bandwidth keeps all on the phone, a fast one and a fast server take all") {
  std::mt19937_64 random(13);
  for (int i = 0; i < 50; ++i) {
    const Network network = random_network(random, 2 + static_cast<int>(random() % 20));
    CutCosts costs = random_costs(random, network.layers.size());
    for (double& u : costs.upload) u = 1e6;
    costs.input = 1e6;
    CHECK(std::ranges::count(minimum_cut(network, costs), 0) == 0);
    for (double& u : costs.upload) u = 0.0;
    for (double& r : costs.remote) r = 0.0;
    for (double& p : costs.phone) p += 0.1;
    costs.input = 0.0;
    costs.remote_fixed = 0.0;
    CHECK(std::ranges::count(minimum_cut(network, costs), 1) == 0);
  }
}

TEST_CASE("one more reader never makes a cut cheaper; costs scaled are a cut scaled") {
  std::mt19937_64 random(17);
  for (int i = 0; i < 100; ++i) {
    const int n = 3 + static_cast<int>(random() % 9);
    Network network = random_network(random, n);
    CutCosts costs = random_costs(random, network.layers.size());
    const LayerSet cut = minimum_cut(network, costs);
    const double least = cost_of(network, costs, cut);
    CutCosts scaled = costs;
    for (auto* part : {&scaled.phone, &scaled.remote, &scaled.upload}) {
      for (double& c : *part) c *= 3.0;
    }
    scaled.input *= 3.0;
    scaled.phone_fixed *= 3.0;
    scaled.remote_fixed *= 3.0;
    CHECK(cost_of(network, scaled, minimum_cut(network, scaled)) ==
          Approx(3.0 * least).epsilon(1e-9));
    std::vector<int>& preds = network.layers.back().preds;
    if (std::ranges::find(preds, 0) == preds.end()) preds.push_back(0);
    CHECK(cost_of(network, costs, minimum_cut(network, costs)) >= least * (1.0 - 1e-9));
  }
}

TEST_CASE("on a chain the cut is the best prefix") {
  std::mt19937_64 random(19);
  for (int i = 0; i < 100; ++i) {
    const int n = 2 + static_cast<int>(random() % 30);
    Network chain = random_network(random, n);
    for (int k = 1; k < n; ++k) chain.layers[static_cast<std::size_t>(k)].preds = {k - 1};
    const CutCosts costs = random_costs(random, chain.layers.size());
    double least = std::numeric_limits<double>::infinity();
    LayerSet prefix(chain.layers.size(), 0);
    for (std::size_t j = 0;; ++j) {
      least = std::min(least, cost_of(chain, costs, prefix));
      if (j == prefix.size()) break;
      prefix[j] = 1;
    }
    CHECK(cost_of(chain, costs, minimum_cut(chain, costs)) == Approx(least).epsilon(1e-9));
  }
}
