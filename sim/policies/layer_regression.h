// NeuroSurgeon's layer model (Kang et al., ASPLOS 2017, as policies.md section 2.2 gives it): the latency of a layer from two of its
// sizes, by a regression per kind of layer and per target, fitted on profiled layers.
#pragma once

#include <array>
#include <vector>

#include "sim/model/network.h"

namespace autoscale {

// y = b0 + b1 x1 + b2 x2, or log y = b0 + b1 log(1 + x1) + b2 log(1 + x2).
enum class RegressionForm : unsigned char { kLogarithmic, kLinear };
const char* to_string(RegressionForm f);

// The two regressors of a layer: of a convolution the values of its input, and (kernel/stride)^2 times its filters per
// group; of a fully connected or recurrent layer the neurons in and out; of all others the values in and out.
[[nodiscard]] std::array<double, 2> layer_regressors(const Layer& layer);

class LayerRegression {
 public:
  explicit LayerRegression(RegressionForm form) : form_(form) {}

  void add(const Layer& layer, double latency_ms);
  // Least squares (Eigen, rank-revealing QR) for each group of kinds that samples were added of.
  void fit();
  // In ms, not below 0. Precondition: fitted, with a sample of the layer's group.
  [[nodiscard]] double predict(const Layer& layer) const;

 private:
  static constexpr std::size_t kGroups = 6;
  struct Sample {
    std::array<double, 2> x{};
    double y = 0.0;
  };
  static std::size_t group_of(LayerKind kind);
  [[nodiscard]] double transformed(double x) const;

  RegressionForm form_;
  std::array<std::vector<Sample>, kGroups> samples_;
  std::array<std::array<double, 3>, kGroups> coefficients_{};
};

}  // namespace autoscale
