#include "sim/config/figures.h"

#include <algorithm>
#include <string>

#include "sim/config/schemas.h"
#include "tests/support/catch.h"

namespace autoscale {
namespace {

using Lines = std::vector<std::string>;

template <class Profile>
Lines lines(const Profile& profile) {
  Lines result;
  for (const SourcedFigure& f : sourced_figures(profile)) {
    result.push_back(f.pointer + " " + f.value + " " + to_string(f.quality) + " " + f.source);
  }
  return result;
}

TEST_CASE("figures of a device carry the provenance of their own object") {
  DeviceProfile device;
  device.suspend_w = {0.02, {Quality::kMeasured, "OEM"}};
  ProcessorProfile processor;
  processor.cores = 4;  // structure, no figure
  processor.frequency_mhz = {{500.0, 1000.0}, {Quality::kDerived, "sysfs"}};
  LatencyProfile latency;
  latency.networks["a/b"] = {12.5, {}, 0.1, LatencyRow{}, {Quality::kMeasured, "table"}};
  processor.latency.push_back(latency);
  device.processors.push_back(processor);
  CHECK(lines(device) ==
        Lines{"/power/suspend_w 0.02 measured OEM",
              "/processors/0/frequency/mhz/0 500 derived sysfs",
              "/processors/0/frequency/mhz/1 1000 derived sysfs",
              "/processors/0/latency/0/networks/a~1b/latency_ms 12.5 measured table"});
}

TEST_CASE("a signal table counts one figure per level") {
  RadioProfile radio;
  radio.uplink_mbps = {{-80.0, -60.0}, {1.0, 40.0}, {Quality::kAssumed, "guess"}};
  CHECK(lines(radio) == Lines{"/uplink/mbps/0 1 assumed guess", "/uplink/mbps/1 40 assumed guess"});
}

TEST_CASE("layer sizes are not figures, accuracies are") {
  Network network;
  network.layers.resize(3);
  network.accuracy.push_back(
      {Precision::kFp32, "float", "top1_percent", 70.5, {Quality::kMeasured, "paper"}});
  CHECK(lines(network) == Lines{"/accuracy/0/percent 70.5 measured paper"});
}

TEST_CASE("schemas hold bounds, texts and required keys") {
  const std::string schema = scenario_schema();
  for (const char* part : {"\"additionalProperties\": false", "\"drop_late\"", "\"required\": [",
                           "\"exclusiveMinimum\": 0", "\"closed_loop\"",
                           "\"description\": \"Latency requirement.\"", "\"default\": 50"}) {
    INFO(part);
    CHECK(schema.find(part) != std::string::npos);
  }
  CHECK_FALSE(device_schema().empty());
  CHECK_FALSE(network_schema().empty());
  CHECK_FALSE(radio_schema().empty());
}

}  // namespace
}  // namespace autoscale
