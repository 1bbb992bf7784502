// Which of a scenario's policies run: --policy, or the policies of a sweep.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>

#include "sim/config/place.h"
#include "sim/config/scenario.h"

namespace autoscale {

// Keeps the policies named, in the order of the names; one that is registered but not in the scenario is
// added with its defaults. Names nobody knows are reported at place_of(position).
void select_policies(Scenario& scenario, std::span<const std::string> names,
                     const std::function<Place(std::size_t)>& place_of);

}  // namespace autoscale
