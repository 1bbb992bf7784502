#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "sim/config/place.h"
#include "sim/traces/csv_rows.h"
#include "sim/traces/importers.h"
#include "sim/traces/trace_builder.h"

namespace autoscale {
namespace {

constexpr int kTime = -1;

// What a column of the file may be, with its unit: value = factor * number.
struct Target {
  std::string_view name;
  int column = kTime;  // of a trace, or kTime
  double factor = 1.0;
};

constexpr int index_of(TraceColumn c) { return static_cast<int>(c); }

constexpr std::array kTargets{
    Target{"time_s", kTime, 1.0},
    Target{"time_ms", kTime, 1e-3},
    Target{"rssi_dbm", index_of(TraceColumn::kRssi), 1.0},
    Target{"rsrp_dbm", index_of(TraceColumn::kRsrp), 1.0},
    Target{"uplink_mbps", index_of(TraceColumn::kUplink), 1.0},
    Target{"uplink_kbps", index_of(TraceColumn::kUplink), 1e-3},
    Target{"uplink_bytes_per_s", index_of(TraceColumn::kUplink), 8e-6},
    Target{"downlink_mbps", index_of(TraceColumn::kDownlink), 1.0},
    Target{"downlink_kbps", index_of(TraceColumn::kDownlink), 1e-3},
    Target{"downlink_bytes_per_s", index_of(TraceColumn::kDownlink), 8e-6},
    Target{"cpu_ratio", index_of(TraceColumn::kCpu), 1.0},
    Target{"cpu_percent", index_of(TraceColumn::kCpu), 0.01},
    Target{"memory_ratio", index_of(TraceColumn::kMemory), 1.0},
    Target{"memory_percent", index_of(TraceColumn::kMemory), 0.01},
};

struct Mapped {
  Target target;
  std::size_t at = 0;  // in the file
};

struct Plan {
  Mapped time;
  std::vector<Mapped> values;
  std::vector<std::size_t> where;
  std::optional<std::size_t> pieces;
};

class Planner {
 public:
  Planner(const CsvOptions& options, Diagnostics& diagnostics)
      : options_(options), diagnostics_(diagnostics) {}

  // Checks the mapping by itself, before the file is looked at.
  bool check() {
    const std::size_t before = diagnostics_.list().size();
    for (const CsvMapping& m : options_.map) {
      const auto target = std::ranges::find(kTargets, m.target, &Target::name);
      if (target == kTargets.end()) {
        refuse(fmt::format("there is no column {}", quoted_field(m.target)),
               suggestion(m.target, csv_targets(), "columns"));
      } else {
        targets_.push_back(*target);
      }
    }
    if (diagnostics_.list().size() == before) check_columns();
    return diagnostics_.list().size() == before;
  }

  std::optional<Plan> find(CsvRows& rows) const {
    Plan plan;
    bool good = true;
    const auto at = [&](const std::string& name) {
      const auto found = rows.column(name);
      good = found.has_value() && good;
      return found.value_or(0);
    };
    for (std::size_t i = 0; i < targets_.size(); ++i) {
      const Mapped mapped{targets_[i], at(options_.map[i].column)};
      if (mapped.target.column == kTime) {
        plan.time = mapped;
      } else {
        plan.values.push_back(mapped);
      }
    }
    for (const CsvCondition& c : options_.where) plan.where.push_back(at(c.column));
    if (!options_.pieces.empty()) plan.pieces = at(options_.pieces);
    return good ? std::optional(plan) : std::nullopt;
  }

 private:
  void refuse(std::string what, std::string hint) {
    diagnostics_.add({"--map", "", std::move(what), std::move(hint)});
  }

  void check_columns() {
    for (std::size_t i = 0; i < targets_.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        if (targets_[i].column == targets_[j].column)
          refuse(fmt::format("{} and {} are the same column", targets_[j].name, targets_[i].name),
                 "keep one of them");
      }
    }
    if (std::ranges::find(targets_, kTime, &Target::column) == targets_.end())
      refuse("names no time", "add time_s=COLUMN or time_ms=COLUMN");
    std::vector<TraceColumn> columns;
    for (const Target& target : targets_) {
      if (target.column != kTime) columns.push_back(static_cast<TraceColumn>(target.column));
    }
    if (const auto problem = problem_of_columns(columns))
      refuse("names " + problem->what, problem->hint);
  }

  const CsvOptions& options_;
  Diagnostics& diagnostics_;
  std::vector<Target> targets_;
};

std::vector<TraceColumn> columns_of(const Plan& plan) {
  std::vector<TraceColumn> columns;
  for (const Mapped& m : plan.values) columns.push_back(static_cast<TraceColumn>(m.target.column));
  return columns;
}

class Importer {
 public:
  Importer(CsvRows& rows, Plan plan, const CsvOptions& options, ImportReport& report)
      : rows_(rows),
        plan_(std::move(plan)),
        options_(options),
        report_(report),
        builder_(columns_of(plan_)),
        values_(plan_.values.size()) {}

