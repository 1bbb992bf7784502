// Policy `linear_regression`: predicts latency and energy of every target by linear regression
// (docs/predictors.md).
#include "sim/policies/least_squares.h"
#include "sim/policies/registry.h"
#include "sim/policies/regression_policy.h"

namespace autoscale {
namespace {

struct LinearRegressionConfig {
  RegressionConfig regression;
  double lambda = 1e-6;
};
template <class Visitor>
void describe(LinearRegressionConfig& self, Visitor& field) {
  field(self.lambda, {.key = dimensionless("lambda"),
                      .doc = "Weight of the ridge, per sample and standardised feature; 0: plain "
                             "least squares.",
                      .min = 0,
                      .max = 1e6});
  describe_regression(self.regression, kMostRecords, field);
}

class LinearRegression final : public RegressionPolicy {
 public:
  using Config = LinearRegressionConfig;
  LinearRegression(const Config& config, const PolicyContext& context)
      : RegressionPolicy(config.regression, context, [lambda = config.lambda] {
          return std::make_unique<LeastSquares>(lambda);
        }) {}
};

const RegisterPolicy<LinearRegression> registered{
    "linear_regression", "Predicts latency and energy of every target by linear regression.",
    PolicyKind::kLearner};

}  // namespace
}  // namespace autoscale
