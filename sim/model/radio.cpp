#include "sim/model/radio.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "sim/base/check.h"

namespace autoscale {

double SignalTable::at(Dbm level) const {
  AUTOSCALE_CHECK(!dbm.empty() && dbm.size() == values.size(), "a signal table needs its points");
  if (level.value <= dbm.front()) return values.front();
  if (level.value >= dbm.back()) return values.back();
  const auto above = std::upper_bound(dbm.begin(), dbm.end(), level.value);
  const auto i = static_cast<std::size_t>(above - dbm.begin());
  const double fraction = (level.value - dbm[i - 1]) / (dbm[i] - dbm[i - 1]);
  return std::lerp(values[i - 1], values[i], fraction);
}

const char* to_string(SignalKind k) {
  switch (k) {
    case SignalKind::kRssi: return "rssi";
    case SignalKind::kRsrp: return "rsrp";
  }
  return "";
}

const char* to_string(LinkId l) {
  switch (l) {
    case LinkId::kWifi: return "wifi";
    case LinkId::kWifiDirect: return "wifi_direct";
    case LinkId::kLte: return "lte";
  }
  return "";
}

}  // namespace autoscale
