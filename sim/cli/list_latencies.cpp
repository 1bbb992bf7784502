// Every latency of every profile: what was published, what the profile makes of it, and what it would have
// said had the network not been measured.
#include <algorithm>
#include <cmath>

#include "sim/cli/listing.h"
#include "sim/config/load_model.h"
#include "sim/model/left_out.h"

namespace autoscale {
namespace {

double rounded(double ms) { return std::round(ms * 1e4) / 1e4; }
double percent(double ratio) { return std::round(ratio * 1e3) / 10.0; }

const ListedValue nothing{std::string{}};

ListedValue published(const NetworkLatency& entry) {
  if (entry.from.quality != Quality::kMeasured || !entry.latency_ms) return nothing;
  return *entry.latency_ms;
}

}  // namespace

Listing list_latencies(const DataPath& data) {
  Listing listing{"device",
                  "processor",
                  "precision",
                  "network",
                  "profile_ms",
                  "quality",
                  "published_ms",
                  "left_out_ms",
                  "left_out_error_percent",
                  "stated_error_percent",
                  "source"};
  std::map<std::string, Network> networks;
  for (const std::string& name : data.available(DataKind::kNetwork))
    networks.emplace(name, load_network(data, name));
  for (const std::string& name : data.available(DataKind::kDevice)) {
    const DeviceProfile device = load_device(data, name);
    for (const ProcessorProfile& p : device.processors) {
      for (const LatencyProfile& l : p.latency) {
        const std::vector<LeftOut> left_out = leave_one_out(l, networks);
        for (const auto& [network, entry] : l.networks) {
          const auto known = networks.find(network);
          if (known == networks.end()) continue;
          const auto out = std::ranges::find(left_out, network, &LeftOut::network);
          const bool predicted = out != left_out.end() && out->predicted_ms;
          listing.add(
              {device.name, p.name, std::string(to_string(l.precision)), network,
               rounded(
                   layer_costs(known->second, execution_order(known->second), l, entry).total_ms()),
               std::string(to_string(entry.from.quality)), published(entry),
               predicted ? ListedValue{rounded(*out->predicted_ms)} : nothing,
               predicted ? ListedValue{percent(*out->predicted_ms / out->measured_ms - 1.0)}
                         : nothing,
               entry.error_ratio ? ListedValue{percent(*entry.error_ratio)} : nothing,
               entry.from.source});
        }
      }
    }
  }
  return listing;
}

}  // namespace autoscale
