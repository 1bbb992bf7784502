// What a co-runner costs an inference (model.md section 5). Pure functions.
#pragma once

#include <algorithm>

namespace autoscale {

struct Load {                 // of the co-runners
  double cpu_ratio = 0.0;     // u: share of all cores that is runnable, 0..1
  double memory_ratio = 0.0;  // m: share of the memory bandwidth, 0..1
};

// Fair share of C cores between T inference threads and u*C co-runner threads: the slowdown of
// compute-bound work, max(1, (T + u C) / C).
constexpr double phi_compute(double threads, double cores, Load load) {
  return std::max(1.0, (threads + load.cpu_ratio * cores) / cores);
}

// Slowdown of memory-bound work, 1 / (1 - kappa m); kappa in [0, 1).
constexpr double phi_memory(double kappa, Load load) {
  return 1.0 / (1.0 - kappa * load.memory_ratio);
}

// Share of a cluster's busy power that the co-runner draws while T inference threads run (0 threads:
// none). Both share C cores fairly: an inference and a co-runner never draw more than a full cluster.
constexpr double co_runner_power_share(double threads, double cores, Load load) {
  const double runnable = load.cpu_ratio * cores;
  return load.cpu_ratio / std::max(1.0, (threads + runnable) / cores);
}

}  // namespace autoscale
