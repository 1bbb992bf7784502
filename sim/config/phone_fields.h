// Fields of models/devices/*.json that only a phone has: heat, battery, hand-over between its processors.
#pragma once

#include "sim/config/field.h"
#include "sim/config/place.h"
#include "sim/config/provenance_fields.h"
#include "sim/model/device.h"
#include "sim/model/thermal.h"

namespace autoscale {

template <class Visitor>
void describe(ThrottlingStep& self, Visitor& field) {
  field(self.at_c, {.key = "at_c",
                    .doc = "The step is entered at this temperature.",
                    .min = kColdestC,
                    .max = kHottestC,
                    .required = true});
  field(self.cpu_mhz, {.key = "cpu_mhz", .doc = "Highest frequency of the CPU.", .above = 0});
  field(self.gpu_mhz, {.key = "gpu_mhz", .doc = "Highest frequency of the GPU.", .above = 0});
  field(self.dsp_mhz, {.key = "dsp_mhz", .doc = "Highest frequency of the DSP.", .above = 0});
  describe(self.from, field);
}

template <class Visitor>
void describe(ThermalProfile& self, Visitor& field) {
  field(self.resistance_k_per_w,
        {.key = "resistance_k_per_w",
         .doc = "Warming of the sensor over the surroundings per W, in the long run.",
         .above = 0,
         .max = 1e3,
         .required = true});
  field(self.time_constant_s, {.key = "time_constant_s",
                               .doc = "In which it gets to within 1/e of that.",
                               .min = 1e-3,
                               .max = 1e6,
                               .required = true});
  field(self.hysteresis_k, {.key = "hysteresis_k",
                            .doc = "A throttling step is left this far below its temperature.",
                            .min = 0,
                            .max = 100,
                            .required = true});
  field(self.throttling,
        {.key = "throttling",
         .doc = "Caps by temperature, ascending. A processor that a step does not name keeps the "
                "cap of the step before.",
         .required = true,
         .min_items = 1});
}

template <class Visitor>
void describe(BatteryProfile& self, Visitor& field) {
  field(self.capacity_mah, {.key = "capacity_mah",
                            .doc = "Charge of the full battery, in mAh.",
                            .above = 0,
                            .max = 1e9,
                            .required = true});
  field(self.voltage_v, {.key = "voltage_v",
                         .doc = "Nominal voltage of the cell.",
                         .above = 0,
                         .max = 1e3,
                         .required = true});
}

template <class Visitor>
void describe(HandoverProfile& self, Visitor& field) {
  field(self.gpu_ms, {.key = "gpu_ms",
                      .doc = "Host CPU time of a hand-over to or from the GPU, whatever its size.",
                      .min = 0,
                      .max = kLongestFigureMs,
                      .required = true});
  field(self.dsp_ms, {.key = "dsp_ms",
                      .doc = "The same of the DSP; of no account where there is none.",
                      .min = 0,
                      .max = kLongestFigureMs,
                      .required = true});
  field(self.copy_gb_per_s,
        {.key = "copy_gb_per_s",
         .doc = "Rate at which a tensor is copied: bytes read and bytes written, together.",
         .min = 1e-3,
         .max = 1e6,
         .required = true});
}

}  // namespace autoscale
