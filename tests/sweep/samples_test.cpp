#include "sim/sweep/samples.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "tests/support/catch.h"

namespace autoscale {
namespace {

TEST_CASE("a Latin hypercube meets every stratum of every dimension once") {
  constexpr std::size_t kPoints = 37;
  const UnitSample sample = latin_hypercube(kPoints, 3, 5);
  REQUIRE(sample.size() == 3);
  for (const auto& dimension : sample) {
    std::set<int> strata;
    for (const double u : dimension) {
      CHECK((u >= 0.0 && u < 1.0));
      strata.insert(static_cast<int>(u * kPoints));
    }
    CHECK(strata.size() == kPoints);
  }
}

TEST_CASE("a Latin hypercube is that of its seed, and its dimensions are shuffled apart") {
  CHECK(latin_hypercube(20, 2, 1) == latin_hypercube(20, 2, 1));
  CHECK(latin_hypercube(20, 2, 1) != latin_hypercube(20, 2, 2));
  const UnitSample sample = latin_hypercube(400, 2, 1);
  double product = 0.0;
  for (std::size_t i = 0; i < 400; ++i) product += (sample[0][i] - 0.5) * (sample[1][i] - 0.5);
  CHECK(std::abs(product / 400.0 * 12.0) < 0.15);  // correlation: 3 standard errors of 1/sqrt(400)
  CHECK_FALSE(std::ranges::is_sorted(sample[0]));
}

TEST_CASE("Sobol points are those of Joe and Kuo") {
  // The first points of new-joe-kuo-6, without the corner, in three dimensions.
  const UnitSample sample = sobol(7, 3);
  const std::vector<double> x{0.5, 0.75, 0.25, 0.375, 0.875, 0.625, 0.125};
  const std::vector<double> y{0.5, 0.25, 0.75, 0.375, 0.875, 0.125, 0.625};
  const std::vector<double> z{0.5, 0.25, 0.75, 0.625, 0.125, 0.875, 0.375};
  CHECK(sample[0] == x);
  CHECK(sample[1] == y);
  CHECK(sample[2] == z);
}

TEST_CASE("Sobol points fill dyadic intervals evenly") {
  const UnitSample sample = sobol(1023, 8);
  for (const auto& dimension : sample) {
    std::vector<int> counts(16);
    for (const double u : dimension) ++counts[static_cast<std::size_t>(u * 16.0)];
    for (const int count : counts) CHECK(std::abs(count - 64) <= 1);  // the corner is missing
  }
}

}  // namespace
}  // namespace autoscale
