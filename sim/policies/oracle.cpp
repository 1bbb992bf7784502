// Policies `oracle` and `oracle_queue_aware`: the paper's Opt. They are told the true, noise-free
// cost of every target under the conditions of the moment and take the best: fewest violations of
// accuracy, then of QoS, then least energy. They do not know the future.
#include "sim/base/check.h"
#include "sim/engine/cost_evaluator.h"
#include "sim/policies/registry.h"

namespace autoscale {
namespace {

class Oracle final : public Policy {
 public:
  using Config = NoConfig;
  Oracle(const Config&, const PolicyContext& context) : truth_(context.evaluator) {
    AUTOSCALE_CHECK(truth_ != nullptr, "an oracle needs the true costs");
  }
  TargetId choose(const Observation& now) override { return truth_->best(now.workload); }

 private:
  const CostEvaluator* truth_;
};

// Also knows how long every queue is.
class OracleQueueAware final : public Policy {
 public:
  using Config = NoConfig;
  OracleQueueAware(const Config&, const PolicyContext& context) : truth_(context.evaluator) {
    AUTOSCALE_CHECK(truth_ != nullptr, "an oracle needs the true costs");
  }
  TargetId choose(const Observation& now) override {
    return truth_->best_with_waiting(now.workload);
  }

 private:
  const CostEvaluator* truth_;
};

const RegisterPolicy<Oracle> oracle{
    "oracle", "Knows the true costs under the conditions of the moment (the paper's Opt).",
    PolicyKind::kOracle};
const RegisterPolicy<OracleQueueAware> oracle_queue_aware{
    "oracle_queue_aware", "The oracle that also knows the waiting times.", PolicyKind::kOracle};

}  // namespace
}  // namespace autoscale
