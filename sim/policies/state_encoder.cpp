#include "sim/policies/state_encoder.h"

#include <algorithm>

namespace autoscale {
namespace {

struct FeatureText {
  const char* name;
  std::array<const char*, 4> bins;
};
constexpr std::array<FeatureText, kFeatures> kText{{
    {"conv", {"small", "medium", "large", "larger"}},
    {"fc", {"small", "large"}},
    {"rc", {"small", "large"}},
    {"mac", {"small", "medium", "large"}},
    {"cpu", {"none", "small", "medium", "large"}},
    {"memory", {"none", "small", "medium", "large"}},
    {"wifi", {"regular", "weak"}},
    {"wifi_direct", {"regular", "weak"}},
}};

bool is_convolution(const Layer& layer) {
  switch (layer.kind) {
    case LayerKind::kConvFirst:
    case LayerKind::kConvKxK:
    case LayerKind::kConv1x1:
    case LayerKind::kDwConv: return true;
    default: return false;
  }
}

std::uint8_t bin(double value, std::initializer_list<double> lower_edges) {
  return static_cast<std::uint8_t>(
      std::ranges::count_if(lower_edges, [&](double edge) { return value >= edge; }));
}

std::uint8_t& at(StateBins& bins, Feature f) { return bins[static_cast<std::size_t>(f)]; }

}  // namespace

LayerTally count_layers(const Network& network, LayerCounts counts) {
  if (counts == LayerCounts::kPaper) {
    return {network.features.conv, network.features.fc, network.features.rc};
  }
  const auto of_kind = [&](LayerKind kind) {
    return std::ranges::count(network.layers, kind, &Layer::kind);
  };
  return {std::ranges::count_if(network.layers, is_convolution), of_kind(LayerKind::kFc),
          of_kind(LayerKind::kRc)};
}

StateIndex encode(const StateBins& bins) {
  int state = 0;
  for (std::size_t f = 0; f < kFeatures; ++f) state = state * kBins[f] + bins[f];
  return static_cast<StateIndex>(state);
}

StateBins decode(StateIndex state) {
  StateBins bins{};
  int rest = state;
  for (std::size_t f = kFeatures; f-- > 0;) {
    bins[f] = static_cast<std::uint8_t>(rest % kBins[f]);
    rest /= kBins[f];
  }
  return bins;
}

const char* to_string(Feature feature) { return kText[static_cast<std::size_t>(feature)].name; }

const char* bin_label(Feature feature, int bin) {
  return kText[static_cast<std::size_t>(feature)].bins[static_cast<std::size_t>(bin)];
}

StateBins network_bins(const Network& network, LayerCounts counts,
                       std::span<const Feature> left_out) {
  const LayerTally layers = count_layers(network, counts);
  constexpr double kMillion = 1e6;
  StateBins bins{};
  at(bins, Feature::kConv) = bin(static_cast<double>(layers.conv), {30, 50, 90});
  at(bins, Feature::kFc) = bin(static_cast<double>(layers.fc), {10});
  at(bins, Feature::kRc) = bin(static_cast<double>(layers.rc), {10});
  at(bins, Feature::kMac) = bin(network.total_macs() / kMillion, {1000, 2000});
  for (const Feature feature : left_out) at(bins, feature) = 0;
  return bins;
}

StateEncoder::StateEncoder(std::span<const WorkloadInfo> workloads,
                           const std::array<bool, kLinks>& has_link, LayerCounts counts,
                           std::span<const Feature> left_out) {
  for (const WorkloadInfo& workload : workloads) {
    first_state_.push_back(autoscale::encode(network_bins(*workload.network, counts, left_out)));
  }
  const auto leave_out = [&](Feature feature, int& step) {
    if (std::ranges::count(left_out, feature) > 0) step = 0;
  };
  leave_out(Feature::kCpu, step_of_.cpu);
  leave_out(Feature::kMemory, step_of_.memory);
  leave_out(Feature::kWifi, step_of_.wifi);
  leave_out(Feature::kWifiDirect, step_of_.wifi_direct);
  constexpr auto kWifi = static_cast<std::size_t>(LinkId::kWifi);
  constexpr auto kDirect = static_cast<std::size_t>(LinkId::kWifiDirect);
  constexpr auto kLte = static_cast<std::size_t>(LinkId::kLte);
  // The paper's phones reach the cloud over Wi-Fi only.
  if (has_link[kWifi]) cloud_links_[kWifi] = {kWifi, kWeakWifiDbm};
  if (has_link[kLte]) cloud_links_[kLte] = {kLte, kWeakLteDbm};
  if (has_link[kDirect]) peer_link_ = {kDirect, kWeakWifiDbm};
}

}  // namespace autoscale
