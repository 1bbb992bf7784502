// Fields of models/devices/*.json.
#pragma once

#include "sim/config/field.h"
#include "sim/config/network_fields.h"
#include "sim/config/phone_fields.h"
#include "sim/config/place.h"
#include "sim/config/provenance_fields.h"
#include "sim/model/device.h"

namespace autoscale {

template <>
inline constexpr std::size_t kEnumCount<ProcessorKind> = kProcessorKinds;
template <>
inline constexpr std::size_t kEnumCount<DeviceRole> = 3;

inline constexpr double kMostCores = 1e5;

template <class Visitor>
void describe(Throughput& self, Visitor& field) {
  field(
      self.conv_first_gmac_per_s,
      {.key = "conv_first_gmac_per_s", .doc = "First convolution.", .above = 0, .required = true});
  field(self.conv_kxk_gmac_per_s,
        {.key = "conv_kxk_gmac_per_s", .doc = "k x k convolutions.", .above = 0, .required = true});
  field(self.conv_1x1_gmac_per_s,
        {.key = "conv_1x1_gmac_per_s", .doc = "1 x 1 convolutions.", .above = 0, .required = true});
  field(
      self.dwconv_gmac_per_s,
      {.key = "dwconv_gmac_per_s", .doc = "Depthwise convolutions.", .above = 0, .required = true});
  field(self.fc_gmac_per_s,
        {.key = "fc_gmac_per_s", .doc = "Fully connected layers.", .above = 0, .required = true});
  field(self.rc_gmac_per_s, {.key = "rc_gmac_per_s",
                             .doc = "Recurrent (attention) layers.",
                             .above = 0,
                             .required = true});
  field(self.memory_gb_per_s,
        {.key = "memory_gb_per_s", .doc = "Memory bandwidth.", .above = 0, .required = true});
  field(self.op_us,
        {.key = "op_us", .doc = "Fixed cost of one layer.", .min = 0, .required = true});
  field(self.activation_bytes_per_element, {.key = "activation_bytes_per_element",
                                            .doc = "Bytes per activation, as the fit counted them.",
                                            .above = 0,
                                            .required = true,
                                            .meta = true});
  field(self.held_out_error_ratio, {.key = "held_out_error_ratio",
                                    .doc = "Error of the fit on networks that it did not see.",
                                    .min = 0,
                                    .meta = true});
  describe(self.from, field);
}

template <class Visitor>
void describe(LatencyRow& self, Visitor& field) {
  field(self.soc, {.key = "soc", .doc = "Column soc.", .required = true});
  field(self.processor, {.key = "processor", .doc = "Column processor.", .required = true});
  field(self.precision, {.key = "precision", .doc = "Column precision.", .required = true});
  CellText threads{self.threads};
  field(threads, {.key = "threads", .doc = "Column threads.", .required = true});
  field(self.network, {.key = "network", .doc = "Column network.", .required = true});
}

template <class Visitor>
void describe(NetworkLatency& self, Visitor& field) {
  field(self.latency_ms, {.key = "latency_ms",
                          .doc = "Whole inference at the highest frequency; anchors the layers.",
                          .above = 0});
  field(self.layers_ms, {.key = "layers_ms",
                         .doc = "Each layer, in file order; used instead of the throughput.",
                         .min = 0,
                         .omit_empty = true});
  field(self.error_ratio,
        {.key = "error_ratio", .doc = "Error that the derivation states.", .min = 0, .meta = true});
  field(self.row, {.key = "row", .doc = "The row of the published tables that is quoted."});
  describe(self.from, field);
}

template <class Visitor>
void describe(LatencyProfile& self, Visitor& field) {
  field(self.precision,
        {.key = "precision", .doc = "Precision of the arithmetic.", .required = true});
  field(self.throughput, {.key = "throughput", .doc = "Speed by layer kind.", .required = true});
  field(self.dispatch_ms, {.key = "dispatch_ms",
                           .doc = "Host CPU time once per inference.",
                           .min = 0,
                           .max = kLongestFigureMs,
                           .required = true});
  field(self.fitted_scales,
        {.key = "fitted_scales",
         .doc = "How many scales were fitted on the networks measured in this row; 0: they come "
                "from elsewhere.",
         .min = 0,
         .max = 2,
         .meta = true});
  field(self.scale, {.key = "scale",
                     .doc = "Factor on all layers but k x k convolutions, for networks without a "
                            "measurement.",
                     .above = 0,
                     .required = true});
  field(self.scale_conv_kxk, {.key = "scale_conv_kxk",
                              .doc = "The same for k x k convolutions and the first one.",
                              .above = 0,
                              .required = true});
  field(self.networks,
        {.key = "networks", .doc = "The networks that run here, by name.", .required = true});
}

struct PeakPowerFields {  // the object "peak_power"
  Figure& paper;
  Figure& measured;
};

template <class Visitor>
void describe(PeakPowerFields& self, Visitor& field) {
  field(self.paper, {.key = "paper",
                     .doc = "In W, from the AutoScale paper's device table.",
                     .above = 0,
                     .max = kMostWatts,
                     .required = true});
  field(self.measured, {.key = "measured",
                        .doc = "In W, the sum of measured cores.",
                        .above = 0,
                        .max = kMostWatts,
                        .required = true});
}

struct BasePowerFields {  // the object "power"
  Figure& suspend_w;
  Figure& awake_w;
};

template <class Visitor>
void describe(BasePowerFields& self, Visitor& field) {
  field(self.suspend_w, {.key = "suspend_w",
                         .doc = "Power when nothing runs.",
                         .min = 0,
                         .max = kMostWatts,
                         .required = true});
  field(self.awake_w, {.key = "awake_w",
                       .doc = "Power when a request is in flight and the processors are idle.",
                       .min = 0,
                       .max = kMostWatts,
                       .required = true});
}

template <class Visitor>
void describe_power(ProcessorProfile& self, Visitor& field) {
  field(self.frequency_mhz, {.key = "frequency",
                             .doc = "V/F steps, ascending; latencies hold for the last one.",
                             .above = 0,
                             .required = true,
                             .values_key = "mhz"});
  field(self.busy_power_ratio, {.key = "busy_power",
                                .doc = "Busy power per step, relative to the last one.",
                                .above = 0,
                                .max = 1,
                                .required = true,
                                .values_key = "ratio"});
  PeakPowerFields peak{self.peak_power_paper_w, self.peak_power_measured_w};
  field(peak, {.key = "peak_power", .doc = "Busy power at the last step.", .required = true});
  field(self.idle_power_w, {.key = "idle_power_w",
                            .doc = "Power while waiting.",
                            .min = 0,
                            .max = kMostWatts,
                            .required = true});
}

template <class Visitor>
void describe(ProcessorProfile& self, Visitor& field) {
  field(self.name,
        {.key = "name", .doc = "Unique in the device.", .required = true, .min_items = 1});
  field(self.kind, {.key = "kind", .doc = "cpu, gpu or dsp.", .required = true});
  field(self.title,
        {.key = "title", .doc = "As people name it.", .required = true, .min_items = 1});
  field(self.cores, {.key = "cores",
                     .doc = "Cores that co-runners share.",
                     .min = 1,
                     .max = kMostCores,
                     .required = true});
  field(self.threads, {.key = "threads",
                       .doc = "Threads of one inference.",
                       .min = 1,
                       .max = kMostCores,
                       .required = true});
  field(self.servers,
        {.key = "servers", .doc = "Inferences served at a time.", .min = 1, .max = kMostCores});
  describe_power(self, field);
  field(self.memory_sensitivity_ratio, {.key = "memory_sensitivity_ratio",
                                        .doc = "kappa: slowdown 1/(1 - kappa m) under memory "
                                               "load m.",
                                        .min = 0,
                                        .max = 0.99,
                                        .required = true});
  field(self.noise_sigma_ratio, {.key = "noise_sigma_ratio",
                                 .doc = "Sigma of the log-normal service noise.",
                                 .min = 0,
                                 .max = 1,
                                 .required = true});
  field(
      self.latency,
      {.key = "latency", .doc = "What it runs, per precision.", .required = true, .min_items = 1});
}

template <class Visitor>
void describe(DeviceProfile& self, Visitor& field) {
  field(self.name,
        {.key = "name", .doc = "As scenarios name it.", .required = true, .min_items = 1});
  field(self.title,
        {.key = "title", .doc = "As people name it.", .required = true, .min_items = 1});
  field(
      self.soc,
      {.key = "soc", .doc = "System on a chip, or server type.", .required = true, .min_items = 1});
  field(self.role, {.key = "role", .doc = "phone, edge_peer or cloud.", .required = true});
  field(self.source, {.key = "source",
                      .doc = "Where the figures come from, in short.",
                      .required = true,
                      .min_items = 1});
  BasePowerFields power{self.suspend_w, self.awake_w};
  field(power, {.key = "power", .doc = "Power of the rest of a phone (required for one)."});
  field(self.offload_dispatch_ms,
        {.key = "offload_dispatch_ms",
         .doc = "Host CPU time to prepare an upload (required for a phone).",
         .min = 0,
         .max = kLongestFigureMs});
  field(self.wan_rtt_ms, {.key = "wan_rtt_ms",
                          .doc = "Wide-area round trip (required for a cloud).",
                          .min = 0,
                          .max = kLongestFigureMs});
  field(self.thermal, {.key = "thermal",
                       .doc = "How a phone warms and throttles (a scenario's /thermal needs it)."});
  field(self.battery, {.key = "battery", .doc = "A phone's battery."});
  field(self.handover, {.key = "handover",
                        .doc = "What handing tensors over between a phone's processors costs "
                               "(policy mosaic needs it)."});
  field(self.processors,
        {.key = "processors", .doc = "Its processors.", .required = true, .min_items = 1});
}

void validate(const NetworkLatency& latency, const Place& place);
void validate(const LatencyProfile& profile, const Place& place);
void validate(const ProcessorProfile& processor, const Place& place);
void validate(const ThrottlingStep& step, const Place& place);
void validate(const ThermalProfile& thermal, const Place& place);
void validate(const BasePowerFields& power, const Place& place);
void validate(const DeviceProfile& device, const Place& place);

}  // namespace autoscale
