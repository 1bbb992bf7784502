#include "sim/model/device.h"

namespace autoscale {

const char* to_string(ProcessorKind k) {
  switch (k) {
    case ProcessorKind::kCpu: return "cpu";
    case ProcessorKind::kGpu: return "gpu";
    case ProcessorKind::kDsp: return "dsp";
  }
  return "";
}

const char* to_string(DeviceRole r) {
  switch (r) {
    case DeviceRole::kPhone: return "phone";
    case DeviceRole::kEdgePeer: return "edge_peer";
    case DeviceRole::kCloud: return "cloud";
  }
  return "";
}

}  // namespace autoscale
