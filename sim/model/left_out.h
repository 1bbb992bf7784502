// How well a row of a device's latency profile does on a network it was not shown (leave one out): the
// test behind the error that its derived latencies state.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "sim/model/latency_model.h"

namespace autoscale {

// A network measured on a row, with its layers summed as the two scales see them, in ms.
struct MeasuredNetwork {
  const Network* network = nullptr;
  double measured_ms = 0.0;
  double conv_kxk_ms = 0.0;  // k x k convolutions at scale 1
  double other_ms = 0.0;     // all other layers at scale 1
};

struct Scales {
  double other = 1.0;
  double conv_kxk = 1.0;
};

struct LeftOut {
  std::string network;
  double measured_ms = 0.0;
  std::optional<double> predicted_ms;  // nullopt: too few others are measured to fit the scales on
};

// The networks measured on this row, in order of name. `networks` has every one of them.
std::vector<MeasuredNetwork> measured_networks(const LatencyProfile& profile,
                                               const std::map<std::string, Network>& networks);

// Relative least squares: minimises sum (predicted / measured - 1)^2 with predicted = dispatch + other x
// other_ms + conv_kxk x conv_kxk_ms; one scale: both are equal. Language models are kept out of the fit.
// Precondition: as many networks are left as there are scales.
Scales fit_scales(const std::vector<MeasuredNetwork>& measured, double dispatch_ms, int scales);

// What the row would say of each measured network had it not been measured: its fitted scales fitted again
// on the others, or the scales it was given.
std::vector<LeftOut> leave_one_out(const LatencyProfile& profile,
                                   const std::map<std::string, Network>& networks);

}  // namespace autoscale
