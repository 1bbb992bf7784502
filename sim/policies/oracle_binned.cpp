// Policy `oracle_binned`: the best that a table over AutoScale's states could do. It knows the true costs of
// the moment, but must give one answer to all workloads that share a state and a table. The gap between
// `oracle` and it is aliasing; the gap between it and `autoscale` is learning.
#include "sim/base/check.h"
#include "sim/engine/cost_evaluator.h"
#include "sim/policies/registry.h"
#include "sim/policies/state_encoder.h"

namespace autoscale {
namespace {

struct BinnedConfig {
  bool shared_table = false;
};
template <class Visitor>
void describe(BinnedConfig& self, Visitor& field) {
  field(self.shared_table,
        {.key = "shared_table",
         .doc = "One table for all service classes (as in the paper) instead of one "
                "for each QoS and accuracy requirement."});
}

class OracleBinned final : public Policy {
 public:
  using Config = BinnedConfig;
  OracleBinned(const Config& config, const PolicyContext& context)
      : truth_(context.evaluator), targets_(context.targets.size()) {
    AUTOSCALE_CHECK(truth_ != nullptr, "an oracle needs the true costs");
    for (const WorkloadInfo& a : context.workloads) {
      std::vector<std::uint32_t>& group = groups_.emplace_back();
      for (std::uint32_t b = 0; b < context.workloads.size(); ++b) {
        const WorkloadInfo& other = context.workloads[b];
        const bool same_table = config.shared_table || a.service_class == other.service_class;
        if (same_table && network_bins(*a.network, LayerCounts::kPaper) ==
                              network_bins(*other.network, LayerCounts::kPaper)) {
          group.push_back(b);
        }
      }
    }
  }

  TargetId choose(const Observation& now) override {
    TargetId best = kNoTarget;
    Sum least;
    for (TargetId t = 0; t < targets_; ++t) {
      if (!truth_->costs(now.workload)[t].supported) continue;
      const Sum sum = sum_over(groups_[now.workload], t);
      if (best == kNoTarget || sum < least) {
        best = t;
        least = sum;
      }
    }
    return best;
  }

 private:
  struct Sum {  // over a group, in the oracle's order
    int unsupported = 0;
    int inaccurate = 0;
    int late = 0;
    double relative_energy =
        0.0;  // to each workload's own best, so that no network outweighs another
    auto operator<=>(const Sum&) const = default;
  };

  [[nodiscard]] Sum sum_over(const std::vector<std::uint32_t>& group, TargetId target) const {
    Sum sum;
    for (const std::uint32_t w : group) {
      const Cost& cost = truth_->costs(w)[target];
      const Cost& best = truth_->costs(w)[truth_->best(w)];
      sum.unsupported += !cost.supported;
      sum.inaccurate += cost.violates_accuracy;
      sum.late += cost.violates_qos;
      if (cost.supported) sum.relative_energy += cost.energy_mj / best.energy_mj;
    }
    return sum;
  }

  const CostEvaluator* truth_;
  std::size_t targets_;
  std::vector<std::vector<std::uint32_t>> groups_;  // [workload]: those it shares its row with
};

const RegisterPolicy<OracleBinned> registered{
    "oracle_binned", "The oracle that must answer all workloads of one learner state alike.",
    PolicyKind::kOracle};

}  // namespace
}  // namespace autoscale
