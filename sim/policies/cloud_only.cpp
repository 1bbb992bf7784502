// Policy `cloud_only`: the paper's Cloud. It names no processor; this takes the cloud's fastest
// for the network, because the cloud's energy is not the phone's and its time is what the phone
// waits for.
#include "sim/policies/fixed_choice.h"
#include "sim/policies/registry.h"

namespace autoscale {
namespace {

class CloudOnly final : public FixedChoice {
 public:
  using Config = NoConfig;
  CloudOnly(const Config&, const PolicyContext& context)
      : FixedChoice(best_targets(
            context, [](const Target& t) { return t.site == Site::kCloud; }, faster_by_profile,
            "on the cloud")) {}
};

const RegisterPolicy<CloudOnly> registered{
    "cloud_only", "Always the cloud, on the processor of least profile latency."};

}  // namespace
}  // namespace autoscale
