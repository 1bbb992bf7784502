#include "sim/sweep/samples.h"

#include <numeric>
#include <utility>

#include <boost/random/sobol.hpp>

#include "sim/base/random.h"

namespace autoscale {

UnitSample latin_hypercube(std::size_t points, std::size_t dimensions, std::uint64_t seed) {
  const StreamKey key{.seed = seed, .stream = Stream::kSample};
  UnitSample sample(dimensions, std::vector<double>(points));
  std::vector<std::size_t> strata(points);
  for (std::uint32_t d = 0; d < dimensions; ++d) {
    std::iota(strata.begin(), strata.end(), std::size_t{0});
    for (std::size_t i = points; i > 1; --i) {  // Fisher and Yates
      const double u = draw_uniform(key, d, i);
      std::swap(strata[i - 1], strata[static_cast<std::size_t>(u * static_cast<double>(i))]);
    }
    for (std::size_t i = 0; i < points; ++i) {
      const double within = draw_uniform(key, d, points + 1 + i);
      sample[d][i] = (static_cast<double>(strata[i]) + within) / static_cast<double>(points);
    }
  }
  return sample;
}

UnitSample sobol(std::size_t points, std::size_t dimensions) {
  boost::random::sobol engine(dimensions);
  UnitSample sample(dimensions, std::vector<double>(points));
  for (std::size_t i = 0; i < points; ++i) {
    // 53 bits, so that rounding never gives 1.
    for (std::size_t d = 0; d < dimensions; ++d)
      sample[d][i] = static_cast<double>(engine() >> 11) * 0x1p-53;
  }
  return sample;
}

}  // namespace autoscale
