// The exogenous world of one run: signal of each link and co-runner load over time, already resolved to
// rates, powers and slowdowns, so that the loop does no table look-ups.
#pragma once

#include <array>

#include "sim/base/units.h"
#include "sim/model/device.h"
#include "sim/model/interference.h"
#include "sim/model/radio.h"
#include "sim/workload/timeline.h"
#include "sim/workload/timeline_integral.h"

namespace autoscale {

struct LinkConditions {
  double rssi_dbm = 0.0;
  double uplink_mbps = 0.0;  // 0: nothing gets through
  double downlink_mbps = 0.0;
  double tx_w = 0.0;  // over the radio's idle power
  double rx_w = 0.0;
};

struct LoadConditions {
  Load load;
  double phi_cpu = 1.0;   // inference threads on the phone's CPU cluster
  double phi_host = 1.0;  // one dispatch thread on it
  std::array<double, kProcessorKinds> phi_memory{1.0, 1.0, 1.0};
};

struct Environment {
  Timeline<LoadConditions> load;
  std::array<Timeline<LinkConditions>, kLinks> links;  // empty: the phone has no such link
  Timeline<LinkId> cloud_link{LinkId::kWifi};          // the link in use to the cloud
  // Of the co-runner's power share, in ms: beside no inference and beside one on the CPU. Empty: of a
  // course so short that it is added up by segments.
  std::array<TimelineIntegral, 2> co_runner_ms;
};

// All of it at one instant.
struct Conditions {
  LoadConditions load;
  std::array<LinkConditions, kLinks> links{};
  LinkId cloud_link = LinkId::kWifi;
};

// Resolves a signal level against a radio's tables.
LinkConditions resolve_link(const RadioProfile& radio, Dbm level);

}  // namespace autoscale
