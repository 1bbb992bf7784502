// The phone's temperature and throttling level as a run goes on. Within a stretch of constant power the temperature
// moves one way only, so that looking at the ends of stretches misses no level and no highest temperature.
#pragma once

#include <algorithm>

#include "sim/engine/cost_table.h"

namespace autoscale {

class ThermalState {
 public:
  // `cost` outlives it.
  explicit ThermalState(const ThermalCost& cost)
      : cost_(&cost), temperature_c_(cost.initial_c), highest_c_(cost.initial_c) {
    find_level();
  }

  // Goes on by `time`, in which the node takes up `power` all the time.
  void advance(Watts power, Millis time) {
    temperature_c_ = cost_->node.after_c(temperature_c_, power, time);
    highest_c_ = std::max(highest_c_, temperature_c_);
    find_level();
  }

  [[nodiscard]] double temperature_c() const { return temperature_c_; }
  [[nodiscard]] double highest_c() const { return highest_c_; }
  [[nodiscard]] std::size_t level() const { return level_; }

 private:
  void find_level() {
    const auto& at_c = cost_->at_c;
    while (level_ < at_c.size() && temperature_c_ >= at_c[level_]) ++level_;
    while (level_ > 0 && temperature_c_ < at_c[level_ - 1] - cost_->hysteresis_k) --level_;
  }

  const ThermalCost* cost_;
  double temperature_c_;
  double highest_c_;
  std::size_t level_ = 0;
};

}  // namespace autoscale
