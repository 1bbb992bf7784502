// Policy `svm`: names the best target of a context by a support vector machine (docs/predictors.md).
#include "sim/policies/classification_policy.h"
#include "sim/policies/registry.h"
#include "sim/policies/support_vectors.h"

namespace autoscale {
namespace {

constexpr auto kMostContexts = static_cast<std::size_t>(kMostKernelRecords);

struct SvmConfig {
  KernelMachineConfig machine;
  ClassificationConfig classification;
};
template <class Visitor>
void describe(SvmConfig& self, Visitor& field) {
  describe_kernel_machine(self.machine, field);
  describe_classification(self.classification, field);
}

class Svm final : public ClassificationPolicy {
 public:
  using Config = SvmConfig;
  Svm(const Config& config, const PolicyContext& context)
      : ClassificationPolicy(config.classification, context), classifier_(config.machine) {}

 private:
  // Of too many contexts every second, third, ...
  void fit_labels(std::span<const StateVector> states, std::span<const int> labels) override {
    const std::size_t stride = (states.size() + kMostContexts - 1) / kMostContexts;
    std::vector<StateVector> some;
    std::vector<int> their_labels;
    for (std::size_t i = 0; i < states.size(); i += stride) {
      some.push_back(states[i]);
      their_labels.push_back(labels[i]);
    }
    classifier_.fit(some, their_labels);
  }
  void vote(const StateVector& state, std::span<double> votes) override {
    classifier_.vote(state, votes);
  }
  [[nodiscard]] std::size_t fitted_bytes() const override { return classifier_.footprint_bytes(); }

  SupportVectorClassifier classifier_;
};

const RegisterPolicy<Svm> registered{
    "svm", "Names the best target of a context by a support vector machine.", PolicyKind::kLearner};

}  // namespace
}  // namespace autoscale
