#include "sim/report/task_report.h"

#include <fmt/format.h>

#include "sim/report/records.h"

namespace autoscale {
namespace {

RecordValue count(std::size_t n) { return std::optional(static_cast<double>(n)); }

void add(Record& record, const char* name, const char* low, const char* high,
         const RatioInterval& r) {
  record.emplace_back(name, r.ratio);
  const bool known = r.ratio && r.factor95;
  record.emplace_back(low, known ? std::optional(*r.ratio / *r.factor95) : std::nullopt);
  record.emplace_back(high, known ? std::optional(*r.ratio * *r.factor95) : std::nullopt);
}

void add(Record& record, const char* name, const char* ci95, const MeanInterval& m) {
  record.emplace_back(name, m.mean);
  record.emplace_back(ci95, m.ci95);
}

void add(Record& record, const char* name, const char* low, const char* high,
         const BootstrapInterval& b) {
  record.emplace_back(name, b.value);
  record.emplace_back(low, b.low95);
  record.emplace_back(high, b.high95);
}

Record fields(const TaskRow& row) {
  const TaskMeans& m = row.means;
  const RunStatistics& s = row.statistics;
  Record record{
      {"metric", row.metric},    {"baseline_policy", row.baseline},     {"policy", row.policy},
      {"tasks", count(m.tasks)}, {"tasks_left_out", count(m.left_out)}, {"pairs", count(m.pairs)}};
  add(record, "baseline_mean", "baseline_mean_ci95", m.baseline);
  add(record, "mean", "mean_ci95", m.other);
  add(record, "difference", "difference_ci95", m.difference);
  add(record, "geometric_mean", "geometric_mean_low95", "geometric_mean_high95", m.geometric);
  add(record, "arithmetic_mean", "arithmetic_mean_ci95", m.arithmetic);
  add(record, "ratio_of_totals", "ratio_of_totals_low95", "ratio_of_totals_high95", m.totals);
  add(record, "iqm", "iqm_low95", "iqm_high95", s.iqm);
  add(record, "probability_of_improvement", "probability_of_improvement_low95",
      "probability_of_improvement_high95", s.improvement);
  add(record, "paired_improvement", "paired_improvement_low95", "paired_improvement_high95",
      s.paired_improvement);
  return record;
}

std::vector<Record> records_of(const TaskComparison& comparison) {
  std::vector<Record> records;
  for (const TaskRow& row : comparison.rows) records.push_back(fields(row));
  return records;
}

std::string number(std::optional<double> value) {
  return value ? fmt::format("{:.4g}", *value) : "-";
}

std::string with_interval(const MeanInterval& m) {
  return m.mean && m.ci95 ? fmt::format("{:.4g} ±{:.2g}", *m.mean, *m.ci95) : number(m.mean);
}

std::string with_interval(const RatioInterval& r) {
  if (!r.ratio || !r.factor95) return number(r.ratio);
  return fmt::format("{:.4g} ({:.4g} to {:.4g})", *r.ratio, *r.ratio / *r.factor95,
                     *r.ratio * *r.factor95);
}

std::string with_interval(const BootstrapInterval& b) {
  if (!b.value || !b.low95 || !b.high95) return number(b.value);
  return fmt::format("{:.4g} ({:.4g} to {:.4g})", *b.value, *b.low95, *b.high95);
}

std::string probability(const BootstrapInterval& b) {
  const std::string value = fixed(b.value, 3);
  return b.low95 ? fmt::format("{} ({} to {})", value, fixed(b.low95, 3), fixed(b.high95, 3))
                 : value;
}

// A row per policy under a row for each metric.
template <class Cells>
std::string table_text(TextTable table, const TaskComparison& comparison, std::size_t columns,
                       Markup markup, const Cells& cells) {
  std::string before;
  for (const TaskRow& row : comparison.rows) {
    if (row.metric != before) {
      std::vector<std::string> heading(columns);
      heading.front() = row.metric;
      table.add_row(std::move(heading));
    }
    before = row.metric;
    table.add_row(cells(row));
  }
  return table.text(markup);
}

std::string means_table(const TaskComparison& comparison, Markup markup) {
  using Align = TextTable::Align;
  TextTable table;
  table.add_column("", Align::kLeft);
  table.add_column("tasks", Align::kRight);
  table.add_column("mean", Align::kRight);
  table.add_column("geometric mean\nof the ratio", Align::kRight);
  table.add_column("arithmetic\nmean", Align::kRight);
  table.add_column("of totals", Align::kRight);
  return table_text(std::move(table), comparison, 6, markup, [](const TaskRow& row) {
    const TaskMeans& m = row.means;
    return std::vector{"  " + row.policy,           fmt::format("{}", m.tasks),
                       with_interval(m.other),      with_interval(m.geometric),
                       with_interval(m.arithmetic), number(m.totals.ratio)};
  });
}

std::string runs_table(const TaskComparison& comparison, Markup markup) {
  using Align = TextTable::Align;
  TextTable table;
  table.add_column("", Align::kLeft);
  table.add_column("interquartile mean\nof the ratio", Align::kRight);
  table.add_column("probability of improvement,\nany two runs of a task", Align::kRight);
  table.add_column("the same,\nruns of a replication", Align::kRight);
  return table_text(std::move(table), comparison, 4, markup, [](const TaskRow& row) {
    const RunStatistics& s = row.statistics;
    return std::vector{"  " + row.policy, with_interval(s.iqm), probability(s.improvement),
                       probability(s.paired_improvement)};
  });
}

}  // namespace

std::string task_table(const TaskComparison& comparison, Markup markup) {
  const TaskRow& first = comparison.rows.front();
  return fmt::format(
      "{}: policies against {}, means over tasks (networks in scenarios); {} paired "
      "replication{}\n"
      "ratio: value / baseline's, each task alike; 95 % intervals over replications\n\n{}\n"
      "over all runs (replications of tasks); 95 % intervals of the bootstrap within tasks\n\n{}",
      comparison.result, first.baseline, first.means.pairs, first.means.pairs == 1 ? "" : "s",
      means_table(comparison, markup), runs_table(comparison, markup));
}

std::string task_csv(const TaskComparison& comparison) {
  return records_csv(records_of(comparison));
}

std::string task_json(const TaskComparison& comparison) {
  return records_json("tasks", records_of(comparison), comparison.notes);
}

}  // namespace autoscale
