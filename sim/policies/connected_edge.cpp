// Policy `connected_edge`: the paper's Connected Edge, the tablet reached over Wi-Fi Direct.
#include "sim/policies/fixed_choice.h"
#include "sim/policies/registry.h"

namespace autoscale {
namespace {

class ConnectedEdge final : public FixedChoice {
 public:
  using Config = NoConfig;
  ConnectedEdge(const Config&, const PolicyContext& context)
      : FixedChoice(best_targets(
            context, [](const Target& t) { return t.site == Site::kEdgePeer; }, better_by_profile,
            "on the edge peer")) {}
};

const RegisterPolicy<ConnectedEdge> registered{
    "connected_edge",
    "Always the edge peer, on its processor of least profile energy that meets accuracy and QoS."};

}  // namespace
}  // namespace autoscale
