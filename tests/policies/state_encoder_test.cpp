#include "sim/policies/state_encoder.h"

#include <array>
#include <set>
#include <vector>

#include "sim/config/load_model.h"
#include "tests/policies/small_world.h"
#include "tests/support/catch.h"

namespace autoscale {
namespace {

TEST_CASE("encode and decode are inverse on all 3072 states") {
  STATIC_REQUIRE(kStates == 3072);
  for (int s = 0; s < kStates; ++s) {
    const auto state = static_cast<StateIndex>(s);
    const StateBins bins = decode(state);
    for (std::size_t f = 0; f < kFeatures; ++f) REQUIRE(bins[f] < kBins[f]);
    REQUIRE(encode(bins) == state);
  }
}

TEST_CASE("the last bins give the last state") {
  CHECK(encode({3, 1, 1, 2, 3, 3, 1, 1}) == 3071);
  CHECK(bin_label(Feature::kConv, 3) == std::string("larger"));
  CHECK(bin_label(Feature::kMemory, 3) == std::string("large"));
  CHECK(bin_label(Feature::kWifiDirect, 1) == std::string("weak"));
  CHECK(to_string(Feature::kWifiDirect) == std::string("wifi_direct"));
}

TEST_CASE("load bins: exactly nothing is none, edges belong to the bin above") {
  CHECK(load_bin(0.0) == 0);
  CHECK(load_bin(1e-12) == 1);
  CHECK(load_bin(0.2499) == 1);
  CHECK(load_bin(0.25) == 2);
  CHECK(load_bin(0.7499) == 2);
  CHECK(load_bin(0.75) == 3);
  CHECK(load_bin(1.0) == 3);
}

TEST_CASE("network bins: edges belong to the bin above") {
  const auto bins = [](int conv, int fc, int rc, double mmac) {
    return network_bins(test::make_network("n", conv, fc, rc, mmac * 1e6), LayerCounts::kPaper);
  };
  CHECK(bins(29, 9, 9, 999.0) == StateBins{0, 0, 0, 0});
  CHECK(bins(30, 10, 10, 1000.0) == StateBins{1, 1, 1, 1});
  CHECK(bins(49, 1, 0, 1999.0)[0] == 1);
  CHECK(bins(50, 1, 0, 2000.0) == StateBins{2, 0, 0, 2});
  CHECK(bins(89, 1, 0, 0.0)[0] == 2);
  CHECK(bins(90, 1, 0, 0.0)[0] == 3);
}

TEST_CASE("a signal is weak up to -80 dBm") {
  const test::SmallWorld world;
  const StateEncoder encoder(world.workloads, {true, true, false}, LayerCounts::kPaper);
  const auto runtime = [&](double wifi, double direct) {
    return encoder.encode(test::observe(0, 0, 0, wifi, direct)) % kRuntimeStates;
  };
  CHECK(runtime(-79.9, -79.9) == 0);
  CHECK(runtime(-79.9, -80.0) == 1);
  CHECK(runtime(-80.0, -79.9) == 2);
  CHECK(runtime(-95.0, -95.0) == 3);
}

TEST_CASE(
    "a missing link is weak, and the link in use to the cloud is judged by its own threshold") {
  const test::SmallWorld world;
  Observation now = test::observe(0);
  const StateEncoder none(world.workloads, {false, false, false}, LayerCounts::kPaper);
  CHECK(none.encode(now) % kRuntimeStates == 3);
  const StateEncoder lte(world.workloads, {false, false, true}, LayerCounts::kPaper);
  now.cloud_link = LinkId::kLte;
  now.rssi[2] = Dbm{-99.0};
  CHECK(lte.encode(now) % kRuntimeStates == 1);
  now.rssi[2] = Dbm{-100.0};
  CHECK(lte.encode(now) % kRuntimeStates == 3);
  const StateEncoder both(world.workloads, {true, false, true}, LayerCounts::kPaper);
  CHECK(both.encode(now) % kRuntimeStates == 3);
  now.cloud_link = LinkId::kWifi;  // -55 dBm
  CHECK(both.encode(now) % kRuntimeStates == 1);
}

TEST_CASE("encoding an observation agrees with encoding its bins") {
  const test::SmallWorld world;
  const StateEncoder encoder(world.workloads, {true, true, false}, LayerCounts::kPaper);
  for (std::uint32_t w = 0; w < 3; ++w) {
    StateBins bins = network_bins(*world.workloads[w].network, LayerCounts::kPaper);
    bins[4] = 2;
    bins[5] = 1;
    bins[7] = 1;
    CHECK(encoder.encode(test::observe(w, 0.5, 0.1, -60, -85)) == encode(bins));
  }
}

TEST_CASE("a feature left out is its first bin, whatever is observed, and changes no other") {
  test::SmallWorld world;
  world.networks[0] = test::make_network("all", 95, 10, 10, 2e9);  // last bins
  const std::array<bool, kLinks> links{true, true, false};
  for (std::size_t f = 0; f < kFeatures; ++f) {
    const std::array<Feature, 1> left_out{static_cast<Feature>(f)};
    const StateEncoder whole(world.workloads, links, LayerCounts::kPaper);
    const StateEncoder without(world.workloads, links, LayerCounts::kPaper, left_out);
    const Observation now = test::observe(0, 0.9, 0.9, -90.0, -90.0);
    StateBins expected = decode(whole.encode(now));
    REQUIRE(expected == StateBins{3, 1, 1, 2, 3, 3, 1, 1});
    expected[f] = 0;
    CHECK(decode(without.encode(now)) == expected);
    CHECK(without.network_state_of(0) == network_state(encode(expected)));
  }
}

TEST_CASE("with every feature left out there is one state") {
  const test::SmallWorld world;
  std::vector<Feature> all;
  for (std::size_t f = 0; f < kFeatures; ++f) all.push_back(static_cast<Feature>(f));
  const StateEncoder encoder(world.workloads, {true, false, true}, LayerCounts::kPaper, all);
  for (std::uint32_t w = 0; w < 3; ++w) {
    CHECK(encoder.encode(test::observe(w, w * 0.4, 0.3, -60.0 - 15.0 * w)) == 0);
  }
}

// The paper's layer counts put MobileNet v3 and SSD MobileNet v3 into one state.
TEST_CASE("the ten networks have nine network states") {
  const DataPath data{AUTOSCALE_SOURCE_DIR};
  std::set<int> states;
  const std::vector<std::string> names = data.available(DataKind::kNetwork);
  REQUIRE(names.size() == 10);
  for (const std::string& name : names) {
    const StateBins bins = network_bins(load_network(data, name), LayerCounts::kPaper);
    states.insert(network_state(encode(bins)));
  }
  CHECK(states.size() == 9);
}

}  // namespace
}  // namespace autoscale
