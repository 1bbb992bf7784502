// What the phone's own targets are expected to cost one workload, all at once. Conditions change with every decision
// in a moving world: columns over targets let the processor work on several of them, and read nothing else.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sim/engine/cost_table.h"
#include "sim/engine/environment.h"

namespace autoscale {

class LocalCosts {
 public:
  LocalCosts() = default;
  LocalCosts(const CostTable& table, const WorkloadCost& workload);

  // What a target is to the workload, whatever the conditions.
  enum class Standing : std::uint8_t { kAccurate, kInaccurate, kUnsupported, kNotOfPhone };

  [[nodiscard]] Standing standing(std::size_t target) const { return standing_[target]; }

  // Latency in ms and energy in mJ of the phone's targets under `load`, without waiting: [target] each. What is written
  // for unsupported ones means nothing; those of others stay as they are.
  void evaluate(const CostTable& table, const LoadConditions& load, std::span<double> latency_ms,
                std::span<double> energy_mj) const;

 private:
  // Targets first to last - 1 run on one processor of the phone.
  struct Stretch {
    std::size_t first = 0;
    std::size_t last = 0;
    ProcessorKind processor = ProcessorKind::kCpu;
  };
  struct Columns {
    std::vector<double> dispatch_ms, compute_ms, memory_ms, frequency_scale, busy_w, idle_w;

    explicit Columns(std::size_t targets = 0)
        : dispatch_ms(targets),
          compute_ms(targets),
          memory_ms(targets),
          frequency_scale(targets),
          busy_w(targets),
          idle_w(targets) {}
  };

  std::vector<Standing> standing_;
  std::vector<Stretch> stretches_;
  Columns columns_;
};

}  // namespace autoscale
