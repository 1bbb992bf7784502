#include "sim/engine/layer_cost_store.h"

namespace autoscale {

Shared<LayerCosts> LayerCostStore::get(const Shared<Network>& network,
                                       const Shared<DeviceProfile>& device,
                                       const LatencyProfile& profile, const NetworkLatency& entry) {
  const std::scoped_lock lock(mutex_);
  const auto of = networks_.find(&*network);
  OfNetwork& known =
      of != networks_.end()
          ? of->second
          : networks_.emplace(&*network, OfNetwork{network, execution_order(network), {}})
                .first->second;
  const auto found = known.on.find(&profile);
  if (found != known.on.end()) return found->second.costs;
  Shared<LayerCosts> costs = layer_costs(*network, known.order, profile, entry);
  known.on.emplace(&profile, OnProfile{device, costs});
  return costs;
}

}  // namespace autoscale
