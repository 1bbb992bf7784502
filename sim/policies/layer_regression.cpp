#include "sim/policies/layer_regression.h"

#include <algorithm>
#include <cmath>

#include <Eigen/Dense>

namespace autoscale {
namespace {

constexpr double kBytesOfFp32 = 4.0;
constexpr double kLeastMs = 1e-9;  // of a layer that costs nothing, so that it has a logarithm

}  // namespace

const char* to_string(RegressionForm f) {
  return f == RegressionForm::kLinear ? "linear" : "logarithmic";
}

std::array<double, 2> layer_regressors(const Layer& layer) {
  const double in = layer.in_bytes / kBytesOfFp32;
  const double out = layer.out_bytes / kBytesOfFp32;
  if (layer.kernel.size() != 2 || layer.cout == 0) return {in, out};
  const double stride = std::max(1, layer.stride);
  const double window = layer.kernel[0] * layer.kernel[1] / (stride * stride);
  return {in, window * layer.cout / std::max(1, layer.groups)};
}

std::size_t LayerRegression::group_of(LayerKind kind) {
  switch (kind) {
    case LayerKind::kConvFirst:
    case LayerKind::kConvKxK: return 0;
    case LayerKind::kConv1x1: return 1;
    case LayerKind::kDwConv: return 2;
    case LayerKind::kFc: return 3;
    case LayerKind::kRc:
    case LayerKind::kEmbed: return 4;
    case LayerKind::kPool:
    case LayerKind::kAdd:
    case LayerKind::kConcat:
    case LayerKind::kAct:
    case LayerKind::kSoftmax:
    case LayerKind::kPostprocess: return 5;
  }
  return 5;
}

double LayerRegression::transformed(double x) const {
  return form_ == RegressionForm::kLinear ? x : std::log1p(x);
}

void LayerRegression::add(const Layer& layer, double latency_ms) {
  const auto x = layer_regressors(layer);
  const double y =
      form_ == RegressionForm::kLinear ? latency_ms : std::log(std::max(kLeastMs, latency_ms));
  samples_[group_of(layer.kind)].push_back({{transformed(x[0]), transformed(x[1])}, y});
}

void LayerRegression::fit() {
  for (std::size_t g = 0; g < kGroups; ++g) {
    const std::vector<Sample>& samples = samples_[g];
    if (samples.empty()) continue;
    const auto rows = static_cast<Eigen::Index>(samples.size());
    Eigen::MatrixX3d x(rows, 3);
    Eigen::VectorXd y(rows);
    for (Eigen::Index i = 0; i < rows; ++i) {
      const Sample& s = samples[static_cast<std::size_t>(i)];
      x.row(i) << 1.0, s.x[0], s.x[1];
      y(i) = s.y;
    }
    const Eigen::Vector3d scale = x.cwiseAbs().colwise().maxCoeff().cwiseMax(1.0);
    const Eigen::Vector3d b =
        (x * scale.cwiseInverse().asDiagonal()).completeOrthogonalDecomposition().solve(y);
    for (Eigen::Index k = 0; k < 3; ++k)
      coefficients_[g][static_cast<std::size_t>(k)] = b(k) / scale(k);
  }
}

double LayerRegression::predict(const Layer& layer) const {
  const auto& b = coefficients_[group_of(layer.kind)];
  const auto x = layer_regressors(layer);
  const double y = b[0] + b[1] * transformed(x[0]) + b[2] * transformed(x[1]);
  return form_ == RegressionForm::kLinear ? std::max(0.0, y) : std::exp(y);
}

}  // namespace autoscale
