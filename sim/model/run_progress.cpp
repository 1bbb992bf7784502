#include "sim/model/run_progress.h"

#include <algorithm>

namespace autoscale {
namespace {

// Weighted work done up to (layer, fraction).
double work_at(const LayerCosts& costs, const RunProgress& at, const RunRates& rates) {
  const auto l = static_cast<std::size_t>(at.layer);
  double compute = costs.compute_prefix[l];
  double memory = costs.memory_prefix[l];
  if (at.fraction > 0.0) {
    compute += at.fraction * (costs.compute_prefix[l + 1] - costs.compute_prefix[l]);
    memory += at.fraction * (costs.memory_prefix[l + 1] - costs.memory_prefix[l]);
  }
  return rates.compute * compute + rates.memory * memory;
}

double dispatch_left_ms(const LayerCosts& costs, const RunProgress& at, const RunRates& rates) {
  return rates.dispatch * costs.dispatch_ms * (1.0 - at.dispatch_done);
}

}  // namespace

double remaining_ms(const LayerCosts& costs, const RunProgress& at, const RunRates& rates) {
  const double total = rates.compute * costs.compute_ms() + rates.memory * costs.memory_ms();
  return dispatch_left_ms(costs, at, rates) + (total - work_at(costs, at, rates));
}

RunProgress advance(const LayerCosts& costs, RunProgress at, const RunRates& rates,
                    double elapsed_ms) {
  const double dispatch_left = dispatch_left_ms(costs, at, rates);
  if (elapsed_ms < dispatch_left) {
    at.dispatch_done += elapsed_ms / (rates.dispatch * costs.dispatch_ms);
    return at;
  }
  at.dispatch_done = 1.0;
  const double target = work_at(costs, at, rates) + (elapsed_ms - dispatch_left);
  // The last layer whose start lies at or before `target`: strides that double, then a binary search.
  const auto start_of = [&](int l) {
    const auto i = static_cast<std::size_t>(l);
    return rates.compute * costs.compute_prefix[i] + rates.memory * costs.memory_prefix[i];
  };
  int low = at.layer;
  int high = low + 1;
  for (int stride = 1; high < costs.layers() && start_of(high) <= target; high += stride *= 2)
    low = high;
  high = std::min(high, costs.layers());
  while (high - low > 1) {
    const int middle = (low + high) / 2;
    (start_of(middle) <= target ? low : high) = middle;
  }
  const double start = start_of(low);
  const double width = start_of(low + 1) - start;
  at.layer = low;
  at.fraction = width > 0.0 ? std::clamp((target - start) / width, 0.0, 1.0) : 0.0;
  return at;
}

}  // namespace autoscale
