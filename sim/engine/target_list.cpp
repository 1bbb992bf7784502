#include "sim/engine/target_list.h"

#include <utility>

#include <fmt/format.h>

namespace autoscale {
namespace {

void append_targets(const DeviceProfile& device, Site site, std::vector<TargetSource>& out) {
  for (const ProcessorProfile& p : device.processors) {
    const auto& mhz = p.frequency_mhz.values;
    std::vector<std::string> step_names;
    step_names.reserve(mhz.size());
    for (const double f : mhz) step_names.push_back(fmt::format("@{}MHz", f));
    for (const LatencyProfile& l : p.latency) {
      const std::size_t first =
          site == Site::kPhone ? 0 : mhz.size() - 1;  // remote: highest step only
      const std::string place =
          fmt::format("{}{}/{}", site == Site::kPhone ? "" : fmt::format("{}:", to_string(site)),
                      to_string(p.kind), to_string(l.precision));
      for (std::size_t s = first; s < mhz.size(); ++s) {
        Target t;
        t.site = site;
        t.processor = p.kind;
        t.precision = l.precision;
        t.step = static_cast<int>(s - first);
        t.steps = static_cast<int>(mhz.size() - first);
        t.frequency = Megahertz{mhz[s]};
        t.frequency_ratio = mhz[s] / mhz.back();
        t.place = place;
        t.name = t.steps > 1 ? place + step_names[s] : place;
        out.push_back({std::move(t), &p, &l});
      }
    }
  }
}

}  // namespace

std::vector<TargetSource> enumerate_targets(const ScenarioInputs& inputs) {
  std::vector<TargetSource> targets;
  append_targets(inputs.device, Site::kPhone, targets);
  if (inputs.edge_peer) append_targets(*inputs.edge_peer, Site::kEdgePeer, targets);
  if (inputs.cloud) append_targets(*inputs.cloud, Site::kCloud, targets);
  return targets;
}

}  // namespace autoscale
