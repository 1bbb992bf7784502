// AutoScale's state: eight discretised features of the network, the co-runners and the radio
// links, as one number in 0..3071. The bins are the reconstruction of the paper's Table I
// (docs/autoscale.md).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "sim/config/field.h"
#include "sim/engine/observation.h"

namespace autoscale {

using StateIndex = std::uint16_t;

enum class Feature : std::uint8_t { kConv, kFc, kRc, kMac, kCpu, kMemory, kWifi, kWifiDirect };
inline constexpr std::size_t kFeatures = 8;
template <>
inline constexpr std::size_t kEnumCount<Feature> = kFeatures;
inline constexpr std::array<int, kFeatures> kBins{4, 2, 2, 3, 4, 4, 2, 2};
inline constexpr int kNetworkStates = 4 * 2 * 2 * 3;
inline constexpr int kRuntimeStates = 4 * 4 * 2 * 2;
inline constexpr int kStates = kNetworkStates * kRuntimeStates;

using StateBins = std::array<std::uint8_t, kFeatures>;  // by Feature

// Mixed radix, the first feature most significant; decode is its inverse.
StateIndex encode(const StateBins& bins);
StateBins decode(StateIndex state);
constexpr int network_state(StateIndex state) { return state / kRuntimeStates; }

// The name of a feature, and the word for one of its bins: "wifi", "weak".
const char* to_string(Feature feature);
const char* bin_label(Feature feature, int bin);

// Whose layer counts describe a network: those recalled from the paper's Table III, or those of
// our graph.
enum class LayerCounts : std::uint8_t { kPaper, kGraph };

// The counts of convolution, fully connected and recurrent layers of a network.
struct LayerTally {
  std::int64_t conv = 0;
  std::int64_t fc = 0;
  std::int64_t rc = 0;
};
LayerTally count_layers(const Network& network, LayerCounts counts);

// A level up to the threshold is weak. Wi-Fi as in the paper; LTE levels are RSRP, which is about
// 20 dB lower than an RSSI of the same quality.
inline constexpr double kWeakWifiDbm = -80.0;
inline constexpr double kWeakLteDbm = -100.0;
constexpr double weak_up_to_dbm(LinkId link) {
  return link == LinkId::kLte ? kWeakLteDbm : kWeakWifiDbm;
}

// Sets the four network features, but those left out; the others stay 0.
StateBins network_bins(const Network& network, LayerCounts counts,
                       std::span<const Feature> left_out = {});

// None means exactly 0 %: a co-runner that uses little is not the same as none.
constexpr int load_bin(double ratio) {
  return static_cast<int>(ratio > 0.0) + static_cast<int>(ratio >= 0.25) +
         static_cast<int>(ratio >= 0.75);
}

class StateEncoder {
 public:
  // `workloads` and `has_link` as in PolicyContext. Features left out are bin 0 whatever is observed.
  StateEncoder(std::span<const WorkloadInfo> workloads, const std::array<bool, kLinks>& has_link,
               LayerCounts counts, std::span<const Feature> left_out = {});

  [[nodiscard]] StateIndex encode(const Observation& now) const {
    const int load =
        load_bin(now.cpu_ratio) * step_of_.cpu + load_bin(now.memory_ratio) * step_of_.memory;
    const int signal =
        cloud_links_[static_cast<std::size_t>(now.cloud_link)].is_weak(now) * step_of_.wifi +
        peer_link_.is_weak(now) * step_of_.wifi_direct;
    return static_cast<StateIndex>(first_state_[now.workload] + load + signal);
  }
  // Network state of a workload.
  [[nodiscard]] int network_state_of(std::uint32_t workload) const {
    return network_state(first_state_[workload]);
  }

 private:
  // A link the phone lacks is weak at any level: both mean "do not send this way", so a table
  // learned without the link stays meaningful on a phone that has it, and the other way round.
  struct LinkThreshold {
    std::size_t link = 0;
    double weak_up_to_dbm = std::numeric_limits<double>::infinity();
    [[nodiscard]] int is_weak(const Observation& now) const {
      return static_cast<int>(!(now.rssi[link].value > weak_up_to_dbm));
    }
  };

  // By how much one bin more moves the index; 0 for a feature left out.
  struct Steps {
    int cpu = kBins[5] * kBins[6] * kBins[7];
    int memory = kBins[6] * kBins[7];
    int wifi = kBins[7];
    int wifi_direct = 1;
  };

  Steps step_of_;
  std::vector<StateIndex> first_state_;  // [workload]: its network state times kRuntimeStates
  std::array<LinkThreshold, kLinks> cloud_links_;  // by the link in use to the cloud
  LinkThreshold peer_link_;
};

}  // namespace autoscale
