#include "sim/model/latency_model.h"

#include "sim/base/check.h"

namespace autoscale {
namespace {

double gmac_per_s(LayerKind kind, const Throughput& t) {
  switch (kind) {
    case LayerKind::kConvFirst: return t.conv_first_gmac_per_s;
    case LayerKind::kConvKxK: return t.conv_kxk_gmac_per_s;
    case LayerKind::kConv1x1: return t.conv_1x1_gmac_per_s;
    case LayerKind::kDwConv: return t.dwconv_gmac_per_s;
    case LayerKind::kFc: return t.fc_gmac_per_s;
    case LayerKind::kRc:
    case LayerKind::kEmbed: return t.rc_gmac_per_s;
    case LayerKind::kPool:
    case LayerKind::kAdd:
    case LayerKind::kConcat:
    case LayerKind::kAct:
    case LayerKind::kSoftmax:
    case LayerKind::kPostprocess: return 0.0;
  }
  return 0.0;
}

LayerTime scaled(LayerTime t, double k) { return {t.compute_ms * k, t.memory_ms * k}; }

}  // namespace

LayerTime type_model(const Layer& layer, const Throughput& throughput) {
  LayerTime time;
  const double rate = gmac_per_s(layer.kind, throughput);
  if (rate > 0.0) time.compute_ms = layer.macs * 1e-6 / rate;  // MMAC / (GMAC/s) = ms
  time.compute_ms += throughput.op_us * 1e-3;
  // Weights of fully connected layers stream through once; those of convolutions stay in the caches.
  const double weights = layer.kind == LayerKind::kFc ? layer.weight_bytes : 0.0;
  const double bytes =
      (layer.in_bytes + layer.out_bytes + weights) * throughput.activation_bytes_per_element / 4.0;
  if (throughput.memory_gb_per_s > 0.0) time.memory_ms = bytes * 1e-6 / throughput.memory_gb_per_s;
  return time;
}

LayerCosts layer_costs(const Network& network, std::span<const int> order,
                       const LatencyProfile& profile, const NetworkLatency& entry) {
  const bool table = !entry.layers_ms.empty();
  AUTOSCALE_CHECK(!table || entry.layers_ms.size() == network.layers.size(),
                  "layer table of another network");
  std::vector<LayerTime> times;
  times.reserve(order.size());
  double sum = 0.0;
  for (int id : order) {
    const Layer& layer = network.layers[static_cast<std::size_t>(id)];
    LayerTime time = type_model(layer, profile.throughput);
    if (table) {
      const double model = time.compute_ms + time.memory_ms;
      const double measured = entry.layers_ms[static_cast<std::size_t>(id)];
      time = model > 0.0 ? scaled(time, measured / model) : LayerTime{measured, 0.0};
    } else {
      time = scaled(time,
                    is_conv_kxk(layer.kind) ? profile.scale_conv_kxk.value : profile.scale.value);
    }
    sum += time.compute_ms + time.memory_ms;
    times.push_back(time);
  }
  const double k = entry.latency_ms ? (*entry.latency_ms - profile.dispatch_ms.value) / sum : 1.0;

  LayerCosts costs;
  costs.dispatch_ms = profile.dispatch_ms.value;
  costs.compute_prefix.assign(1, 0.0);
  costs.memory_prefix.assign(1, 0.0);
  for (const LayerTime& time : times) {
    costs.compute_prefix.push_back(costs.compute_prefix.back() + time.compute_ms * k);
    costs.memory_prefix.push_back(costs.memory_prefix.back() + time.memory_ms * k);
  }
  return costs;
}

}  // namespace autoscale
