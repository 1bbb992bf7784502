// Policy `sarsa`: SARSA(lambda) in the place of AutoScale's Q-learning, all else as in `autoscale`. Its
// values are those of the actions it really takes, exploration included.
#include "sim/policies/q_policy.h"
#include "sim/policies/registry.h"

namespace autoscale {
namespace {

struct SarsaConfig : AutoScaleConfig {
  double lambda = 0.8;
};
template <class Visitor>
void describe(SarsaConfig& self, Visitor& field) {
  describe(static_cast<AutoScaleConfig&>(self), field);
  field(self.lambda,
        {.key = dimensionless("lambda"),
         .doc = "Decay of the replacing traces by which an outcome also teaches the decisions "
                "before it, times the discount per decision; 0: one-step SARSA.",
         .min = 0,
         .max = 1});
}

class Sarsa final : public QPolicy {
 public:
  using Config = SarsaConfig;
  Sarsa(const Config& config, const PolicyContext& context)
      : QPolicy(config, {UpdateKind::kSarsa, config.lambda}, context) {}
};

const RegisterPolicy<Sarsa> registered{
    "sarsa", "AutoScale's learner by SARSA(lambda): values of the actions really taken next.",
    PolicyKind::kLearner};

}  // namespace
}  // namespace autoscale
