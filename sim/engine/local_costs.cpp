#include "sim/engine/local_costs.h"

#include "sim/engine/cost_stages.h"
#include "sim/engine/run_plan.h"

namespace autoscale {

LocalCosts::LocalCosts(const CostTable& table, const WorkloadCost& workload)
    : standing_(table.targets.size()), columns_(table.targets.size()) {
  for (std::size_t t = 0; t < table.targets.size(); ++t) {
    const TargetCost& target = workload.targets[t];
    const ProcessorKind processor = table.targets[t].processor;
    if (table.targets[t].site == Site::kPhone) {
      if (stretches_.empty() || stretches_.back().last != t ||
          stretches_.back().processor != processor)
        stretches_.push_back({t, t, processor});
      ++stretches_.back().last;
    }
    standing_[t] = table.targets[t].site != Site::kPhone ? Standing::kNotOfPhone
                   : !target.supported                   ? Standing::kUnsupported
                   : target.meets_accuracy               ? Standing::kAccurate
                                                         : Standing::kInaccurate;
    const LayerCosts* layers = target.supported ? target.layers : nullptr;
    columns_.dispatch_ms[t] = layers != nullptr ? layers->dispatch_ms : 0.0;
    columns_.compute_ms[t] = layers != nullptr ? layers->compute_ms() : 0.0;
    columns_.memory_ms[t] = layers != nullptr ? layers->memory_ms() : 0.0;
    columns_.frequency_scale[t] = target.frequency_scale;
    columns_.busy_w[t] = target.busy_w;
    columns_.idle_w[t] = target.idle_w;
  }
}

// The same arithmetic as of one target alone (CostEvaluator::evaluate), to the last bit.
void LocalCosts::evaluate(const CostTable& table, const LoadConditions& load,
                          std::span<double> latency_ms, std::span<double> energy_mj) const {
  const double* const dispatch_ms = columns_.dispatch_ms.data();
  const double* const compute_ms = columns_.compute_ms.data();
  const double* const memory_ms = columns_.memory_ms.data();
  const double* const scale = columns_.frequency_scale.data();
  const double* const busy_w = columns_.busy_w.data();
  const double* const idle_w = columns_.idle_w.data();
  double* __restrict const latency = latency_ms.data();
  double* __restrict const energy = energy_mj.data();
  const bool paper = table.energy_model == EnergyModel::kPaper;
  for (const Stretch& stretch : stretches_) {
    const RunRates rates = local_rates(stretch.processor, 1.0, 1.0, load);
    const LocalPower power = local_power(table.phone, stretch.processor, load);
    for (std::size_t t = stretch.first; t < stretch.last; ++t) {
      const double dispatch = rates.dispatch * dispatch_ms[t];
      const double layers = scale[t] * rates.compute * compute_ms[t] + rates.memory * memory_ms[t];
      latency[t] = dispatch + layers;
      energy[t] = power.full_mj(busy_w[t], dispatch, layers, latency[t]);
    }
    for (std::size_t t = stretch.first; paper && t < stretch.last; ++t)
      energy[t] = power.paper_mj(busy_w[t] + idle_w[t], latency[t], latency[t]);
  }
}

}  // namespace autoscale
