#include "sim/report/table_report.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "sim/report/text_table.h"

namespace autoscale {
namespace {

using Align = TextTable::Align;
constexpr std::size_t kLineWidth = 100;
constexpr std::string_view kBaseline = "cpu_only";

std::string header(const World& world, const Summary& summary, Evaluation evaluation) {
  const Scenario& s = world.scenario;
  const auto line = [](const std::string& text) { return wrapped(text, kLineWidth, 2) + '\n'; };
  std::string devices = "device " + s.device;
  if (!s.edge_peer.empty()) devices += ", edge peer " + s.edge_peer;
  if (!s.cloud.empty()) devices += ", cloud " + s.cloud;
  devices += fmt::format("; energy model {}, power scale {}", to_string(s.energy_model),
                         to_string(s.power_scale));
  std::string runs = fmt::format("seed {}, {} replication{}; learners ", summary.seed,
                                 summary.replications, summary.replications == 1 ? "" : "s");
  if (s.training) {
    runs += fmt::format("trained in {} states x {} inferences, ",
                        world.training_environments().size(), s.training->inferences_per_state);
    if (!s.training->leave_out.empty())
      runs += fmt::format("without {}, ", fmt::join(s.training->leave_out, ", "));
  } else {
    runs += "untrained, ";
  }
  runs += evaluation == Evaluation::kOnline ? "still learning" : "then frozen";
  const auto differs = [](const PolicySpec& p) { return !p.trained || p.evaluation; };
  if (std::ranges::any_of(s.policies, differs))
    runs += ", unless an entry of /policies says otherwise";
  std::string text = line(s.title.empty() ? s.name : s.name + ": " + s.title);
  text += line(devices) + line(runs);
  if (summary.replications > 1) text += "± is the 95 % interval of the mean over replications\n";
  return text;
}

// One metric of the "all" group for every policy.
struct MetricColumn {
  std::vector<std::optional<double>> mean;
  std::vector<std::optional<double>> ci95;
};

MetricColumn column_of(const Summary& summary, std::string_view metric, double factor = 1.0) {
  MetricColumn column;
  const auto scaled = [&](std::optional<double> v) { return v ? std::optional(*v * factor) : v; };
  for (const PolicySummary& policy : summary.policies) {
    const MeanInterval& m = policy.all().metric(metric).over_replications;
    column.mean.push_back(scaled(m.mean));
    column.ci95.push_back(scaled(m.ci95));
  }
  return column;
}

std::string with_interval(std::optional<double> mean, std::optional<double> ci95, int decimals) {
  std::string text = fixed(mean, decimals);
  if (ci95) text += " ±" + fixed(ci95, decimals);
  return text;
}

const PolicySummary* baseline_of(const Summary& summary) {
  const auto found = std::ranges::find(summary.policies, kBaseline, &PolicySummary::name);
  return found == summary.policies.end() ? nullptr : &*found;
}

// "4.21x ±0.03", or "0.9-15x" where the interval is too wide for a symmetric one.
std::string ratio_text(const RatioInterval& r) {
  constexpr double kWideFactor = 1.25;
  if (!r.ratio) return "-";
  if (!r.factor95) return fmt::format("{:.2f}x", *r.ratio);
  if (*r.factor95 <= kWideFactor) {
    return fmt::format("{:.2f}x ±{:.2f}", *r.ratio, *r.ratio * (*r.factor95 - 1.0));
  }
  return fmt::format("{:.2g}-{:.2g}x", *r.ratio / *r.factor95, *r.ratio * *r.factor95);
}

// How many times less energy than the baseline: paired over replications, which share their world.
std::string times_better(const PolicySummary& baseline, const PolicySummary& policy) {
  const auto values = [](const PolicySummary& p) {
    std::vector<double> defined;
    for (const auto& v : p.all().metric("energy_mj_per_inference").by_replication) {
      if (v) defined.push_back(*v);
    }
    return defined;
  };
  const std::vector<double> theirs = values(baseline);
  const std::vector<double> ours = values(policy);
  if (theirs.size() != ours.size()) return "-";
  return ratio_text(paired_ratio(theirs, ours));
}

std::string main_block(const Summary& summary) {
  const MetricColumn energy = column_of(summary, "energy_mj_per_inference");
  const MetricColumn qos = column_of(summary, "qos_violation_ratio", 100.0);
  const MetricColumn inaccurate = column_of(summary, "accuracy_violation_ratio", 100.0);
  const MetricColumn accuracy = column_of(summary, "accuracy_percent");
  const MetricColumn latency = column_of(summary, "latency_mean_ms");
  const MetricColumn p95 = column_of(summary, "latency_p95_ms");
  const MetricColumn near = column_of(summary, "near_oracle_ratio", 100.0);
  const PolicySummary* baseline = baseline_of(summary);

  TextTable table;
  table.add_column("policy", Align::kLeft);
  table.add_column("energy\nmJ/inf.", Align::kRight);
  if (baseline != nullptr) table.add_column("less than\ncpu_only", Align::kRight);
  for (const char* heading : {"QoS\nviol. %", "acc.\nviol. %", "acc.\n%", "latency\nmean ms",
                              "\np95 ms", "near\noracle %"}) {
    table.add_column(heading, Align::kRight);
  }
  const int energy_decimals = decimals_for(energy.mean);
  const int latency_decimals = decimals_for(latency.mean);
  for (std::size_t p = 0; p < summary.policies.size(); ++p) {
    std::vector<std::string> row{summary.policies[p].name,
                                 with_interval(energy.mean[p], energy.ci95[p], energy_decimals)};
    if (baseline != nullptr) row.push_back(times_better(*baseline, summary.policies[p]));
    row.push_back(fixed(qos.mean[p], 1));
    row.push_back(fixed(inaccurate.mean[p], 1));
    row.push_back(fixed(accuracy.mean[p], 1));
    row.push_back(with_interval(latency.mean[p], latency.ci95[p], latency_decimals));
    row.push_back(fixed(p95.mean[p], latency_decimals));
    row.push_back(fixed(near.mean[p], 1));
    table.add_row(std::move(row));
  }
  return table.text();
}

std::string percent_text(double share) {
  const double percent = 100.0 * share;
  return percent > 99.5 && share < 1.0 ? fmt::format("{:.1f} %", std::floor(percent * 10.0) / 10.0)
                                       : fmt::format("{:.0f} %", percent);
}

std::vector<std::string> place_texts(const Shares& places) {
  constexpr double kSmallestShown = 0.01;
  std::vector<std::string> texts;
  double rest = 0.0;
  for (const auto& [place, share] : places) {
    if (share < kSmallestShown) {
      rest += share;
    } else {
      texts.push_back(place + ' ' + percent_text(share));
    }
  }
  if (rest > 0.0) texts.push_back(fmt::format("others {:.1f} %", 100.0 * rest));
  return texts;
}

std::string places_block(const Summary& summary) {
  std::size_t column = 0;
  for (const PolicySummary& p : summary.policies) column = std::max(column, p.name.size() + 2);
  std::string text = "where requests ran\n";
  for (const PolicySummary& policy : summary.policies) {
    const std::vector<std::string> places = place_texts(policy.all().places);
    text += fmt::format("{:<{}}{}\n", policy.name, column,
                        wrapped(places, ", ", kLineWidth, column, column));
  }
  return text;
}

// Of a scenario with a thermal state.
std::string heat_block(const Summary& summary) {
  TextTable table;
  table.add_column("heat and battery", Align::kLeft);
  for (const char* heading : {"throttled", "highest °C", "phone W", "battery h"})
    table.add_column(heading, Align::kRight);
  const MetricColumn throttled = column_of(summary, "throttled");
  const MetricColumn highest = column_of(summary, "temperature_max_c");
  const MetricColumn power = column_of(summary, "phone_power_w");
  const MetricColumn hours = column_of(summary, "battery_hours");
  for (std::size_t p = 0; p < summary.policies.size(); ++p) {
    table.add_row({summary.policies[p].name, with_interval(throttled.mean[p], throttled.ci95[p], 0),
                   with_interval(highest.mean[p], highest.ci95[p], 1),
                   with_interval(power.mean[p], power.ci95[p], 2),
                   with_interval(hours.mean[p], hours.ci95[p], 1)});
  }
  return table.text();
}

// Policies [first, last) of the block per network.
std::string network_table(const Summary& summary, std::size_t first, std::size_t last) {
  TextTable table;
  table.add_column("mJ per inference", Align::kLeft);
  for (std::size_t p = first; p < last; ++p) {
    table.add_column(summary.policies[p].name, Align::kRight);
  }
  const std::size_t groups = summary.policies.front().groups.size();
  for (std::size_t g = 1; g < groups; ++g) {
    std::vector<std::optional<double>> means;
    for (std::size_t p = first; p < last; ++p) {
      const auto& energy = summary.policies[p].groups[g].metric("energy_mj_per_inference");
      means.push_back(energy.over_replications.mean);
    }
    std::vector<std::string> row{summary.policies.front().groups[g].network};
    const int decimals = std::min(decimals_for(means), 2);
    for (const auto& mean : means) row.push_back(fixed(mean, decimals));
    table.add_row(std::move(row));
  }
  return table.text();
}

// As many tables below each other as the line is too short for all policies.
std::string network_block(const Summary& summary) {
  constexpr std::size_t kFirstColumn = 20;
  constexpr std::size_t kNarrowest = 8;
  std::string text;
  std::size_t first = 0;
  while (first < summary.policies.size()) {
    std::size_t last = first;
    std::size_t width = kFirstColumn;
    do {
      width += 2 + std::max(kNarrowest, summary.policies[last++].name.size());
    } while (last < summary.policies.size() &&
             width + 2 + std::max(kNarrowest, summary.policies[last].name.size()) <= kLineWidth);
    if (first > 0) text += '\n';
    text += network_table(summary, first, last);
    first = last;
  }
  return text;
}

}  // namespace

std::string table_report(const World& world, const Summary& summary, Evaluation evaluation,
                         bool by_network) {
  std::string text = header(world, summary, evaluation);
  if (summary.policies.empty()) return text + "\nno policies\n";
  text += '\n' + main_block(summary) + '\n' + places_block(summary);
  if (world.scenario.thermal) text += '\n' + heat_block(summary);
  if (by_network) text += '\n' + network_block(summary);
  return text;
}

}  // namespace autoscale
