#include "sim/engine/target.h"

namespace autoscale {

const char* to_string(Site s) {
  switch (s) {
    case Site::kPhone: return "phone";
    case Site::kEdgePeer: return "edge";
    case Site::kCloud: return "cloud";
  }
  return "";
}

}  // namespace autoscale
