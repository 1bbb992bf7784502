// Device profiles as they are written in models/devices/*.json: what was measured, per processor,
// precision and V/F step, each figure with its provenance. Costs are computed from them in
// latency_model.h; nothing here is used while events run.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "sim/base/provenance.h"
#include "sim/model/network.h"

namespace autoscale {

enum class ProcessorKind : std::uint8_t { kCpu, kGpu, kDsp };
inline constexpr int kProcessorKinds = 3;
const char* to_string(ProcessorKind k);

enum class DeviceRole : std::uint8_t { kPhone, kEdgePeer, kCloud };
const char* to_string(DeviceRole r);

// Values that belong to one source, e.g. one per V/F step.
struct Series {
  std::vector<double> values;
  Provenance from;
};

// Throughput by layer kind (fitted on measurements): model.md section 4.
struct Throughput {
  double conv_first_gmac_per_s = 0.0;
  double conv_kxk_gmac_per_s = 0.0;
  double conv_1x1_gmac_per_s = 0.0;
  double dwconv_gmac_per_s = 0.0;
  double fc_gmac_per_s = 0.0;
  double rc_gmac_per_s = 0.0;
  double memory_gb_per_s = 0.0;
  double op_us = 0.0;                         // fixed cost of one layer
  double activation_bytes_per_element = 4.0;  // as the fit counted them
  double held_out_error_ratio = 0.0;
  Provenance from;
};

// The row of the published latency tables that a measured figure quotes.
struct LatencyRow {
  std::string soc;
  std::string processor;
  std::string precision;
  std::string threads;
  std::string network;
};

// Whole-network latency of one network on one (processor, precision) at the reference frequency.
struct NetworkLatency {
  std::optional<double>
      latency_ms;                 // measured (or derived) whole inference; anchors the layer model
  std::vector<double> layers_ms;  // explicit per-layer table, takes precedence over Throughput
  std::optional<double> error_ratio;  // error the derivation states (derived figures)
  std::optional<LatencyRow> row;
  Provenance from;
};

struct LatencyProfile {
  Precision precision = Precision::kFp32;
  Throughput throughput;
  Figure dispatch_ms;     // host CPU time once per inference
  int fitted_scales = 0;  // how many were fitted on the networks measured in this row: 0, 1 or 2
  Figure scale;           // all layers but k x k convolutions, for networks without a measurement
  Figure scale_conv_kxk;  // k x k convolutions (and the first)
  std::map<std::string, NetworkLatency> networks;  // a network that is absent is not supported
};

struct ProcessorProfile {
  std::string name;
  ProcessorKind kind = ProcessorKind::kCpu;
  std::string title;
  int cores = 1;
  int threads = 1;
  int servers = 1;          // inferences served at a time
  Series frequency_mhz;     // ascending; the last one is the reference of every latency
  Series busy_power_ratio;  // per step, relative to the top step
  Figure peak_power_paper_w;
  Figure peak_power_measured_w;
  Figure idle_power_w;
  Figure memory_sensitivity_ratio;  // kappa of phi_memory
  Figure noise_sigma_ratio;         // log-normal service noise
  std::vector<LatencyProfile> latency;
};

// Above `at_c`, a processor runs at no more than its cap. One without a cap keeps that of the step before.
struct ThrottlingStep {
  double at_c = 0.0;
  std::optional<double> cpu_mhz;
  std::optional<double> gpu_mhz;
  std::optional<double> dsp_mhz;
  Provenance from;
};

// The thermal node of a phone (thermal.h), at the sensor that its throttling goes by.
struct ThermalProfile {
  Figure resistance_k_per_w;  // to the surroundings
  Figure time_constant_s;
  Figure hysteresis_k;  // a throttling step is left this far below its temperature
  std::vector<ThrottlingStep> throttling;  // ascending
};

struct BatteryProfile {
  Figure capacity_mah;
  Figure voltage_v;  // nominal
  [[nodiscard]] double energy_wh() const { return capacity_mah.value * voltage_v.value * 1e-3; }
};

// What partitioned inference pays to hand tensors over between a phone's processors, which share its memory.
struct HandoverProfile {
  Figure gpu_ms;         // fixed, whenever the GPU takes part: mapping and flushing, and waking it
  Figure dsp_ms;         // the same of the DSP
  Figure copy_gb_per_s;  // bytes read and bytes written, together
};

struct DeviceProfile {
  std::string name;
  std::string title;
  std::string soc;
  DeviceRole role = DeviceRole::kPhone;
  std::string source;
  Figure suspend_w;  // phones: power when nothing runs
  Figure awake_w;    // phones: power when a request is in flight, processors idle
  std::optional<Figure> offload_dispatch_ms;  // phones: host CPU time to prepare an upload
  std::optional<Figure> wan_rtt_ms;           // cloud: wide-area round trip
  std::optional<ThermalProfile> thermal;      // phones: what /thermal of a scenario needs
  std::optional<BatteryProfile> battery;      // phones
  std::optional<HandoverProfile> handover;    // phones: what policy mosaic needs
  std::vector<ProcessorProfile> processors;
};

}  // namespace autoscale