  void read() {
    while (rows_.next()) {
      ++report_.rows;
      if (wanted()) read_row();
    }
    if (pieces_ > 1)
      report_.notes.push_back(fmt::format("{} pieces, a gap of one step between them", pieces_));
  }

  TraceBuilder& builder() { return builder_; }

 private:
  bool wanted() {
    for (std::size_t i = 0; i < plan_.where.size(); ++i) {
      const CsvCondition& c = options_.where[i];
      if (rows_.field(plan_.where[i]) == c.value) continue;
      report_.drop(fmt::format("{} is not {}", c.column, c.value), rows_.line());
      return false;
    }
    return true;
  }

  void read_row() {
    double number = kGap;
    if (!rows_.number(plan_.time.at, number)) return;
    const double seconds = number * plan_.time.target.factor;
    constexpr double kLargest = 3e9;  // until the year 2065
    if (!(std::abs(seconds) <= kLargest)) {
      rows_.problem(fmt::format("{} is {}, expected a time", plan_.time.target.name,
                                quoted_field(rows_.field(plan_.time.at))));
      return;
    }
    for (std::size_t i = 0; i < values_.size(); ++i) {
      if (!read_value(plan_.values[i], values_[i])) return;
    }
    // Finer than a microsecond, numbers of seconds since 1970 hold noise.
    place(std::llround(seconds * 1e6) * 1000);
  }

  bool read_value(const Mapped& from, double& value) {
    if (!rows_.number(from.at, value)) return false;
    value *= from.target.factor;
    const std::string problem =
        problem_of_value(static_cast<TraceColumn>(from.target.column), value);
    if (problem.empty()) return true;
    rows_.problem(problem, fmt::format("is the column in the unit of {}?", from.target.name));
    return false;
  }

  void place(std::int64_t clock_ns) {
    const bool new_piece = begins_piece();
    std::int64_t time = clock_ns + shift_ns_;
    if (new_piece) time = builder_.empty() ? 0 : builder_.last_ns() + 2 * step_ns_;
    if (builder_.too_late(time)) {
      rows_.problem("is more than 31 years after the first row");
      return;
    }
    if (new_piece) {
      ++pieces_;
      if (!builder_.empty()) builder_.gap(builder_.last_ns() + step_ns_);
      shift_ns_ = time - clock_ns;
    } else if (time <= builder_.last_ns()) {
      rows_.problem(fmt::format("time {} is not after that of the row before",
                                quoted_field(rows_.field(plan_.time.at))),
                    "sort the rows by time and keep one for each, or name the column whose values "
                    "tell recordings apart with --pieces");
      return;
    } else {
      step_ns_ = time - builder_.last_ns();
    }
    builder_.add(time, values_);
  }

  bool begins_piece() {
    if (!plan_.pieces) return builder_.empty();
    const std::string_view name = rows_.field(*plan_.pieces);
    if (!builder_.empty() && name == piece_) return false;
    piece_ = name;
    return true;
  }

  CsvRows& rows_;
  Plan plan_;
  const CsvOptions& options_;
  ImportReport& report_;
  TraceBuilder builder_;
  std::vector<double> values_;
  std::string piece_;
  std::size_t pieces_ = 0;
  std::int64_t shift_ns_ = 0;
  std::int64_t step_ns_ = 1'000'000'000;  // until two samples tell
};

}  // namespace

std::vector<std::string> csv_targets() {
  std::vector<std::string> names;
  names.reserve(kTargets.size());
  for (const Target& t : kTargets) names.emplace_back(t.name);
  return names;
}

std::optional<Trace> import_csv(std::istream& text, const std::string& file,
                                const CsvOptions& options, ImportReport& report,
                                Diagnostics& diagnostics) {
  const std::size_t before = diagnostics.list().size();
  Planner planner(options, diagnostics);
  if (!planner.check()) return std::nullopt;
  CsvRows rows(text, file, diagnostics, options.separator);
  if (!rows.read_header()) return std::nullopt;
  const std::optional<Plan> plan = planner.find(rows);
  if (!plan) return std::nullopt;
  Importer importer(rows, *plan, options, report);
  importer.read();
  if (diagnostics.list().size() != before) return std::nullopt;
  if (importer.builder().empty()) {
    report.nothing = report.rows == 0
                         ? "has a header but no rows"
                         : fmt::format("none of its {} rows is as --where says", report.rows);
    return std::nullopt;
  }
  return importer.builder().take();
}

}  // namespace autoscale
