// What one isolated request costs, calculated a second time straight from the profile files: plain
// arithmetic after docs/model.md, sharing no code with cost tables, environments, rates or meters.
#pragma once

#include <array>
#include <optional>

#include "sim/config/data_path.h"
#include "sim/config/scenario.h"
#include "sim/engine/target.h"
#include "sim/model/device.h"
#include "sim/model/network.h"
#include "sim/model/radio.h"

namespace autoscale::test {

struct ReferenceRadio {
  RadioProfile profile;
  double dbm = 0.0;
};

// All that a cost may depend on, as constants. Only constant signals and loads.
struct ReferenceWorld {
  DeviceProfile phone;
  std::optional<DeviceProfile> edge;
  std::optional<DeviceProfile> cloud;
  std::optional<ReferenceRadio> wifi;
  std::optional<ReferenceRadio> wifi_direct;
  std::optional<ReferenceRadio> lte;
  double cpu_ratio = 0.0;     // of the co-runner
  double memory_ratio = 0.0;  // of the co-runner
  double gap_ms = 0.0;        // from the end of a request to the next
  bool measured_power = false;
  bool paper_energy = false;
};

struct ReferenceCost {
  double latency_ms = 0.0;
  // cpu, gpu, dsp, wifi, wifi_direct, lte, base
  std::array<double, 7> mj{};

  [[nodiscard]] double total_mj() const {
    return mj[0] + mj[1] + mj[2] + mj[3] + mj[4] + mj[5] + mj[6];
  }
};

// Loads what the scenario names; its first workload, a closed loop, sets the gap.
ReferenceWorld load_reference(const Scenario& scenario, const DataPath& data);

// Bytes that go up for one inference.
double reference_uplink_bytes(const WorkloadSpec& workload, const Network& network);

// Nothing where the network cannot run. Of the target only its site, processor, precision and step
// are read.
std::optional<ReferenceCost> reference_cost(const ReferenceWorld& world, const Network& network,
                                            double uplink_bytes, const Target& target);

}  // namespace autoscale::test
