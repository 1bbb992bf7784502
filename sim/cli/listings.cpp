#include <array>
#include <cmath>
#include <optional>

#include <fmt/format.h>

#include "sim/cli/listing.h"
#include "sim/config/figures.h"
#include "sim/config/load_model.h"
#include "sim/config/load_scenario.h"
#include "sim/engine/target_list.h"
#include "sim/policies/registry.h"
#include "sim/report/metrics.h"
#include "sim/sweep/plan.h"
#include "sim/traces/trace_file.h"

namespace autoscale {
namespace {

constexpr std::string_view word(PolicyKind kind) {
  switch (kind) {
    case PolicyKind::kRule: return "rule";
    case PolicyKind::kLearner: return "learner";
    case PolicyKind::kOracle: return "oracle";
  }
  return "";
}

// Percent of a profile's figures that are measured, derived and assumed.
struct QualityPercent {
  double measured = 0.0;
  double derived = 0.0;
  double assumed = 0.0;
};

QualityPercent quality_of(const std::vector<SourcedFigure>& figures) {
  std::array<double, 3> counts{};
  for (const SourcedFigure& f : figures) ++counts[static_cast<std::size_t>(f.quality)];
  const auto percent = [&](Quality q) {
    if (figures.empty()) return 0.0;
    const double share = counts[static_cast<std::size_t>(q)] / static_cast<double>(figures.size());
    return std::round(1000.0 * share) / 10.0;
  };
  return {percent(Quality::kMeasured), percent(Quality::kDerived), percent(Quality::kAssumed)};
}

// "cpu 23 steps fp32, int8"
std::vector<std::string> processors_of(const DeviceProfile& device) {
  std::vector<std::string> texts;
  for (const ProcessorProfile& p : device.processors) {
    std::vector<std::string_view> precisions;
    for (const LatencyProfile& l : p.latency) precisions.emplace_back(to_string(l.precision));
    const std::size_t steps = p.frequency_mhz.values.size();
    texts.push_back(fmt::format("{} {} ({} step{})", to_string(p.kind), fmt::join(precisions, "+"),
                                steps, steps == 1 ? "" : "s"));
  }
  return texts;
}

double millions(double count) { return std::round(count * 1e-4) / 100.0; }

}  // namespace

Listing list_policies() {
  Listing listing{"name", "kind", "doc", "fields"};
  for (const PolicyEntry& p : registered_policies()) {
    listing.add({p.name, std::string(word(p.kind)), p.doc, p.keys});
  }
  return listing;
}

Listing list_metrics() {
  Listing listing{"name", "unit", "better", "doc"};
  for (const Metric& m : metrics()) {
    listing.add({std::string(m.name), std::string(m.unit), std::string(to_string(m.better)),
                 std::string(m.doc)});
  }
  return listing;
}

Listing list_devices(const DataPath& data) {
  std::vector<DeviceProfile> devices;
  for (const std::string& name : data.available(DataKind::kDevice)) {
    devices.push_back(load_device(data, name));
  }
  // A phone is counted with the first edge peer and the first cloud beside it.
  ScenarioInputs beside;
  for (const DeviceProfile& d : devices) {
    if (d.role == DeviceRole::kEdgePeer && !beside.edge_peer) beside.edge_peer = d;
    if (d.role == DeviceRole::kCloud && !beside.cloud) beside.cloud = d;
  }
  Listing listing{"name",
                  "role",
                  "targets",
                  "targets_with_peers",
                  "measured_percent",
                  "derived_percent",
                  "assumed_percent",
                  "soc",
                  "processors"};
  for (const DeviceProfile& d : devices) {
    ScenarioInputs alone;
    (d.role == DeviceRole::kPhone ? alone.device : alone.cloud.emplace()) = d;
    const auto own = static_cast<double>(enumerate_targets(alone).size());
    double with_peers = own;
    if (d.role == DeviceRole::kPhone) {
      beside.device = d;
      with_peers = static_cast<double>(enumerate_targets(beside).size());
    }
    const QualityPercent quality = quality_of(sourced_figures(d));
    listing.add({d.name, std::string(to_string(d.role)), own, with_peers, quality.measured,
                 quality.derived, quality.assumed, d.soc, processors_of(d)});
  }
  return listing;
}

Listing list_networks(const DataPath& data) {
  Listing listing{"name",   "layers", "macs_millions", "params_millions", "fp32_accuracy_percent",
                  "metric", "title"};
  for (const std::string& name : data.available(DataKind::kNetwork)) {
    const Network n = load_network(data, name);
    const AccuracyFigure* fp32 = n.find_accuracy(Precision::kFp32, "float");
    listing.add({n.name, static_cast<double>(n.layers.size()), millions(n.total_macs()),
                 millions(n.total_params()), fp32 == nullptr ? 0.0 : fp32->percent,
                 fp32 == nullptr ? "" : fp32->metric, n.title});
  }
  return listing;
}

Listing list_radios(const DataPath& data) {
  Listing listing{"name",
                  "signal",
                  "from_dbm",
                  "to_dbm",
                  "measured_percent",
                  "derived_percent",
                  "assumed_percent",
                  "title"};
  for (const std::string& name : data.available(DataKind::kRadio)) {
    const RadioProfile r = load_radio(data, name);
    const QualityPercent quality = quality_of(sourced_figures(r));
    listing.add({r.name, std::string(to_string(r.signal)), r.uplink_mbps.dbm.front(),
                 r.uplink_mbps.dbm.back(), quality.measured, quality.derived, quality.assumed,
                 r.title});
  }
  return listing;
}

Listing list_scenarios(const DataPath& data) {
  Listing listing{"name", "device", "networks", "policies", "replications", "title"};
  for (const std::string& name : data.available(DataKind::kScenario)) {
    Diagnostics problems;
    const auto file = data.resolve(DataKind::kScenario, name, Place{"", "", &problems});
    if (!file) continue;
    const std::optional<Scenario> s = load_scenario(*file, {}, data, problems);
    if (!s) {
      listing.add({name, "", "", "", "", fmt::format("(invalid: autoscale-sim check {})", name)});
      continue;
    }
    listing.add({name, s->device, static_cast<double>(s->workload.size()),
                 static_cast<double>(s->policies.size()), static_cast<double>(s->replications),
                 s->title});
  }
  return listing;
}

Listing list_sweeps(const DataPath& data) {
  Listing listing{"name", "scenarios", "combinations", "policies", "title"};
  for (const std::string& name : data.available(DataKind::kSweep)) {
    Diagnostics problems;
    const std::optional<SweepSpec> sweep = load_sweep(name, {}, data, problems);
    if (!sweep) {
      listing.add(
          {name, "", "", "", fmt::format("(invalid: autoscale-sim sweep {} --dry-run)", name)});
      continue;
    }
    listing.add({name, static_cast<double>(sweep->scenarios.size()),
                 static_cast<double>(SweepPlan(*sweep).combinations()),
                 static_cast<double>(sweep->policies.size()), sweep->title});
  }
  return listing;
}

Listing list_traces(const DataPath& data) {
  Listing listing{"name", "columns", "samples", "duration_s", "title"};
  Diagnostics problems;
  for (const std::string& name : data.available(DataKind::kTrace)) {
    const auto file = data.resolve(DataKind::kTrace, name, Place{"", "", &problems});
    if (!file) continue;
    const std::optional<Trace> trace = read_trace_file(*file, problems);
    if (!trace) continue;
    std::vector<std::string> columns;
    for (const TraceSeries& s : trace->series) columns.emplace_back(to_string(s.column));
    listing.add({name, std::move(columns), static_cast<double>(trace->samples()),
                 static_cast<double>(trace->duration_ns()) * 1e-9,
                 trace->notes.empty() ? "" : trace->notes.front()});
  }
  problems.throw_if_any();
  return listing;
}

}  // namespace autoscale
