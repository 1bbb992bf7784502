// The four equations by which AutoScale estimates the energy of one inference (paper.md section 3.1;
// policies.md 6.1). `energy_model: paper` reports exactly these.
#pragma once

#include "sim/base/units.h"

namespace autoscale {

// (1), (2) CPU and GPU: busy power at the chosen V/F step while busy, the phone's idle power otherwise.
constexpr Millijoules busy_idle_energy(Watts busy, Millis busy_time, Watts idle, Millis idle_time) {
  return busy * busy_time + idle * idle_time;
}

// (3) DSP: a constant power over the whole latency.
constexpr Millijoules dsp_energy(Watts dsp, Millis latency) { return dsp * latency; }

// (4) Offloading: radio power while sending and receiving, idle power for the rest of the latency.
constexpr Millijoules offload_energy(Millijoules sent, Millijoules received, Watts idle,
                                     Millis latency, Millis tx_time, Millis rx_time) {
  return sent + received + idle * (latency - tx_time - rx_time);
}

}  // namespace autoscale
