// Policy `dads`: cuts the DAG of a network between phone and cloud where it costs least (Hu et al., INFOCOM 2019, lightly
// loaded). Unlike a chain's cut, every layer may be on either side, as long as nothing comes back.
#include <cmath>

#include "sim/policies/dads_cut.h"
#include "sim/policies/registry.h"
#include "sim/policies/split_policy.h"

namespace autoscale {

enum class DadsObjective : unsigned char { kLatency, kEnergy, kEnergyWithinQos };
inline const char* to_string(DadsObjective o) {
  constexpr const char* kNames[] = {"latency", "energy", "energy_within_qos"};
  return kNames[static_cast<int>(o)];
}
template <>
inline constexpr std::size_t kEnumCount<DadsObjective> = 3;

namespace {

struct DadsConfig {
  DadsObjective objective = DadsObjective::kLatency;
};
template <class Visitor>
void describe(DadsConfig& self, Visitor& field) {
  field(self.objective,
        {.key = "dads_objective",
         .doc = "latency, as published; energy of the phone; or energy_within_qos: the least "
                "energy of the cuts that a search over weights of both finds in time."});
}

// mj_weight x energy + ms_weight x latency of each part of a cut; cost_of_cut, taken apart.
CutCosts weighted(const SplitCosts& c, const LinkLevel& link, double mj_weight, double ms_weight) {
  const auto weigh = [&](double ms, double w) {
    return ms * (ms_weight + mj_weight * (w + c.awake_w));
  };
  CutCosts costs;
  for (std::size_t v = 0; v < c.phone_ms.size(); ++v) {
    costs.phone.push_back(weigh(c.phone_ms[v], c.phone_w));
    costs.remote.push_back(weigh(c.remote_ms[v], link.silence_w));
    costs.upload.push_back(weigh(c.output_kbit[v] / link.uplink_mbps, link.tx_w));
  }
  costs.input = weigh(c.input_kbit / link.uplink_mbps, link.tx_w);
  costs.phone_fixed = weigh(c.phone_dispatch_ms, c.host_w);
  costs.remote_fixed = weigh(c.prepare_ms, c.host_w) +
                       weigh(2.0 * link.one_way_ms + c.remote_fixed_ms, link.silence_w) +
                       weigh(c.result_kbit / link.downlink_mbps, link.rx_w);
  return costs;
}

class Dads final : public SplitPolicy {
 public:
  using Config = DadsConfig;
  Dads(const Config& config, const PolicyContext& context)
      : SplitPolicy(context), objective_(config.objective) {
    const SplitTargets at = split_targets(context, objective_ == DadsObjective::kLatency);
    for (std::uint32_t w = 0; w < context.workloads.size(); ++w)
      costs_.push_back(split_costs(*context.table, w, at.phone[w], at.cloud[w]));
  }

 private:
  [[nodiscard]] const SplitCosts& costs(std::uint32_t workload) const override {
    return costs_[workload];
  }

  [[nodiscard]] LayerSet cut(std::uint32_t workload, const LinkLevel& link) override {
    switch (objective_) {
      case DadsObjective::kLatency: return cut(workload, link, 0.0, 1.0);
      case DadsObjective::kEnergy: return cut(workload, link, 1.0, 0.0);
      case DadsObjective::kEnergyWithinQos: return cut_within_qos(workload, link);
    }
    return {};
  }

  [[nodiscard]] LayerSet cut(std::uint32_t workload, const LinkLevel& link, double mj_weight,
                             double ms_weight) const {
    return minimum_cut(*context().workloads[workload].network,
                       weighted(costs_[workload], link, mj_weight, ms_weight));
  }

  // Minimises E + lambda T, and looks for the least lambda whose cut is in time.
  [[nodiscard]] LayerSet cut_within_qos(std::uint32_t workload, const LinkLevel& link) const {
    constexpr int kSteps = 40;
    double low = 1e-6;  // mJ per ms: energy is all that counts
    double high = 1e6;  // time is
    const auto in_time = [&](const LayerSet& set) {
      return cost_of_cut(*context().workloads[workload].network, costs_[workload], link, set)
                 .latency_ms <= context().workloads[workload].qos.value;
    };
    LayerSet cheapest = cut(workload, link, 1.0, 0.0);
    if (in_time(cheapest)) return cheapest;
    LayerSet best = cut(workload, link, 1.0, high);
    if (!in_time(best)) return cut(workload, link, 0.0, 1.0);
    for (int i = 0; i < kSteps; ++i) {
      const double middle = std::sqrt(low * high);
      LayerSet set = cut(workload, link, 1.0, middle);
      if (in_time(set)) {
        high = middle;
        best = std::move(set);
      } else {
        low = middle;
      }
    }
    return best;
  }

  DadsObjective objective_;
  std::vector<SplitCosts> costs_;  // [workload]
};

const RegisterPolicy<Dads> registered{
    "dads", "Cuts the layer graph between phone and cloud by a minimum cut."};

}  // namespace
}  // namespace autoscale
