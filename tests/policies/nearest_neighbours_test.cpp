#include "sim/policies/nearest_neighbours.h"

#include <algorithm>
#include <cmath>

#include "sim/base/random.h"
#include "tests/support/catch.h"

namespace autoscale {
namespace {

StateVector on_a_line(double x) {
  StateVector s{};
  s[2] = x;
  return s;
}

// At 0: label 0; at 1 and 2: label 3; at 10: label 1.
NearestNeighbours by_hand(std::size_t k) {
  NearestNeighbours model(k);
  const std::vector<StateVector> states{on_a_line(0), on_a_line(1), on_a_line(2), on_a_line(10)};
  model.fit(states, std::vector<int>{0, 3, 3, 1});
  return model;
}

TEST_CASE("neighbours vote with the inverse of their distance") {
  NearestNeighbours model = by_hand(3);
  std::vector<double> votes(4, 0.0);
  model.vote(on_a_line(0.25), votes);
  CHECK(votes[0] == Approx(4.0));
  CHECK(votes[3] == Approx(1.0 / 0.75 + 1.0 / 1.75));
  CHECK(votes[1] == 0.0);  // fourth nearest
}

TEST_CASE("a sample at the very place decides alone") {
  NearestNeighbours model = by_hand(3);
  std::vector<double> votes(4, 0.0);
  model.vote(on_a_line(1), votes);
  CHECK(votes == std::vector<double>{0, 0, 0, 1});
}

TEST_CASE("more neighbours than samples: all vote") {
  NearestNeighbours model = by_hand(100);
  std::vector<double> votes(4, 0.0);
  model.vote(on_a_line(4), votes);
  CHECK(votes[0] == Approx(0.25));
  CHECK(votes[3] == Approx(1.0 / 3 + 1.0 / 2));
  CHECK(votes[1] == Approx(1.0 / 6));
}

TEST_CASE("of equally distant samples the first is nearer") {
  NearestNeighbours model = by_hand(1);
  std::vector<double> votes(4, 0.0);
  model.vote(on_a_line(0.5), votes);  // between labels 0 and 3
  CHECK(votes[0] == Approx(2.0));
  CHECK(votes[3] == 0.0);
}

TEST_CASE("neighbours are those that sorting all distances finds") {
  const auto state = [](std::uint64_t i) {
    StateVector s{};
    for (std::uint32_t f = 0; f < kFeatures; ++f) s[f] = draw_normal({.seed = 3}, f, i);
    return s;
  };
  std::vector<StateVector> states;
  std::vector<int> labels;
  for (std::uint64_t i = 0; i < 200; ++i) {
    states.push_back(state(i));
    labels.push_back(static_cast<int>(i % 5));
  }
  NearestNeighbours model(7);
  model.fit(states, labels);
  for (std::uint64_t q = 1000; q < 1050; ++q) {
    const StateVector now = state(q);
    std::vector<std::pair<double, int>> all;
    for (std::size_t i = 0; i < states.size(); ++i) {
      double d = 0.0;
      for (std::size_t f = 0; f < kFeatures; ++f) d += std::pow(now[f] - states[i][f], 2);
      all.emplace_back(std::sqrt(d), labels[i]);
    }
    std::ranges::sort(all);
    std::vector<double> expected(5, 0.0);
    for (std::size_t n = 0; n < 7; ++n)
      expected[static_cast<std::size_t>(all[n].second)] += 1.0 / all[n].first;
    std::vector<double> votes(5, 0.0);
    model.vote(now, votes);
    for (std::size_t l = 0; l < 5; ++l) REQUIRE(votes[l] == Approx(expected[l]));
  }
}

}  // namespace
}  // namespace autoscale
