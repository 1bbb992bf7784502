// Every latency of every profile: what was published, what the profile makes of it, and what the layer model
// alone would have said.
#include <cmath>

#include "sim/cli/listing.h"
#include "sim/config/load_model.h"
#include "sim/model/latency_model.h"

namespace autoscale {
namespace {

double rounded(double ms) { return std::round(ms * 1e4) / 1e4; }
double percent(double ratio) { return std::round(ratio * 1e3) / 10.0; }

ListedValue published(const NetworkLatency& entry) {
  if (entry.from.quality != Quality::kMeasured || !entry.latency_ms) return std::string{};
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
                  "layer_model_ms",
                  "layer_model_error_percent",
                  "stated_error_percent",
                  "source"};
  std::map<std::string, Network> networks;
  for (const std::string& name : data.available(DataKind::kNetwork))
    networks.emplace(name, load_network(data, name));
  for (const std::string& name : data.available(DataKind::kDevice)) {
    const DeviceProfile device = load_device(data, name);
    for (const ProcessorProfile& p : device.processors) {
      for (const LatencyProfile& l : p.latency) {
        for (const auto& [network, entry] : l.networks) {
          const auto known = networks.find(network);
          if (known == networks.end()) continue;
          NetworkLatency unanchored = entry;
          unanchored.latency_ms.reset();
          const double profile = layer_costs(known->second, l, entry).total_ms();
          const double model = layer_costs(known->second, l, unanchored).total_ms();
          listing.add({device.name, p.name, std::string(to_string(l.precision)), network,
                       rounded(profile), std::string(to_string(entry.from.quality)),
                       published(entry), rounded(model),
                       entry.latency_ms ? ListedValue{percent(model / profile - 1.0)}
                                        : ListedValue{std::string{}},
                       entry.error_ratio ? ListedValue{percent(*entry.error_ratio)}
                                         : ListedValue{std::string{}},
                       entry.from.source});
        }
      }
    }
  }
  return listing;
}

}  // namespace autoscale
