// The cut of DADS (Hu et al., INFOCOM 2019): the cheapest way to run the first part of a network on the phone and the
// rest remotely, as a minimum s-t cut of its DAG (policies.md section 2.3).
#pragma once

#include <vector>

#include "sim/model/partition.h"

namespace autoscale {

// Costs of a cut in any one unit, not negative.
struct CutCosts {
  std::vector<double> phone;   // [layer], where it runs on the phone
  std::vector<double> remote;  // [layer]
  std::vector<double> upload;  // [layer], of its output, once, if any layer that reads it is remote
  double input = 0.0;  // of the upload of the network's input, if a layer that reads it is remote
  double phone_fixed = 0.0;   // if any layer runs on the phone
  double remote_fixed = 0.0;  // if any layer is remote; the way back included
};

[[nodiscard]] double cost_of(const Network& network, const CutCosts& costs,
                             const LayerSet& on_phone);

// The closed set of least cost, by Boykov and Kolmogorov's algorithm (Boost.Graph) on integer capacities, a 2^-40th of
// the costs' sum apart.
[[nodiscard]] LayerSet minimum_cut(const Network& network, const CutCosts& costs);

}  // namespace autoscale
