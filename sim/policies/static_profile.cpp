// Policy `static_profile`: what offline measurements alone can do. It believes that conditions
// are always nominal, so the gap between it and the oracle is what observing the environment is
// worth.
#include "sim/policies/fixed_choice.h"
#include "sim/policies/registry.h"

namespace autoscale {
namespace {

class StaticProfile final : public FixedChoice {
 public:
  using Config = NoConfig;
  StaticProfile(const Config&, const PolicyContext& context)
      : FixedChoice(best_targets(
            context, [](const Target&) { return true; }, better_by_profile, "anywhere")) {}
};

const RegisterPolicy<StaticProfile> registered{
    "static_profile",
    "The target of least profile energy that meets accuracy and QoS under nominal conditions."};

}  // namespace
}  // namespace autoscale
