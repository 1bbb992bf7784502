#include "sim/model/left_out.h"

#include <algorithm>

#include <Eigen/Dense>

#include "sim/base/check.h"

namespace autoscale {
namespace {

bool fits(const MeasuredNetwork& n) { return n.network->task != Task::kLanguage; }

MeasuredNetwork summed(const Network& network, const LatencyProfile& profile,
                       const NetworkLatency& entry) {
  MeasuredNetwork sums{&network, entry.latency_ms.value(), 0.0, 0.0};
  for (std::size_t i = 0; i < network.layers.size(); ++i) {
    const Layer& layer = network.layers[i];
    const LayerTime t = type_model(layer, profile.throughput);
    const double ms = entry.layers_ms.empty() ? t.compute_ms + t.memory_ms : entry.layers_ms[i];
    (is_conv_kxk(layer.kind) ? sums.conv_kxk_ms : sums.other_ms) += ms;
  }
  return sums;
}

}  // namespace

std::vector<MeasuredNetwork> measured_networks(const LatencyProfile& profile,
                                               const std::map<std::string, Network>& networks) {
  std::vector<MeasuredNetwork> measured;
  for (const auto& [name, entry] : profile.networks) {
    if (entry.from.quality != Quality::kMeasured || !entry.latency_ms) continue;
    measured.push_back(summed(networks.at(name), profile, entry));
  }
  return measured;
}

Scales fit_scales(const std::vector<MeasuredNetwork>& measured, double dispatch_ms, int scales) {
  const auto rows = static_cast<Eigen::Index>(std::ranges::count_if(measured, fits));
  AUTOSCALE_CHECK((scales == 1 || scales == 2) && rows >= scales, "fewer networks than scales");
  Eigen::MatrixXd a(rows, scales);
  Eigen::VectorXd b(rows);
  Eigen::Index row = 0;
  for (const MeasuredNetwork& n : measured) {
    if (!fits(n)) continue;
    if (scales == 1) {
      a(row, 0) = (n.other_ms + n.conv_kxk_ms) / n.measured_ms;
    } else {
      a.row(row) << n.other_ms / n.measured_ms, n.conv_kxk_ms / n.measured_ms;
    }
    b(row++) = 1.0 - dispatch_ms / n.measured_ms;
  }
  const Eigen::VectorXd x = a.colPivHouseholderQr().solve(b);
  return {x(0), x(scales - 1)};
}

std::vector<LeftOut> leave_one_out(const LatencyProfile& profile,
                                   const std::map<std::string, Network>& networks) {
  const std::vector<MeasuredNetwork> measured = measured_networks(profile, networks);
  std::vector<LeftOut> results;
  for (std::size_t i = 0; i < measured.size(); ++i) {
    const MeasuredNetwork& n = measured[i];
    results.push_back({n.network->name, n.measured_ms, std::nullopt});
    Scales scales{profile.scale.value, profile.scale_conv_kxk.value};
    if (profile.fitted_scales > 0) {
      std::vector<MeasuredNetwork> others = measured;
      others.erase(others.begin() + static_cast<std::ptrdiff_t>(i));
      if (std::ranges::count_if(others, fits) < profile.fitted_scales) continue;
      scales = fit_scales(others, profile.dispatch_ms.value, profile.fitted_scales);
    }
    results.back().predicted_ms =
        profile.dispatch_ms.value + scales.other * n.other_ms + scales.conv_kxk * n.conv_kxk_ms;
  }
  return results;
}

}  // namespace autoscale
