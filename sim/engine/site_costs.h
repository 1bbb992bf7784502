// What a phone and its radios draw, from their profiles.
#pragma once

#include "sim/engine/cost_table.h"
#include "sim/model/device.h"
#include "sim/model/radio.h"

namespace autoscale {

// Busy power of a processor at its top step, in W: the paper's device table, or what measured cores add up to.
double peak_w(const ProcessorProfile& p, PowerScale scale);

PhoneCost phone_cost(const DeviceProfile& phone, PowerScale scale);

RadioCost radio_cost(const RadioProfile& radio);

}  // namespace autoscale
