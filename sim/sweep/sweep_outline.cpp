#include "sim/sweep/sweep_outline.h"

#include <algorithm>

#include <fmt/format.h>

namespace autoscale {
namespace {

constexpr std::size_t kMostValues = 6;
constexpr std::size_t kMostPoints = 5;

// "-55, -70, -85 (3 values)"; of many the first and the last.
std::string values_of(const Column& column, std::size_t size) {
  std::string text;
  const bool all = size <= kMostValues;
  for (std::size_t i = 0; i < (all ? size : kMostValues - 1); ++i)
    text += fmt::format("{}{}", i == 0 ? "" : ", ", column.value(i));
  if (!all) text += fmt::format(", ..., {}", column.value(size - 1));
  return fmt::format("{} ({} value{})", text, size, size == 1 ? "" : "s");
}

std::string axes_text(const SweepSpec& sweep) {
  std::string text;
  for (const Axis& axis : axes_of(sweep)) {
    for (const Column& column : axis.columns) {
      text += fmt::format("  {}{}  {}: {}\n", &column == &axis.columns.front() ? "* " : "  ",
                          column.name, column.pointer, values_of(column, axis.size));
    }
  }
  return text;
}

std::string first_points(const SweepPlan& plan, Shard shard, std::uint64_t points) {
  std::string text;
  PointCursor cursor(plan, shard);
  for (std::size_t i = 0; i < kMostPoints; ++i) {
    const auto point = cursor.next();
    if (!point) break;
    text += fmt::format("  {:>6}  {}\n", point->number, describe_point(plan, *point));
  }
  if (points > kMostPoints) text += fmt::format("  and {} more\n", points - kMostPoints);
  return text;
}

}  // namespace

std::string sweep_outline(const SweepPlan& plan, Shard shard, const Validation& seen) {
  const SweepSpec& sweep = plan.spec();
  std::string text =
      fmt::format("{}: {} point{}", sweep.name, seen.points, seen.points == 1 ? "" : "s");
  if (shard.count > 1) text += fmt::format(" in shard {} of {}", shard.index, shard.count);
  text += fmt::format(", {}{} runs\n", sweep.stopping ? "at least " : "", seen.runs);
  if (!sweep.title.empty()) text += sweep.title + '\n';
  text += fmt::format("\nscenarios: {}\n", fmt::join(sweep.scenarios, ", "));
  text += fmt::format("policies:  {}\n", sweep.policies.empty()
                                             ? "those of each scenario"
                                             : fmt::format("{}", fmt::join(sweep.policies, ", ")));
  if (const auto& rule = sweep.stopping) {
    text += fmt::format(
        "stopping:  when the 95 % interval of {} is within ±{:.3g} % of the mean, or after {} "
        "replications\n",
        rule->metric, rule->ci95_ratio * 100.0, rule->most_replications);
  }
  if (!sweep.axes.empty()) text += "\naxes, the last changing fastest:\n" + axes_text(sweep);
  const std::uint64_t left_out = plan.combinations() - count_points(plan, Shard{});
  if (left_out > 0) {
    text += fmt::format("\nexcluded: {} of {} combinations\n", left_out, plan.combinations());
  }
  return text + "\nfirst points:\n" + first_points(plan, shard, seen.points);
}

}  // namespace autoscale
