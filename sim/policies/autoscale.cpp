// Policy `autoscale`: tabular Q-learning over execution targets, after AutoScale (Kim and Wu, MICRO
// 2020). docs/autoscale.md compares it with the paper, point by point.
#include "sim/policies/q_policy.h"
#include "sim/policies/registry.h"

namespace autoscale {
namespace {

class AutoScale final : public QPolicy {
 public:
  using Config = AutoScaleConfig;
  AutoScale(const Config& config, const PolicyContext& context)
      : QPolicy(config, {UpdateKind::kQLearning}, context) {}
};

const RegisterPolicy<AutoScale> registered{
    "autoscale", "Learns by Q-learning which target costs least energy within QoS and accuracy.",
    PolicyKind::kLearner};

}  // namespace
}  // namespace autoscale
