#include "sim/report/csv_report.h"

#include <iterator>

#include <fmt/format.h>

#include "sim/report/metrics.h"

namespace autoscale {
namespace {

std::string prefix_of(const Summary& summary, std::string_view leading) {
  return fmt::format("{}{},{},", leading, csv_field(summary.scenario), csv_field(summary.device));
}

}  // namespace

std::string csv_field(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

std::string csv_header(std::string_view leading) {
  std::string header(leading);
  header += "scenario,device,policy,network,replication";
  for (const Metric& metric : metrics()) header.append(",").append(metric.name);
  return header + '\n';
}

std::string csv_rows(const Summary& summary, std::string_view leading, bool by_network) {
  std::string rows;
  auto out = std::back_inserter(rows);
  const std::string prefix = prefix_of(summary, leading);
  for (const PolicySummary& policy : summary.policies) {
    for (const GroupSummary& group : groups_of(policy, by_network)) {
      for (std::uint32_t r = 0; r < summary.replications; ++r) {
        fmt::format_to(out, "{}{},{},{}", prefix, csv_field(policy.name), csv_field(group.network),
                       summary.replication_numbers[r]);
        for (const MetricValues& values : group.metrics) {
          rows += ',';
          if (values.by_replication[r]) fmt::format_to(out, "{}", *values.by_replication[r]);
        }
        rows += '\n';
      }
    }
  }
  return rows;
}

std::string summary_csv_header(std::string_view leading) {
  std::string header(leading);
  header += "scenario,device,policy,network,replications";
  for (const Metric& metric : metrics()) {
    header.append(",").append(metric.name).append(",").append(metric.name).append("_ci95");
  }
  return header + '\n';
}

std::string summary_csv_rows(const Summary& summary, std::string_view leading, bool by_network) {
  std::string rows;
  auto out = std::back_inserter(rows);
  const auto cell = [&](const std::optional<double>& value) {
    rows += ',';
    if (value) fmt::format_to(out, "{}", *value);
  };
  const std::string prefix = prefix_of(summary, leading);
  for (const PolicySummary& policy : summary.policies) {
    for (const GroupSummary& group : groups_of(policy, by_network)) {
      fmt::format_to(out, "{}{},{},{}", prefix, csv_field(policy.name), csv_field(group.network),
                     summary.replications);
      for (const MetricValues& values : group.metrics) {
        cell(values.over_replications.mean);
        cell(values.over_replications.ci95);
      }
      rows += '\n';
    }
  }
  return rows;
}

}  // namespace autoscale
