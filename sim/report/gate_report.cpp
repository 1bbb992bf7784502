#include "sim/report/gate_report.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "sim/report/records.h"
#include "sim/report/text_table.h"

namespace autoscale {
namespace {

constexpr double kPercent = 100.0;

bool is_absence(const GateRow& row) {
  return row.verdict == GateVerdict::kUnexpected || row.metric == "*";
}

bool has_bounds(const GateRow& row) { return row.movement.low.has_value(); }

// In percent where the rule's limit is no difference.
std::string movement_text(const GateRow& row, double value) {
  return row.rule.difference ? fmt::format("{:+.3g}", value)
                             : fmt::format("{:+.3g} %", kPercent * value);
}

std::string estimate_text(const GateRow& row) {
  if (is_absence(row) || !row.movement.estimate) return "-";
  return *row.movement.estimate == 0.0 ? "0" : movement_text(row, *row.movement.estimate);
}

std::string bounds_text(const GateRow& row) {
  if (!has_bounds(row)) return "-";
  return fmt::format("{} to {}", movement_text(row, *row.movement.low),
                     movement_text(row, *row.movement.high));
}

std::string limit_text(const GateRow& row) {
  if (is_absence(row)) return "-";
  const GateRule& rule = row.rule;
  if (rule.test == GateTest::kExact) return "exact";
  const std::string limit = rule.ratio ? fmt::format("{:.3g} %", kPercent * *rule.ratio)
                                       : fmt::format("{:.3g}", rule.difference.value_or(0.0));
  return (rule.test == GateTest::kNonInferiority ? "worse by " : "±") + limit;
}

// All digits where every digit counts.
std::string value_text(const GateRow& row, std::optional<double> value) {
  if (is_absence(row)) return "-";
  if (!value) return "not defined";
  const bool every = row.rule.test == GateTest::kExact || row.rule.test == GateTest::kTolerance;
  return every ? fmt::format("{}", *value) : fmt::format("{:.6g}", *value);
}

// Two one-sided tests at 95 % are a 90 % interval.
std::string bounds_heading(const Judgement& judgement) {
  return fmt::format("{:.4g} % interval", kPercent * (2.0 * judgement.confidence_ratio - 1.0));
}

std::vector<const GateRow*> chosen(const Judgement& judgement, GateRows rows) {
  std::vector<const GateRow*> list;
  for (const GateRow& row : judgement.rows) {
    if (rows == GateRows::kAll || row.verdict != GateVerdict::kPass) list.push_back(&row);
  }
  return list;
}

TextTable table_of(const Judgement& judgement, std::span<const GateRow* const> rows) {
  using Align = TextTable::Align;
  const bool bounds =
      std::ranges::any_of(rows, [](const GateRow* row) { return has_bounds(*row); });
  TextTable table;
  for (const char* name : {"scenario", "policy", "network", "metric"})
    table.add_column(name, Align::kLeft);
  for (const char* name : {"expected", "got", "moved by"}) table.add_column(name, Align::kRight);
  if (bounds) table.add_column(bounds_heading(judgement), Align::kRight);
  table.add_column("allowed", Align::kRight);
  table.add_column("verdict", Align::kLeft);
  for (const GateRow* row : rows) {
    std::vector<std::string> cells{row->scenario,
                                   row->policy,
                                   row->network,
                                   row->metric,
                                   value_text(*row, row->expected),
                                   value_text(*row, row->got),
                                   estimate_text(*row)};
    if (bounds) cells.push_back(bounds_text(*row));
    cells.push_back(limit_text(*row));
    cells.emplace_back(to_string(row->verdict));
    table.add_row(std::move(cells));
  }
  return table;
}

// What stands below a table of the first `most` rows.
std::string footer(std::span<const GateRow* const> rows, std::size_t most) {
  std::string text;
  if (rows.size() > most) text = fmt::format("... and {} more\n", rows.size() - most);
  const bool unsure = std::ranges::any_of(
      rows, [](const GateRow* row) { return row->verdict == GateVerdict::kNotShown; });
  if (unsure)
    text += "\nnot shown: within the limit, but its interval is not; more replications narrow it\n";
  return text;
}

Record fields(const GateRow& row) {
  const bool absent = is_absence(row);
  return {{"scenario", row.scenario},
          {"policy", row.policy},
          {"network", row.network},
          {"metric", row.metric},
          {"test", absent ? std::string() : std::string(to_string(row.rule.test))},
          {"limit_ratio", row.rule.ratio},
          {"limit_difference", row.rule.difference},
          {"expected", row.expected},
          {"got", row.got},
          {"moved_by", row.movement.estimate},
          {"moved_by_low", row.movement.low},
          {"moved_by_high", row.movement.high},
          {"verdict", std::string(to_string(row.verdict))}};
}

std::vector<Record> records_of(const Judgement& judgement) {
  std::vector<Record> records;
  for (const GateRow& row : judgement.rows) records.push_back(fields(row));
  return records;
}

}  // namespace

std::string gate_summary(const Judgement& judgement) {
  const std::size_t failures = judgement.failures();
  const std::size_t all = judgement.rows.size();
  std::string text = failures == 0
                         ? fmt::format("all {} figures are as in {}", all, judgement.expected_name)
                         : fmt::format("not as in {}: {} of {} figures fail",
                                       judgement.expected_name, failures, all);
  text += fmt::format(" (gate {})", judgement.gate);
  if (judgement.not_judged > 0) text += fmt::format("; {} are not judged", judgement.not_judged);
  return text;
}

std::string gate_table(const Judgement& judgement, GateRows rows, std::size_t most) {
  const std::vector<const GateRow*> list = chosen(judgement, rows);
  const auto shown = std::span(list).first(std::min(most, list.size()));
  return table_of(judgement, shown).text() + footer(list, most);
}

std::string gate_markdown(const Judgement& judgement, GateRows rows, std::size_t most) {
  const std::vector<const GateRow*> list = chosen(judgement, rows);
  const auto shown = std::span(list).first(std::min(most, list.size()));
  std::string text = fmt::format("**{}**: {}\n\n", judgement.failures() == 0 ? "Pass" : "Fail",
                                 gate_summary(judgement));
  for (const std::string& note : judgement.notes) text += fmt::format("* {}\n", note);
  if (!judgement.notes.empty()) text += '\n';
  if (shown.empty()) return text;
  return text + table_of(judgement, shown).text(Markup::kMarkdown) + footer(list, most);
}

std::string gate_csv(const Judgement& judgement) { return records_csv(records_of(judgement)); }

std::string gate_json(const Judgement& judgement) {
  const auto count = [](std::size_t n) { return std::optional(static_cast<double>(n)); };
  const Record head{{"expected_result", judgement.expected_name},
                    {"result", judgement.got_name},
                    {"gate", judgement.gate},
                    {"verdict", judgement.failures() == 0 ? "pass" : "fail"},
                    {"figures_judged", count(judgement.rows.size())},
                    {"figures_failed", count(judgement.failures())},
                    {"figures_not_judged", count(judgement.not_judged)},
                    {"pairing", judgement.paired ? "paired" : "independent"},
                    {"confidence_ratio", std::optional(judgement.confidence_ratio)}};
  return records_json("figures", records_of(judgement), judgement.notes, head);
}

}  // namespace autoscale
