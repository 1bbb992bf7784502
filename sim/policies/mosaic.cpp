// Policy `mosaic`: slices a network over the phone's own processors, once, by its offline profile (Han et al., PACT 2019).
// It knows neither co-runners nor remote targets nor deadlines, unless it is told to keep to the QoS.
#include <deque>
#include <optional>

#include <fmt/format.h>

#include "sim/engine/plan_costs.h"
#include "sim/policies/fixed_choice.h"
#include "sim/policies/mosaic_slices.h"
#include "sim/policies/registry.h"
#include "sim/policies/split_costs.h"

namespace autoscale {

inline const char* to_string(SlicingObjective o) {
  constexpr const char* kNames[] = {"energy", "latency", "energy_within_qos", "edp"};
  return kNames[static_cast<int>(o)];
}
template <>
inline constexpr std::size_t kEnumCount<SlicingObjective> = 4;

namespace {

struct MosaicConfig {
  SlicingObjective objective = SlicingObjective::kEnergy;
  std::optional<double> gpu_memory_bytes;
  std::optional<double> dsp_memory_bytes;
};
template <class Visitor>
void describe(MosaicConfig& self, Visitor& field) {
  field(self.objective,
        {.key = "mosaic_objective",
         .doc = "What a slicing minimises: energy, latency, energy_within_qos, or edp: energy "
                "times latency."});
  field(
      self.gpu_memory_bytes,
      {.key = "gpu_memory_bytes", .doc = "Weights that the GPU can hold; absent: all.", .min = 0});
  field(
      self.dsp_memory_bytes,
      {.key = "dsp_memory_bytes", .doc = "Weights that the DSP can hold; absent: all.", .min = 0});
}

class Mosaic final : public Policy {
 public:
  using Config = MosaicConfig;
  Mosaic(const Config& config, const PolicyContext& context) : context_(context) {
    if (!context.table->phone.has_handover) {
      throw PolicyError("the phone's profile does not say what handing tensors over costs",
                        "add /handover to the device, or leave this policy out");
    }
    constexpr double kKbitPerMsOfGbPerS = 8e3;
    for (const WorkloadInfo& workload : context.workloads) {
      check_tensor_times(workload, context.table->phone.copy_gb_per_s * kKbitPerMsOfGbPerS / 2.0,
                         "handing over");
    }
    for (std::uint32_t w = 0; w < context.workloads.size(); ++w) plan_workload(config, w);
  }

  TargetId choose(const Observation& now) override {
    chosen_ = plan_of_[now.workload];
    return choice_[now.workload];
  }
  [[nodiscard]] const PartitionPlan& plan() const override { return *chosen_; }

 private:
  // Targets of the phone at their highest step that support the network and are accurate enough, if any are.
  [[nodiscard]] std::vector<TargetId> candidates(std::uint32_t w) const {
    std::vector<TargetId> accurate;
    std::vector<TargetId> all;
    const auto profile = context_.workloads[w].profile;
    for (TargetId t = 0; t < context_.targets.size(); ++t) {
      const Target& target = context_.targets[t];
      if (target.site != Site::kPhone || !is_top_step(target) || !profile[t].supported) continue;
      all.push_back(t);
      if (profile[t].meets_accuracy) accurate.push_back(t);
    }
    if (all.empty()) {
      throw PolicyError(
          fmt::format("nothing on the phone can run \"{}\"", context_.workloads[w].network->name),
          "leave this policy out, or add the device");
    }
    return accurate.empty() ? all : accurate;
  }

  [[nodiscard]] SlicingProblem problem(const Config& config, std::uint32_t w,
                                       const std::vector<TargetId>& targets,
                                       const std::vector<std::vector<int>>& blocks) const;

  void plan_workload(const Config& config, std::uint32_t w) {
    const std::vector<TargetId> targets = candidates(w);
    const auto blocks = chain_blocks(*context_.workloads[w].network);
    const auto slicing = best_slicing(problem(config, w, targets, blocks), config.objective);
    PartitionPlan plan;
    plan.id = static_cast<std::uint32_t>(plans_.size());
    plan.workload = w;
    for (std::size_t b = 0; b < blocks.size(); ++b) {
      const TargetId target = targets[slicing[b]];
      if (plan.slices.empty() || plan.slices.back().target != target)
        plan.slices.push_back({target, {}});
      std::vector<int>& layers = plan.slices.back().layers;
      layers.insert(layers.end(), blocks[b].begin(), blocks[b].end());
    }
    const bool whole = plan.slices.size() == 1;
    choice_.push_back(whole ? plan.slices.front().target : kPartitioned);
    if (!whole) plans_.push_back(std::move(plan));
    plan_of_.push_back(whole ? nullptr : &plans_.back());
  }

  PolicyContext context_;
  std::vector<TargetId> choice_;               // [workload]
  std::vector<const PartitionPlan*> plan_of_;  // [workload]
  std::deque<PartitionPlan> plans_;
  const PartitionPlan* chosen_ = nullptr;
};

SlicingProblem Mosaic::problem(const Config& config, std::uint32_t w,
                               const std::vector<TargetId>& targets,
                               const std::vector<std::vector<int>>& blocks) const {
  const PhoneCost& phone = context_.table->phone;
  const WorkloadCost& costs = context_.table->workloads[w];
  const Network& network = *context_.workloads[w].network;
  const auto host = [&](double ms) { return Spent{(phone.host_w + phone.awake_w) * ms, ms}; };
  SlicingProblem p;
  p.candidates = targets.size();
  p.qos_ms = context_.workloads[w].qos.value;
  constexpr double kNoLimit = std::numeric_limits<double>::infinity();
  p.memory_bytes = {kNoLimit, config.gpu_memory_bytes.value_or(kNoLimit),
                    config.dsp_memory_bytes.value_or(kNoLimit)};
  p.block.resize(blocks.size());
  p.handover.resize(blocks.size());
  for (const std::vector<int>& block : blocks) {
    double bytes = 0.0;
    for (const int layer : block)
      bytes += network.layers[static_cast<std::size_t>(layer)].weight_bytes;
    p.weight_bytes.push_back(bytes);
  }
  for (const TargetId t : targets) {
    const Target& target = context_.targets[t];
    p.processor.push_back(target.processor);
    p.weight_scale.push_back(width_ratio(target.precision));
    p.start.push_back(host(costs.targets[t].layers->dispatch_ms));
    const std::vector<double> times = layer_times(costs, t);
    for (std::size_t b = 0; b < blocks.size(); ++b) {
      double ms = 0.0;
      for (const int layer : blocks[b]) ms += times[static_cast<std::size_t>(layer)];
      p.block[b].push_back({(costs.targets[t].busy_w + phone.awake_w) * ms, ms});
    }
  }
  for (std::size_t b = 1; b < blocks.size(); ++b) {
    const Layer& last = network.layers[static_cast<std::size_t>(blocks[b - 1].back())];
    for (const TargetId from : targets) {
      for (const TargetId to : targets) {
        const Target& a = context_.targets[from];
        const Target& z = context_.targets[to];
        p.handover[b].push_back(host(handover_ms(phone, a, z, output_bytes(last, a.precision),
                                                 output_bytes(last, z.precision))));
      }
    }
  }
  return p;
}

const RegisterPolicy<Mosaic> registered{
    "mosaic", "Slices a network over the phone's CPU, GPU and DSP, by its offline profile."};

}  // namespace
}  // namespace autoscale
