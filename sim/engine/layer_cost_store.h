// The layer costs of networks on processors, each worked out once: the points of a sweep share them.
#pragma once

#include <map>
#include <mutex>
#include <vector>

#include "sim/base/shared.h"
#include "sim/model/device.h"
#include "sim/model/latency_model.h"
#include "sim/model/network.h"

namespace autoscale {

class LayerCostStore {
 public:
  // layer_costs() of `network` by `profile`, which is the device's, and its entry for the network. Any thread may ask.
  Shared<LayerCosts> get(const Shared<Network>& network, const Shared<DeviceProfile>& device,
                         const LatencyProfile& profile, const NetworkLatency& entry);

 private:
  // Holds the device, so that no other profile ever gets its address.
  struct OnProfile {
    Shared<DeviceProfile> device;
    Shared<LayerCosts> costs;
  };
  struct OfNetwork {
    Shared<Network> network;  // held likewise
    std::vector<int> order;
    std::map<const LatencyProfile*, OnProfile> on;
  };

  std::mutex mutex_;
  std::map<const Network*, OfNetwork> networks_;
};

}  // namespace autoscale
