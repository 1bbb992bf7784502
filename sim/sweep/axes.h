// The axes of a sweep: columns of values, by position, made when they are asked for.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "sim/config/sweep_spec.h"

namespace autoscale {

struct Column {
  std::string name;
  std::string pointer;  // into the scenario
  std::string place;    // JSON pointer into the sweep file, for diagnostics
  std::function<std::string(std::size_t)> value;  // JSON text by position on the axis
};

// Columns that move together. There is at least one, and one value.
struct Axis {
  std::size_t size = 0;
  std::vector<Column> columns;
};

[[nodiscard]] std::vector<Axis> axes_of(const SweepSpec& sweep);

}  // namespace autoscale
