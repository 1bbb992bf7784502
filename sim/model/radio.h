// Radio profiles (configs/radios/*.json): goodput and power as tables over signal strength.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/base/provenance.h"
#include "sim/base/units.h"

namespace autoscale {

// A table over signal level: linear inside, clamped outside. Levels ascend strictly.
struct SignalTable {
  std::vector<double> dbm;
  std::vector<double> values;  // Mbit/s or W
  Provenance from;

  [[nodiscard]] double at(Dbm level) const;
};

enum class SignalKind : std::uint8_t { kRssi, kRsrp };
const char* to_string(SignalKind k);

struct RadioProfile {
  std::string name;
  std::string title;
  std::string source;
  SignalKind signal = SignalKind::kRssi;
  SignalTable uplink_mbps;
  SignalTable downlink_mbps;
  SignalTable tx_power_w;
  SignalTable rx_power_w;
  Figure idle_w;
  Figure tail_ms;
  Figure tail_w;
  Figure promotion_ms;
  Figure promotion_w;
  Figure rtt_ms;
  Figure weak_below_dbm;
};

// The slots of a phone's links; also the energy component of each.
enum class LinkId : std::uint8_t { kWifi, kWifiDirect, kLte };
inline constexpr int kLinks = 3;
const char* to_string(LinkId l);

}  // namespace autoscale
