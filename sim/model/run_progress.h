// How far an inference has come, and how long the rest takes under given conditions. Pure arithmetic on
// LayerCosts: no clock. A run is [dispatch on the host CPU][layer 0]...[layer n-1].
#pragma once

#include "sim/model/latency_model.h"

namespace autoscale {

// Slowdown of each part of a run under constant conditions: noise, f_ref/f and phi multiplied.
struct RunRates {
  double dispatch = 1.0;
  double compute = 1.0;
  double memory = 1.0;
};

struct RunProgress {
  double dispatch_done = 0.0;  // ratio 0..1
  int layer = 0;               // layer reached
  double fraction = 0.0;       // of that layer, 0..1
};

// Time to the end of the run, in ms, at constant rates.
double remaining_ms(const LayerCosts& costs, const RunProgress& at, const RunRates& rates);

// Progress after `elapsed_ms` more at constant rates. Precondition: elapsed_ms <= remaining_ms. O(log of the layers
// passed).
RunProgress advance(const LayerCosts& costs, RunProgress at, const RunRates& rates,
                    double elapsed_ms);

}  // namespace autoscale
