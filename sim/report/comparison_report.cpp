#include "sim/report/comparison_report.h"

#include <cmath>
#include <set>

#include <fmt/format.h>

#include "sim/report/records.h"

namespace autoscale {
namespace {

// The columns of the CSV, the keys of the JSON.
Record fields(const ComparisonRow& row) {
  const PairedStatistics& s = row.statistics;
  const auto bound = [&](bool upper) -> std::optional<double> {
    if (!s.ratio.ratio || !s.ratio.factor95) return std::nullopt;
    return upper ? *s.ratio.ratio * *s.ratio.factor95 : *s.ratio.ratio / *s.ratio.factor95;
  };
  return {{"scenario", row.scenario},
          {"network", row.network},
          {"metric", row.metric},
          {"baseline_result", row.baseline.result},
          {"baseline_policy", row.baseline.policy},
          {"result", row.other.result},
          {"policy", row.other.policy},
          {"pairs", std::optional(static_cast<double>(s.pairs))},
          {"baseline_mean", s.baseline},
          {"mean", s.other},
          {"difference", s.difference.mean},
          {"difference_ci95", s.difference.ci95},
          {"ratio", s.ratio.ratio},
          {"ratio_low95", bound(false)},
          {"ratio_high95", bound(true)},
          {"verdict", std::string(to_string(s.verdict))}};
}

std::vector<Record> records_of(const Comparison& comparison) {
  std::vector<Record> records;
  for (const ComparisonRow& row : comparison.rows) records.push_back(fields(row));
  return records;
}

std::string significant(std::optional<double> value) {
  return value ? fmt::format("{:.4g}", *value) : "-";
}

std::string difference_text(const PairedStatistics& s) {
  if (!s.difference.mean) return "-";
  std::string text = *s.difference.mean == 0.0 ? "0" : fmt::format("{:+.4g}", *s.difference.mean);
  constexpr double kRounding = 1e-12;
  if (!s.difference.ci95) return text;
  const bool constant = *s.difference.ci95 <= kRounding * std::abs(*s.difference.mean);
  text += constant ? " ±0" : fmt::format(" ±{:.2g}", *s.difference.ci95);
  return text;
}

std::string ratio_text(const RatioInterval& r) {
  if (!r.ratio) return "-";
  if (!r.factor95) return significant(r.ratio);
  return fmt::format("{:.4g} ({:.4g} to {:.4g})", *r.ratio, *r.ratio / *r.factor95,
                     *r.ratio * *r.factor95);
}

// One block of metrics per pair. What all pairs have in common is said once, above the table.
class TableWriter {
 public:
  // Precondition: not empty.
  explicit TableWriter(const std::vector<ComparisonRow>& rows) : rows_(rows) {
    std::set<std::string> scenarios;
    std::set<std::string> networks;
    std::set<std::string> results;
    for (const ComparisonRow& row : rows) {
      scenarios.insert(row.scenario);
      networks.insert(row.network);
      results.insert(row.other.result);
    }
    scenario_ = scenarios.size() > 1;
    network_ = networks.size() > 1;
    result_ = results.size() > 1;
  }

  [[nodiscard]] std::string text(Markup markup) const {
    TextTable table;
    add_columns(table);
    std::string before;
    for (const ComparisonRow& row : rows_) {
      std::string label = label_of(row);
      if (label != before) table.add_row({label, "", "", "", "", ""});
      before = std::move(label);
      table.add_row(numbers(row));
    }
    return heading() + '\n' + table.text(markup);
  }

 private:
  [[nodiscard]] bool within_one_result() const {
    return rows_.front().baseline.result == rows_.front().other.result &&
           rows_.front().baseline.policy != rows_.front().other.policy;
  }

  [[nodiscard]] std::string heading() const {
    const ComparisonRow& first = rows_.front();
    std::string text;
    if (within_one_result()) {
      text = fmt::format("{}: policies against {}", first.other.result, first.baseline.policy);
    } else if (result_) {
      text = fmt::format("results against {}", first.baseline.result);
    } else {
      text = fmt::format("{} against {}", first.other.result, first.baseline.result);
    }
    if (!scenario_) text += fmt::format("; scenario {}", first.scenario);
    return text +
           fmt::format("; {} paired replication{}\n", first.statistics.pairs,
                       first.statistics.pairs == 1 ? "" : "s") +
           "difference: mean ± 95 % interval; ratio: geometric mean and its 95 % interval\n";
  }

  static void add_columns(TextTable& table) {
    using Align = TextTable::Align;
    table.add_column("", Align::kLeft);
    for (const char* name : {"baseline", "mean", "difference", "ratio"}) {
      table.add_column(name, Align::kRight);
    }
    table.add_column("verdict", Align::kLeft);
  }

  [[nodiscard]] std::string label_of(const ComparisonRow& row) const {
    std::string label = row.other.policy;
    if (result_) label = row.other.result + ": " + label;
    if (scenario_) label += ", scenario " + row.scenario;
    if (network_) label += ", " + (row.network == "all" ? "all networks" : row.network);
    return label;
  }

  static std::vector<std::string> numbers(const ComparisonRow& row) {
    const PairedStatistics& s = row.statistics;
    return {"  " + row.metric,  significant(s.baseline), significant(s.other),
            difference_text(s), ratio_text(s.ratio),     to_string(s.verdict)};
  }

  const std::vector<ComparisonRow>& rows_;
  bool scenario_ = false;
  bool network_ = false;
  bool result_ = false;
};

}  // namespace

std::string comparison_table(const Comparison& comparison, Markup markup) {
  return TableWriter(comparison.rows).text(markup);
}

std::string comparison_csv(const Comparison& comparison) {
  return records_csv(records_of(comparison));
}

std::string comparison_json(const Comparison& comparison) {
  return records_json("comparisons", records_of(comparison), comparison.notes);
}

}  // namespace autoscale
