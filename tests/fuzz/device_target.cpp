// A device profile, tried in its role in scenarios/quickstart.json.
#include <utility>

#include "sim/config/load_model.h"
#include "tests/fuzz/targets.h"
#include "tests/fuzz/try_world.h"

namespace autoscale::fuzz {
namespace {

void read(std::string_view bytes) {
  ScenarioInputs inputs = quickstart_inputs();
  DeviceProfile device = load_device(data(), file_with("device.json", bytes).string());
  switch (device.role) {
    case DeviceRole::kPhone: inputs.device = std::move(device); break;
    case DeviceRole::kEdgePeer: inputs.edge_peer = std::move(device); break;
    case DeviceRole::kCloud: inputs.cloud = std::move(device); break;
  }
  try_inputs(std::move(inputs));
}

const RegisterTarget registered{"device", read};

}  // namespace
}  // namespace autoscale::fuzz
