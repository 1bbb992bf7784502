#include "sim/report/profile_report.h"

#include <algorithm>

#include <fmt/format.h>

#include "sim/report/records.h"
#include "sim/report/text_table.h"

namespace autoscale {
namespace {

std::vector<Record> records_of(const Profiles& profiles) {
  std::vector<Record> records;
  for (const ProfilePoint& p : profiles.rows) {
    records.push_back({{"metric", p.metric},
                       {"baseline_policy", p.baseline},
                       {"policy", p.policy},
                       {"tau", std::optional(p.tau)},
                       {"share", p.share.value},
                       {"share_low95", p.share.low95},
                       {"share_high95", p.share.high95}});
  }
  return records;
}

// "42 (40-45)", or "100" where the interval is as narrow as that.
std::string percent(const BootstrapInterval& share) {
  const auto text = [](double part) { return fmt::format("{:.0f}", 100.0 * part); };
  std::string value = text(*share.value);
  if (!share.low95) return value;
  const std::string low = text(*share.low95);
  const std::string high = text(*share.high95);
  return low == high ? value : fmt::format("{} ({}-{})", value, low, high);
}

}  // namespace

std::string profile_table(const Profiles& profiles, Markup markup) {
  using Align = TextTable::Align;
  TextTable table;
  table.add_column("tau", Align::kLeft);
  for (const double mark : kProfileMarks) table.add_column(fmt::format("{}", mark), Align::kRight);
  std::string metric;
  std::vector<std::string> cells;
  for (const ProfilePoint& p : profiles.rows) {
    if (p.metric != metric) {
      metric = p.metric;
      std::vector<std::string> heading(kProfileMarks.size() + 1);
      heading.front() = metric;
      table.add_row(std::move(heading));
    }
    if (std::ranges::find(kProfileMarks, p.tau) == kProfileMarks.end()) continue;
    if (cells.empty()) cells.push_back("  " + p.policy);
    cells.push_back(percent(p.share));
    if (cells.size() <= kProfileMarks.size()) continue;
    table.add_row(std::move(cells));
    cells.clear();
  }
  return fmt::format(
             "{}: policies against {}, performance profiles over tasks (networks in scenarios)\n"
             "% of runs (replications of tasks) whose value / baseline's is at most tau, and 95 % "
             "intervals of the bootstrap\n\n",
             profiles.result, profiles.rows.front().baseline) +
         table.text(markup);
}

std::string profile_csv(const Profiles& profiles) { return records_csv(records_of(profiles)); }

std::string profile_json(const Profiles& profiles) {
  return records_json("profiles", records_of(profiles), profiles.notes);
}

}  // namespace autoscale
