// Policy `neurosurgeon`: cuts a network after one of its layers, by regressions of layer latencies and the bandwidth of the
// moment (Kang et al., ASPLOS 2017, Algorithm 1). The published method is for chains; in a DAG a cut is a prefix of the
// order of execution, and sends every tensor that crosses it.

#include "sim/policies/layer_regression.h"
#include "sim/policies/registry.h"
#include "sim/policies/split_policy.h"

namespace autoscale {

enum class NeurosurgeonObjective : unsigned char { kEnergy, kLatency };
enum class NeurosurgeonEnergy : unsigned char { kFull, kPaper };
enum class NeurosurgeonLayers : unsigned char { kLogarithmic, kLinear, kProfile };
inline const char* to_string(NeurosurgeonObjective o) {
  return o == NeurosurgeonObjective::kEnergy ? "energy" : "latency";
}
inline const char* to_string(NeurosurgeonEnergy e) {
  return e == NeurosurgeonEnergy::kFull ? "full" : "paper";
}
inline const char* to_string(NeurosurgeonLayers l) {
  constexpr const char* kNames[] = {"logarithmic", "linear", "profile"};
  return kNames[static_cast<int>(l)];
}
template <>
inline constexpr std::size_t kEnumCount<NeurosurgeonObjective> = 2;
template <>
inline constexpr std::size_t kEnumCount<NeurosurgeonEnergy> = 2;
template <>
inline constexpr std::size_t kEnumCount<NeurosurgeonLayers> = 3;

namespace {

struct NeurosurgeonConfig {
  NeurosurgeonObjective objective = NeurosurgeonObjective::kEnergy;
  NeurosurgeonEnergy energy = NeurosurgeonEnergy::kFull;
  NeurosurgeonLayers layers = NeurosurgeonLayers::kLogarithmic;
};
template <class Visitor>
void describe(NeurosurgeonConfig& self, Visitor& field) {
  field(self.objective, {.key = "neurosurgeon_objective",
                         .doc = "What a cut minimises: energy of the phone, or latency."});
  field(self.energy,
        {.key = "neurosurgeon_energy",
         .doc = "full: with the power while the answer is awaited and received; paper: layers on "
                "the phone and the upload alone, as published."});
  field(self.layers,
        {.key = "neurosurgeon_layers",
         .doc = "Where layer latencies come from: a logarithmic or linear regression per kind of "
                "layer, or the profile itself."});
}

class Neurosurgeon final : public SplitPolicy {
 public:
  using Config = NeurosurgeonConfig;
  Neurosurgeon(const Config& config, const PolicyContext& context)
      : SplitPolicy(context), config_(config) {
    const SplitTargets at =
        split_targets(context, config.objective == NeurosurgeonObjective::kLatency);
    for (std::uint32_t w = 0; w < context.workloads.size(); ++w) {
      costs_.push_back(split_costs(*context.table, w, at.phone[w], at.cloud[w]));
      prefixes_.push_back(closed_prefixes(w));
    }
    if (config.layers == NeurosurgeonLayers::kProfile) return;
    for (std::uint32_t w = 0; w < context.workloads.size(); ++w) {
      costs_[w].phone_ms = regressed(w, at.phone[w]);
      costs_[w].remote_ms = regressed(w, at.cloud[w]);
    }
  }

 private:
  [[nodiscard]] const SplitCosts& costs(std::uint32_t workload) const override {
    return costs_[workload];
  }

  // Layers 0..j-1 of the order of execution on the phone, for every j.
  [[nodiscard]] std::vector<LayerSet> closed_prefixes(std::uint32_t workload) const {
    const Network& network = *context().workloads[workload].network;
    std::vector<LayerSet> prefixes{LayerSet(network.layers.size(), 0)};
    for (const int layer : execution_order(network)) {
      prefixes.push_back(prefixes.back());
      prefixes.back()[static_cast<std::size_t>(layer)] = 1;
    }
    return prefixes;
  }

  // Latencies of the workload's layers on a target, by a regression over the layers of all networks that run there.
  [[nodiscard]] std::vector<double> regressed(std::uint32_t workload, TargetId target) const {
    LayerRegression model(config_.layers == NeurosurgeonLayers::kLinear
                              ? RegressionForm::kLinear
                              : RegressionForm::kLogarithmic);
    std::vector<const Network*> seen;
    for (std::uint32_t w = 0; w < context().workloads.size(); ++w) {
      const Network* network = context().workloads[w].network;
      const WorkloadCost& cost = context().table->workloads[w];
      if (!cost.targets[target].supported || std::ranges::find(seen, network) != seen.end())
        continue;
      seen.push_back(network);
      const std::vector<double> ms = layer_times(cost, target);
      for (std::size_t i = 0; i < ms.size(); ++i) model.add(network->layers[i], ms[i]);
    }
    model.fit();
    std::vector<double> ms;
    for (const Layer& layer : context().workloads[workload].network->layers)
      ms.push_back(model.predict(layer));
    return ms;
  }

  [[nodiscard]] LayerSet cut(std::uint32_t workload, const LinkLevel& link) override {
    const std::vector<LayerSet>& prefixes = prefixes_[workload];
    std::size_t best = 0;
    double least = cost_of(workload, link, prefixes[0]);
    for (std::size_t i = 1; i < prefixes.size(); ++i) {
      const double cost = cost_of(workload, link, prefixes[i]);
      if (cost >= least) continue;
      least = cost;
      best = i;
    }
    return prefixes[best];
  }

  [[nodiscard]] double cost_of(std::uint32_t workload, const LinkLevel& link,
                               const LayerSet& on_phone) const {
    const SplitCosts& c = costs_[workload];
    const SplitCost cost = cost_of_cut(*context().workloads[workload].network, c, link, on_phone);
    if (config_.objective == NeurosurgeonObjective::kLatency) return cost.latency_ms;
    if (config_.energy == NeurosurgeonEnergy::kFull) return cost.energy_mj;
    return paper_energy(c, link, on_phone, *context().workloads[workload].network);
  }

  // sum TM_i PM_i + PU D_j / B: whole powers, since nothing else is charged.
  [[nodiscard]] static double paper_energy(const SplitCosts& c, const LinkLevel& link,
                                           const LayerSet& on_phone, const Network& network) {
    LayerSet remote(on_phone.size());
    double mj = 0.0;
    double kbit = 0.0;
    for (std::size_t i = 0; i < on_phone.size(); ++i) {
      remote[i] = on_phone[i] == 0;
      if (remote[i] == 0) mj += (c.phone_w + c.awake_w) * c.phone_ms[i];
      if (remote[i] != 0 && network.layers[i].preds.empty()) kbit += c.input_kbit;
    }
    for (const int layer : crossing(network, on_phone, remote))
      kbit += c.output_kbit[static_cast<std::size_t>(layer)];
    return mj + (link.tx_w + c.awake_w) * kbit / link.uplink_mbps;
  }

  NeurosurgeonConfig config_;
  std::vector<SplitCosts> costs_;                // [workload]
  std::vector<std::vector<LayerSet>> prefixes_;  // [workload]
};

const RegisterPolicy<Neurosurgeon> registered{
    "neurosurgeon", "Cuts a network after one of its layers, between phone and cloud."};

}  // namespace
}  // namespace autoscale
