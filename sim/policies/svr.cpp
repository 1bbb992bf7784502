// Policy `svr`: predicts latency and energy of every target by support vector regression
// (docs/predictors.md).
#include "sim/policies/registry.h"
#include "sim/policies/regression_policy.h"
#include "sim/policies/support_vectors.h"

namespace autoscale {
namespace {

struct SvrConfig {
  KernelMachineConfig machine;
  double epsilon = 0.05;
  RegressionConfig regression{.records_count = 4096};
};
template <class Visitor>
void describe(SvrConfig& self, Visitor& field) {
  describe_kernel_machine(self.machine, field);
  field(self.epsilon, {.key = dimensionless("epsilon"),
                       .doc = "Errors up to this are ignored: of the logarithm, or relative to the "
                              "mean where the target is linear.",
                       .min = 0,
                       .max = 10});
  describe_regression(self.regression, kMostKernelRecords, field);
}

class Svr final : public RegressionPolicy {
 public:
  using Config = SvrConfig;
  Svr(const Config& config, const PolicyContext& context)
      : RegressionPolicy(config.regression, context, [config] {
          return std::make_unique<SupportVectorRegressor>(config.machine, config.epsilon);
        }) {}
};

const RegisterPolicy<Svr> registered{
    "svr", "Predicts latency and energy of every target by support vector regression.",
    PolicyKind::kLearner};

}  // namespace
}  // namespace autoscale
