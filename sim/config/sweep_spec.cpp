// Relations between the fields of a sweep file.
#include "sim/config/sweep_spec.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "sim/config/json_file.h"
#include "sim/config/reader.h"
#include "sim/config/schema.h"
#include "sim/config/sweep_fields.h"
#include "sim/config/writer.h"

namespace autoscale {
namespace {

// What identifies a row beside the columns of the axes; metrics are checked where they are known.
constexpr std::array<std::string_view, 7> kKeyColumns{
    "point", "scenario", "device", "policy", "network", "replication", "replications"};

struct NamedPointer {
  std::string name;  // of its column; empty: of /set
  std::string pointer;
  Place place;
};

void check_pointer(const std::string& pointer, const Place& place) {
  const auto depth = std::ranges::count(pointer, '/');
  if (pointer.empty()) {
    place.error("is required", "a JSON pointer into the scenario, such as /workload/0/qos_ms");
  } else if (pointer.front() != '/' || pointer.ends_with("/-")) {
    place.error(fmt::format("\"{}\" points to no value of a scenario", pointer),
                "write it as /workload/0/qos_ms");
  } else if (static_cast<std::size_t>(depth) > kDeepestNesting) {
    place.error(fmt::format("nests deeper than {} levels", kDeepestNesting));
  } else if (pointer == "/seed" || pointer == "/replications") {
    place.error(fmt::format("{} is a key of the sweep itself, the same in every point", pointer),
                "more seeds are more replications");
  }
}

void check_column(const std::string& name, const std::string& pointer, const Place& place) {
  check_pointer(pointer, place.child("pointer"));
  const std::string column = column_name(name, pointer);
  if (std::ranges::find(kKeyColumns, column) == kKeyColumns.end()) return;
  place.child("name").error(fmt::format("results have a column \"{}\" already", column),
                            "give the axis another \"name\"");
}

std::size_t size_of(const ValuesSpec& values) {
  if (values.linspace) return static_cast<std::size_t>(values.linspace->count);
  if (values.logspace) return static_cast<std::size_t>(values.logspace->count);
  return values.list.size();
}

std::size_t size_of(const AxisSpec& axis) {
  if (!axis.zip.empty()) return size_of(axis.zip.front());
  if (axis.latin_hypercube) return static_cast<std::size_t>(axis.latin_hypercube->count);
  if (axis.sobol) return static_cast<std::size_t>(axis.sobol->count);
  return size_of(axis.values);
}

void check_above_zero(double from, double to, const Place& place) {
  if (from <= 0.0 || to <= 0.0) place.error("equal ratios need both ends above 0");
}

void check_zip(const std::vector<ValuesSpec>& zip, const Place& place) {
  for (std::size_t i = 1; i < zip.size(); ++i) {
    if (size_of(zip[i]) == size_of(zip[0])) continue;
    place.child(i).error(
        fmt::format("has {} values, but /zip/0 has {}", size_of(zip[i]), size_of(zip[0])),
        "columns that move together are of one length");
  }
}

std::vector<NamedPointer> columns_of(const SweepSpec& sweep, const Place& place) {
  std::vector<NamedPointer> columns;
  const auto add = [&](const auto& column, const Place& at) {
    columns.push_back({column_name(column.name, column.pointer), column.pointer, at});
  };
  for (std::size_t a = 0; a < sweep.axes.size(); ++a) {
    const AxisSpec& axis = sweep.axes[a];
    const Place at = place.child("axes").child(a);
    for (std::size_t i = 0; i < axis.zip.size(); ++i) add(axis.zip[i], at.child("zip").child(i));
    const auto add_sample = [&](const std::optional<SampleSpec>& sample, const char* key) {
      for (std::size_t i = 0; sample && i < sample->dimensions.size(); ++i)
        add(sample->dimensions[i], at.child(key).child("dimensions").child(i));
    };
    add_sample(axis.latin_hypercube, "latin_hypercube");
    add_sample(axis.sobol, "sobol");
    if (axis.zip.empty() && !axis.latin_hypercube && !axis.sobol) add(axis.values, at);
  }
  return columns;
}

// Neither twice, nor one inside the other: the order would decide.
void check_overlaps(const std::vector<NamedPointer>& pointers) {
  const auto holds = [](const std::string& outer, const std::string& inner) {
    return inner == outer || inner.starts_with(outer + "/");
  };
  for (std::size_t i = 0; i < pointers.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const NamedPointer& a = pointers[j];
      const NamedPointer& b = pointers[i];
      if (holds(a.pointer, b.pointer) || holds(b.pointer, a.pointer)) {
        b.place.error(fmt::format("{} is set by {} as well", b.pointer, a.place.pointer));
      } else if (!b.name.empty() && a.name == b.name) {
        b.place.error(
            fmt::format("the column of {} is called \"{}\" as well", a.place.pointer, b.name),
            "give one of them a \"name\"");
      }
    }
  }
}

void check_exclusions(const SweepSpec& sweep, const std::vector<NamedPointer>& columns,
                      const Place& place) {
  std::vector<std::string> known{"scenario"};
  for (const NamedPointer& column : columns) known.push_back(column.name);
  for (std::size_t i = 0; i < sweep.exclude.size(); ++i) {
    if (sweep.exclude[i].empty())
      place.child(i).error("has no condition, so nothing would be left");
    for (const auto& [name, condition] : sweep.exclude[i]) {
      if (std::ranges::find(known, name) != known.end()) continue;
      place.child(i).child(name).error("there is no such column",
                                       suggestion(name, known, "columns"));
    }
  }
}

// Lists of names are compared in pairs.
bool check_at_most(std::size_t size, const char* what, const Place& place) {
  constexpr std::size_t kMost = 1'000;
  if (size > kMost) place.error(fmt::format("are {} {}, more than {}", size, what, kMost));
  return size <= kMost;
}

void check_count(const SweepSpec& sweep, const Place& place) {
  std::uint64_t points = sweep.scenarios.size();
  for (const AxisSpec& axis : sweep.axes) {
    points *= std::max<std::size_t>(1, size_of(axis));
    if (points <= kMostPoints) continue;
    place.child("axes").error(
        fmt::format("have more combinations than the {} of the largest sweep", kMostPoints));
    return;
  }
}

}  // namespace

