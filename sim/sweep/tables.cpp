#include "sim/sweep/tables.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "sim/report/csv_report.h"
#include "sim/report/jsonl_report.h"
#include "sim/report/summary.h"

namespace autoscale {
namespace {

// Texts as they are, everything else as JSON.
std::string cell(const std::string& json_text) {
  if (!json_text.starts_with('"')) return csv_field(json_text);
  return csv_field(Json::parse(json_text).get<std::string>());
}

std::string csv_columns(const SweepPlan& plan) {
  std::string columns = "point,";
  for (const Column& column : plan.columns()) columns += csv_field(column.name) + ',';
  return columns;
}

std::string csv_cells(const Point& point) {
  std::string cells = fmt::format("{},", point.number);
  for (const std::string& value : point.values) cells += cell(value) + ',';
  return cells;
}

std::string json_members(const SweepPlan& plan, const Point& point) {
  std::string members = fmt::format("\"point\":{},", point.number);
  for (std::size_t c = 0; c < point.values.size(); ++c)
    members += fmt::format("{}:{},", json_string(plan.columns()[c].name), point.values[c]);
  return members;
}

}  // namespace

const char* file_name(Table table) {
  switch (table) {
    case Table::kResultsCsv: return "results.csv";
    case Table::kSummaryCsv: return "summary.csv";
    case Table::kResultsJsonl: return "results.jsonl";
    case Table::kSummaryJsonl: return "summary.jsonl";
    case Table::kFailures: return "failures.csv";
  }
  return "";
}

bool is_wanted(Table table, const SweepSpec& sweep) {
  const auto has = [&](TableFormat format) {
    return std::ranges::find(sweep.formats, format) != sweep.formats.end();
  };
  switch (table) {
    case Table::kResultsCsv:
    case Table::kSummaryCsv: return has(TableFormat::kCsv);
    case Table::kResultsJsonl:
    case Table::kSummaryJsonl: return has(TableFormat::kJsonl);
    case Table::kFailures: break;
  }
  return true;
}

std::string header_of(Table table, const SweepPlan& plan) {
  switch (table) {
    case Table::kResultsCsv: return csv_header(csv_columns(plan));
    case Table::kSummaryCsv: return summary_csv_header(csv_columns(plan));
    case Table::kResultsJsonl:
    case Table::kSummaryJsonl: break;
    case Table::kFailures: return csv_columns(plan) + "scenario,error\n";
  }
  return "";
}

PointRows rows_of(const SweepPlan& plan, const Point& point, const World& world,
                  const ExperimentResult& result) {
  const SweepSpec& sweep = plan.spec();
  const auto replications = static_cast<std::uint32_t>(result.policies.front().runs.size());
  const Summary summary = summarise(world, result, world.scenario.seed, replications,
                                    sweep.by_network ? Groups::kByNetwork : Groups::kOnlyAll);
  const std::string cells = csv_cells(point);
  const std::string members = json_members(plan, point);
  PointRows rows{point.number, {}};
  const auto put = [&](Table table, auto make) {
    if (is_wanted(table, sweep)) rows.text[static_cast<std::size_t>(table)] = make();
  };
  put(Table::kResultsCsv, [&] { return csv_rows(summary, cells, sweep.by_network); });
  put(Table::kSummaryCsv, [&] { return summary_csv_rows(summary, cells, sweep.by_network); });
  put(Table::kResultsJsonl, [&] { return jsonl_rows(summary, members, sweep.by_network); });
  put(Table::kSummaryJsonl, [&] { return summary_jsonl_rows(summary, members, sweep.by_network); });
  return rows;
}

PointRows failure_of(const SweepPlan& plan, const Point& point, const std::string& error) {
  PointRows rows{point.number, {}};
  rows.text[static_cast<std::size_t>(Table::kFailures)] =
      fmt::format("{}{},{}\n", csv_cells(point), csv_field(plan.spec().scenarios[point.scenario]),
                  csv_field(error));
  return rows;
}

}  // namespace autoscale
