#include "sim/report/jsonl_report.h"

#include <iterator>
#include <optional>

#include <fmt/format.h>

#include "sim/config/json_access.h"
#include "sim/report/metrics.h"

namespace autoscale {
namespace {

void add_value(std::string& line, std::string_view name, std::string_view suffix,
               const std::optional<double>& value) {
  auto out = std::back_inserter(line);
  fmt::format_to(out, ",\"{}{}\":", name, suffix);
  if (value) {
    fmt::format_to(out, "{}", *value);
  } else {
    line += "null";
  }
}

// One object per policy and group; `rows` adds what follows the network.
template <class AddRows>
std::string lines_of(const Summary& summary, std::string_view leading, bool by_network,
                     AddRows add_rows) {
  std::string lines;
  const std::string prefix =
      fmt::format("{{{}\"scenario\":{},\"device\":{},\"policy\":", leading,
                  json_string(summary.scenario), json_string(summary.device));
  for (const PolicySummary& policy : summary.policies) {
    const std::string of_policy = prefix + json_string(policy.name) + ",\"network\":";
    for (const GroupSummary& group : groups_of(policy, by_network))
      add_rows(lines, of_policy + json_string(group.network), group);
  }
  return lines;
}

}  // namespace

std::string jsonl_rows(const Summary& summary, std::string_view leading, bool by_network) {
  const auto add = [&](std::string& lines, const std::string& prefix, const GroupSummary& group) {
    for (std::uint32_t r = 0; r < summary.replications; ++r) {
      lines += fmt::format("{},\"replication\":{}", prefix, summary.replication_numbers[r]);
      for (std::size_t m = 0; m < group.metrics.size(); ++m)
        add_value(lines, metrics()[m].name, "", group.metrics[m].by_replication[r]);
      lines += "}\n";
    }
  };
  return lines_of(summary, leading, by_network, add);
}

std::string summary_jsonl_rows(const Summary& summary, std::string_view leading, bool by_network) {
  const auto add = [&](std::string& lines, const std::string& prefix, const GroupSummary& group) {
    lines += fmt::format("{},\"replications\":{}", prefix, summary.replications);
    for (std::size_t m = 0; m < group.metrics.size(); ++m) {
      const MeanInterval& interval = group.metrics[m].over_replications;
      add_value(lines, metrics()[m].name, "", interval.mean);
      add_value(lines, metrics()[m].name, "_ci95", interval.ci95);
    }
    lines += "}\n";
  };
  return lines_of(summary, leading, by_network, add);
}

std::string json_string(std::string_view text) {
  JsonDocument document;
  set_text(document.root(), text);
  return dump(document.root(), -1);
}

}  // namespace autoscale
