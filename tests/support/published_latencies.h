// The table of published latencies that profiles cite, where it lies beside the source tree.
#pragma once

#include <string>
#include <vector>

#include "sim/model/device.h"

namespace autoscale::test {

struct PublishedLatency {
  LatencyRow key;
  double latency_ms = 0.0;
};

// Empty when the table is not there.
std::vector<PublishedLatency> published_latencies();

// |ms - row| / row of the nearest row with this key; infinity when there is none.
double nearest_relative_error(const std::vector<PublishedLatency>& rows, const LatencyRow& key,
                              double ms);

}  // namespace autoscale::test
