// Policy `double_q`: double Q-learning in the place of AutoScale's Q-learning, all else as in `autoscale`. One
// of its two tables says which next action is best, the other what that is worth, so that noise does not
// count as value.
#include "sim/policies/q_policy.h"
#include "sim/policies/registry.h"

namespace autoscale {
namespace {

class DoubleQ final : public QPolicy {
 public:
  using Config = AutoScaleConfig;
  DoubleQ(const Config& config, const PolicyContext& context)
      : QPolicy(config, {UpdateKind::kDoubleQ}, context) {}
};

const RegisterPolicy<DoubleQ> registered{
    "double_q", "AutoScale's learner by double Q-learning: two tables, acts by their mean.",
    PolicyKind::kLearner};

}  // namespace
}  // namespace autoscale