const char* to_string(TableFormat format) { return format == TableFormat::kCsv ? "csv" : "jsonl"; }

std::string column_name(const std::string& name, const std::string& pointer) {
  if (!name.empty()) return name;
  return unescape_pointer(pointer.substr(pointer.rfind('/') + 1));
}

void validate(const SpacedSpec& spaced, const Place& place) {
  if (spaced.from == spaced.to) place.error("begins where it ends", "give \"list\" one value");
}

void validate(const RangeSpec& range, const Place& place) {
  if (range.from >= range.to) place.error(fmt::format("{} is not below {}", range.from, range.to));
}

void validate(const ValuesSpec& values, const Place& place) {
  check_column(values.name, values.pointer, place);
  if (values.logspace)
    check_above_zero(values.logspace->from, values.logspace->to, place.child("logspace"));
}

void validate(const DimensionSpec& dimension, const Place& place) {
  check_column(dimension.name, dimension.pointer, place);
  if (dimension.log_uniform) {
    check_above_zero(dimension.log_uniform->from, dimension.log_uniform->to,
                     place.child("log_uniform"));
  }
  if (!dimension.whole) return;
  for (const double end : {dimension.whole->from, dimension.whole->to}) {
    if (std::trunc(end) != end)
      place.child("whole").error(fmt::format("{} is no whole number", end));
  }
}

void validate(const SampleSpec& sample, const Place& place) {
  constexpr std::size_t kMostNumbers = 10'000'000;  // they are held, unlike those of other axes
  const std::size_t numbers = static_cast<std::size_t>(sample.count) * sample.dimensions.size();
  if (numbers > kMostNumbers) {
    place.error(fmt::format("{} points of {} dimensions are more than {} numbers", sample.count,
                            sample.dimensions.size(), kMostNumbers));
  }
}

void validate(const AxisSpec& axis, const Place& place) {
  if (axis.zip.empty() && !axis.latin_hypercube && !axis.sobol) {
    validate(axis.values, place);
    return;
  }
  if (!axis.values.pointer.empty() || !axis.values.name.empty()) {
    place.error("columns that move together have each its own \"pointer\" and \"name\"",
                "leave these out here");
  }
  check_zip(axis.zip, place.child("zip"));
}

void validate(const ConditionSpec& condition, const Place& place) {
  if (condition.values.empty() && !condition.min && !condition.max)
    place.error("holds always", "give it \"values\", \"min\" or \"max\"");
}

void validate(const SweepSpec& sweep, const Place& place) {
  std::vector<NamedPointer> pointers = columns_of(sweep, place);
  bool few = check_at_most(sweep.scenarios.size(), "scenarios", place.child("scenarios"));
  few = check_at_most(sweep.policies.size(), "policies", place.child("policies")) && few;
  few = check_at_most(pointers.size() + sweep.set.size(), "columns", place.child("axes")) && few;
  if (!few) return;
  refuse_repeats(sweep.scenarios, place.child("scenarios"));
  refuse_repeats(sweep.policies, place.child("policies"));
  check_exclusions(sweep, pointers, place.child("exclude"));
  for (const auto& [pointer, value] : sweep.set) {
    const Place at = place.child("set").child(pointer);
    check_pointer(pointer, at);
    pointers.push_back({"", pointer, at});
  }
  check_overlaps(pointers);
  check_count(sweep, place);
  if (!sweep.stopping) return;
  const std::int64_t least = sweep.replications.value_or(2);
  if (least < 2) {
    place.child("replications")
        .error("one replication has no interval that could be narrow enough", "2 or more");
  } else if (least > sweep.stopping->most_replications) {
    place.child("stopping")
        .child("most_replications")
        .error(fmt::format("{} is below the {} of /replications", sweep.stopping->most_replications,
                           least));
  }
}

std::string effective_json(const SweepSpec& sweep) { return json_text(sweep) + "\n"; }

std::string sweep_schema() { return schema_text<SweepSpec>("Sweep"); }

}  // namespace autoscale
