#include "sim/engine/environment.h"

namespace autoscale {

LinkConditions resolve_link(const RadioProfile& radio, Dbm level) {
  LinkConditions c;
  c.rssi_dbm = level.value;
  c.uplink_mbps = radio.uplink_mbps.at(level);
  c.downlink_mbps = radio.downlink_mbps.at(level);
  c.tx_w = radio.tx_power_w.at(level) - radio.idle_w.value;
  c.rx_w = radio.rx_power_w.at(level) - radio.idle_w.value;
  return c;
}

}  // namespace autoscale
