// Policy `knn`: names the best target of a context by its nearest neighbours (docs/predictors.md).
#include "sim/policies/classification_policy.h"
#include "sim/policies/nearest_neighbours.h"
#include "sim/policies/registry.h"

namespace autoscale {
namespace {

struct KnnConfig {
  std::int64_t neighbours_count = 5;
  ClassificationConfig classification;
};
template <class Visitor>
void describe(KnnConfig& self, Visitor& field) {
  field(self.neighbours_count, {.key = "neighbours_count",
                                .doc = "Contexts that vote, weighted by the inverse of their "
                                       "distance in standardised features.",
                                .min = 1,
                                .max = 1000});
  describe_classification(self.classification, field);
}

class Knn final : public ClassificationPolicy {
 public:
  using Config = KnnConfig;
  Knn(const Config& config, const PolicyContext& context)
      : ClassificationPolicy(config.classification, context),
        neighbours_(static_cast<std::size_t>(config.neighbours_count)) {}

 private:
  void fit_labels(std::span<const StateVector> states, std::span<const int> labels) override {
    neighbours_.fit(states, labels);
  }
  void vote(const StateVector& state, std::span<double> votes) override {
    neighbours_.vote(state, votes);
  }
  [[nodiscard]] std::size_t fitted_bytes() const override { return neighbours_.footprint_bytes(); }

  NearestNeighbours neighbours_;
};

const RegisterPolicy<Knn> registered{
    "knn", "Names the best target of a context by its nearest neighbours.", PolicyKind::kLearner};

}  // namespace
}  // namespace autoscale
