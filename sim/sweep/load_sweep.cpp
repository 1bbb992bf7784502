#include <algorithm>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "sim/config/json_file.h"
#include "sim/config/overrides.h"
#include "sim/config/reader.h"
#include "sim/config/sweep_fields.h"
#include "sim/report/metrics.h"
#include "sim/sweep/plan.h"

namespace autoscale {
namespace {

std::vector<std::string> metric_names() {
  std::vector<std::string> names;
  for (const Metric& metric : metrics()) names.emplace_back(metric.name);
  return names;
}

// What only the metrics can tell: their names are columns of the results.
void check_metrics(const SweepSpec& sweep, const Place& place) {
  const std::vector<std::string> names = metric_names();
  if (sweep.stopping && std::ranges::find(names, sweep.stopping->metric) == names.end()) {
    place.child("stopping")
        .child("metric")
        .error(fmt::format("there is no metric \"{}\"", sweep.stopping->metric),
               suggestion(sweep.stopping->metric, names, "metrics"));
  }
  for (const Axis& axis : axes_of(sweep)) {
    for (const Column& column : axis.columns) {
      const bool taken = std::ranges::any_of(names, [&](const std::string& name) {
        return column.name == name || column.name == name + "_ci95";
      });
      if (!taken) continue;
      Place at = place;
      at.pointer = column.place + "/name";
      at.error(fmt::format("\"{}\" is the name of a metric's column", column.name),
               "give the axis another \"name\"");
    }
  }
}

}  // namespace

std::optional<SweepSpec> load_sweep(const std::string& name,
                                    const std::vector<std::string>& overrides, const DataPath& data,
                                    Diagnostics& diagnostics) {
  const std::size_t before = diagnostics.list().size();
  const auto file = data.resolve(DataKind::kSweep, name, Place{"", "", &diagnostics});
  if (!file) return std::nullopt;
  std::optional<JsonDocument> document = load_json_file(*file, diagnostics);
  if (!document) return std::nullopt;
  const auto applied = apply_overrides(document->root(), overrides, diagnostics);
  Diagnostics found;
  const Place place{file->string(), "", &found};
  SweepSpec sweep;
  read_json(document->root(), sweep, place);
  if (found.empty()) check_metrics(sweep, place);
  blame_overrides(found, applied, diagnostics);
  if (diagnostics.list().size() != before) return std::nullopt;
  sweep.file = file->string();
  return sweep;
}

}  // namespace autoscale
