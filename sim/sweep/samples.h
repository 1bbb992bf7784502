// Samples of the unit cube: how the points of a sweep fill a space of several dimensions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace autoscale {

// [dimension][point], each in [0, 1).
using UnitSample = std::vector<std::vector<double>>;

// Every dimension is cut into `points` strata and each is met once, at a uniform place inside (McKay,
// Beckman and Conover, Technometrics 1979). The same arguments give the same sample everywhere.
[[nodiscard]] UnitSample latin_hypercube(std::size_t points, std::size_t dimensions,
                                         std::uint64_t seed);

// The first points of the Sobol sequence with the directions of Joe and Kuo (Boost.Random), which leaves
// out the corner. Precondition: 0 < dimensions <= 1000.
[[nodiscard]] UnitSample sobol(std::size_t points, std::size_t dimensions);

}  // namespace autoscale
