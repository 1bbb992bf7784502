// The shipped profiles against what was published: latencies, step and target counts, DVFS shapes.
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "sim/config/load_model.h"
#include "sim/engine/target_list.h"
#include "sim/model/latency_model.h"
#include "tests/support/catch.h"
#include "tests/support/published_latencies.h"

using namespace autoscale;
using namespace autoscale::test;

namespace {

const DataPath& data() {
  static const DataPath path(AUTOSCALE_SOURCE_DIR);
  return path;
}

const std::vector<std::string> kPhones{"mi8pro", "galaxy_s10e", "moto_x_force"};
const std::vector<std::string> kDevices{"mi8pro", "galaxy_s10e", "moto_x_force", "galaxy_tab_s6",
                                        "xeon_p100"};

LayerCosts costs_of(const Network& network, const LatencyProfile& profile,
                    const NetworkLatency& entry) {
  return layer_costs(network, execution_order(network), profile, entry);
}

std::size_t target_count(const std::string& phone) {
  ScenarioInputs inputs;
  inputs.device = load_device(data(), phone);
  inputs.edge_peer = load_device(data(), "galaxy_tab_s6");
  inputs.cloud = load_device(data(), "xeon_p100");
  return enumerate_targets(inputs).size();
}

}  // namespace

TEST_CASE("the three phones have 66, 65 and 47 targets") {
  CHECK(target_count("mi8pro") == 66);
  CHECK(target_count("galaxy_s10e") == 65);
  CHECK(target_count("moto_x_force") == 47);
}

TEST_CASE("the phones have the V/F steps of the paper's device table") {
  const std::map<std::string, std::pair<std::size_t, std::size_t>> steps{
      {"mi8pro", {23, 7}}, {"galaxy_s10e", {21, 9}}, {"moto_x_force", {15, 6}}};
  for (const auto& [name, expected] : steps) {
    const DeviceProfile device = load_device(data(), name);
    CHECK(device.processors.at(0).frequency_mhz.values.size() == expected.first);
    CHECK(device.processors.at(1).frequency_mhz.values.size() == expected.second);
  }
}

TEST_CASE("the phones throttle by the steps of their vendors' tables, and have a battery") {
  const auto caps = [](const std::string& name) {
    std::vector<std::vector<double>> rows;
    const ThermalProfile thermal = load_device(data(), name).thermal.value();
    for (const ThrottlingStep& s : thermal.throttling)
      rows.push_back({s.at_c, s.cpu_mhz.value_or(0.0), s.gpu_mhz.value_or(0.0)});
    return rows;
  };
  using Rows = std::vector<std::vector<double>>;
  CHECK(caps("mi8pro") ==
        Rows{{39, 1996.8, 0}, {41, 1689.6, 0}, {43, 1363.2, 0}, {45, 1056, 414}, {47, 826, 257}});
  CHECK(caps("moto_x_force") ==
        Rows{{42, 1344, 510}, {43, 960, 450}, {44, 384, 390}, {46, 0, 305}, {48, 0, 180}});
  CHECK(caps("galaxy_s10e") == Rows{{96, 0, 433}});
  for (const std::string& name : kPhones) {
    const DeviceProfile phone = load_device(data(), name);
    CHECK(phone.thermal->resistance_k_per_w.from.quality == Quality::kAssumed);
    CHECK(phone.thermal->time_constant_s.from.quality == Quality::kAssumed);
    CHECK(phone.battery.value().energy_wh() > 10.0);
    CHECK(phone.battery->energy_wh() < 16.0);
  }
}

TEST_CASE("every anchored network latency is reproduced exactly by its layers") {
  int checked = 0;
  for (const std::string& name : kDevices) {
    for (const ProcessorProfile& p : load_device(data(), name).processors) {
      for (const LatencyProfile& l : p.latency) {
        for (const auto& [network, entry] : l.networks) {
          const LayerCosts costs = costs_of(load_network(data(), network), l, entry);
          REQUIRE(std::isfinite(costs.total_ms()));
          REQUIRE(costs.total_ms() > 0.0);
          if (!entry.latency_ms) continue;
          INFO(name << " " << p.name << " " << to_string(l.precision) << " " << network);
          CHECK(costs.total_ms() == Approx(*entry.latency_ms).epsilon(1e-9));
          ++checked;
        }
      }
    }
  }
  CHECK(checked >= 50);  // the loop did look at the profiles
}

TEST_CASE("measured latencies are those of the published tables within 0.5 %") {
  const auto rows = published_latencies();
  if (rows.empty()) {
    WARN("skipped: the table of published latencies is not beside this source tree");
    return;
  }
  int checked = 0;
  for (const std::string& name : kDevices) {
    for (const ProcessorProfile& p : load_device(data(), name).processors) {
      for (const LatencyProfile& l : p.latency) {
        for (const auto& [network, entry] : l.networks) {
          if (entry.from.quality != Quality::kMeasured) continue;
          INFO(name << " " << p.name << " " << to_string(l.precision) << " " << network);
          REQUIRE(entry.row);
          const LayerCosts costs = costs_of(load_network(data(), network), l, entry);
          CHECK(nearest_relative_error(rows, *entry.row, costs.total_ms()) <= 0.005);
          ++checked;
        }
      }
    }
  }
  CHECK(checked >= 40);
}

TEST_CASE("the energy of a CPU inference has its minimum at an interior V/F step") {
  for (const std::string& name : kPhones) {
    const DeviceProfile device = load_device(data(), name);
    const ProcessorProfile& cpu = device.processors.at(0);
    REQUIRE(cpu.kind == ProcessorKind::kCpu);
    for (const LatencyProfile& l : cpu.latency) {
      for (const auto& [network, entry] : l.networks) {
        const LayerCosts costs = costs_of(load_network(data(), network), l, entry);
        std::vector<double> energy;
        for (std::size_t s = 0; s < cpu.frequency_mhz.values.size(); ++s) {
          const double ms =
              costs.compute_ms() * cpu.frequency_mhz.values.back() / cpu.frequency_mhz.values[s] +
              costs.memory_ms();
          energy.push_back(cpu.busy_power_ratio.values[s] * cpu.peak_power_paper_w.value * ms);
        }
        const auto least = std::min_element(energy.begin(), energy.end());
        INFO(name << " " << network << ", least at step " << (least - energy.begin()));
        CHECK(least != energy.begin());
        CHECK(least != energy.end() - 1);
      }
    }
  }
}

TEST_CASE("V/F steps ascend and power is relative to the last") {
  for (const std::string& name : kPhones) {
    for (const ProcessorProfile& p : load_device(data(), name).processors) {
      const auto& mhz = p.frequency_mhz.values;
      CHECK(std::is_sorted(mhz.begin(), mhz.end()));
      CHECK(p.busy_power_ratio.values.back() == 1.0);
    }
  }
}
