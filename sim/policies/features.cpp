#include "sim/policies/features.h"

#include <algorithm>
#include <cmath>

namespace autoscale {
namespace {

constexpr std::size_t kPlaces = static_cast<std::size_t>(kSites) * kProcessorKinds;

std::size_t place_of(const Target& t) {
  return static_cast<std::size_t>(t.site) * kProcessorKinds + static_cast<std::size_t>(t.processor);
}

StateVector network_features(const Network& network) {
  const LayerTally layers = count_layers(network, LayerCounts::kPaper);
  StateVector state{};
  at(state, Feature::kConv) = static_cast<double>(layers.conv);
  at(state, Feature::kFc) = static_cast<double>(layers.fc);
  at(state, Feature::kRc) = static_cast<double>(layers.rc);
  at(state, Feature::kMac) = std::log(std::max(1.0, network.total_macs()));
  return state;
}

}  // namespace

int runtime_bin(const StateVector& state) {
  const auto weak = [&](Feature f) { return static_cast<int>(!(at(state, f) > 0.0)); };
  const int load =
      load_bin(at(state, Feature::kCpu)) * kBins[5] + load_bin(at(state, Feature::kMemory));
  return (load * kBins[6] + weak(Feature::kWifi)) * kBins[7] + weak(Feature::kWifiDirect);
}

FeatureReader::FeatureReader(const PolicyContext& context) : has_link_(context.has_link) {
  for (const WorkloadInfo& workload : context.workloads) {
    network_.push_back(network_features(*workload.network));
  }
}

StateVector FeatureReader::operator()(const Observation& now) const {
  const auto above_weak_db = [&](LinkId link) {
    const auto l = static_cast<std::size_t>(link);
    return has_link_[l] ? now.rssi[l].value - weak_up_to_dbm(link) : 0.0;
  };
  StateVector state = network_[now.workload];
  at(state, Feature::kCpu) = now.cpu_ratio;
  at(state, Feature::kMemory) = now.memory_ratio;
  at(state, Feature::kWifi) = above_weak_db(now.cloud_link);
  at(state, Feature::kWifiDirect) = above_weak_db(LinkId::kWifiDirect);
  return state;
}

Matrix target_features(std::span<const Target> targets) {
  Matrix features(targets.size(), kPlaces + kPrecisions + 2);
  for (std::size_t t = 0; t < targets.size(); ++t) {
    const std::span<double> row = features.row(t);
    row[place_of(targets[t])] = 1.0;
    row[kPlaces + static_cast<std::size_t>(targets[t].precision)] = 1.0;
    row[kPlaces + kPrecisions] = targets[t].frequency_ratio;
    row[kPlaces + kPrecisions + 1] = 1.0 / targets[t].frequency_ratio;
  }
  return features;
}

void Standardiser::reset() {
  count_ = 0;
  std::ranges::fill(mean_, 0.0);
  std::ranges::fill(inverse_sd_, 0.0);
  std::ranges::fill(sum_of_squares_, 0.0);
}

void Standardiser::add(std::span<const double> row) {
  ++count_;
  for (std::size_t c = 0; c < row.size(); ++c) {
    const double before = row[c] - mean_[c];
    mean_[c] += before / static_cast<double>(count_);
    sum_of_squares_[c] += before * (row[c] - mean_[c]);
  }
}

void Standardiser::close() {
  for (std::size_t c = 0; c < mean_.size(); ++c) {
    if (count_ < 2) continue;
    const double sd = std::sqrt(sum_of_squares_[c] / static_cast<double>(count_));
    // What rounding leaves of a column that does not vary.
    const bool varies = sd > 1e-9 * std::max(1.0, std::abs(mean_[c]));
    inverse_sd_[c] = varies ? 1.0 / sd : 0.0;
  }
}

void Standardiser::apply(std::span<double> row) const {
  for (std::size_t c = 0; c < row.size(); ++c) row[c] = (row[c] - mean_[c]) * inverse_sd_[c];
}

}  // namespace autoscale
