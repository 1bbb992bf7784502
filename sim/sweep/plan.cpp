#include "sim/sweep/plan.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "sim/base/digest.h"

namespace autoscale {
namespace {

JsonDocument parsed(const std::string& text) {
  JsonDocument document;
  set_parsed(document.root(), text);
  return document;
}

// Spreads what FNV leaves alike in neighbouring texts (the finaliser of SplitMix64).
std::uint64_t mixed(std::uint64_t h) {
  h = (h ^ (h >> 30)) * 0xbf58476d1ce4e5b9U;
  h = (h ^ (h >> 27)) * 0x94d049bb133111ebU;
  return h ^ (h >> 31);
}

}  // namespace

SweepPlan::SweepPlan(SweepSpec spec) : spec_(std::move(spec)), axes_(axes_of(spec_)) {
  combinations_ = spec_.scenarios.size();
  for (std::size_t a = 0; a < axes_.size(); ++a) {
    combinations_ *= axes_[a].size;
    for (Column& column : axes_[a].columns) {
      columns_.push_back(std::move(column));
      axis_of_column_.push_back(a);
    }
    axes_[a].columns.clear();
  }
  for (const Exclusion& exclusion : spec_.exclude) {
    std::vector<Condition>& conditions = exclusions_.emplace_back();
    for (const auto& [name, condition] : exclusion) {
      Condition& c = conditions.emplace_back();
      const auto column = std::ranges::find(columns_, name, &Column::name);
      if (column != columns_.end()) c.column = static_cast<std::size_t>(column - columns_.begin());
      for (const JsonValue& value : condition.values) c.values.push_back(parsed(value.text));
      c.min = condition.min;
      c.max = condition.max;
    }
  }
}

Point SweepPlan::point(std::uint64_t number) const {
  std::vector<std::size_t> positions(axes_.size());
  std::uint64_t rest = number;
  for (std::size_t a = axes_.size(); a-- > 0;) {
    positions[a] = static_cast<std::size_t>(rest % axes_[a].size);
    rest /= axes_[a].size;
  }
  Point point{number, static_cast<std::size_t>(rest), {}};
  point.values.reserve(columns_.size());
  for (std::size_t c = 0; c < columns_.size(); ++c)
    point.values.push_back(columns_[c].value(positions[axis_of_column_[c]]));
  return point;
}

bool SweepPlan::holds(const Condition& condition, const Point& point) const {
  const JsonDocument value = condition.column ? parsed(point.values[*condition.column])
                                              : JsonDocument(Json(spec_.scenarios[point.scenario]));
  const auto is_value = [&](const JsonDocument& v) { return v.root() == value.root(); };
  if (!condition.values.empty() && std::ranges::none_of(condition.values, is_value)) return false;
  if (!condition.min && !condition.max) return true;
  if (!value.root().is_number()) return false;
  const auto number = value.root().get<double>();
  return number >= condition.min.value_or(number) && number <= condition.max.value_or(number);
}

bool SweepPlan::is_excluded(const Point& point) const {
  return std::ranges::any_of(exclusions_, [&](const std::vector<Condition>& conditions) {
    return std::ranges::all_of(conditions, [&](const Condition& c) { return holds(c, point); });
  });
}

std::uint32_t SweepPlan::shard_of(const Point& point, std::uint32_t count) const {
  std::uint64_t hash = fnv1a64(spec_.scenarios[point.scenario]);
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    hash = fnv1a64("\n", hash);
    hash = fnv1a64(columns_[c].pointer, hash);
    hash = fnv1a64("=", hash);
    hash = fnv1a64(point.values[c], hash);
  }
  return static_cast<std::uint32_t>(mixed(hash) % count) + 1;
}

std::optional<Point> PointCursor::next() {
  while (number_ < plan_.combinations()) {
    Point point = plan_.point(number_++);
    if (shard_.count > 1 && plan_.shard_of(point, shard_.count) != shard_.index) continue;
    if (plan_.is_excluded(point)) continue;
    ++position_;
    return point;
  }
  return std::nullopt;
}

std::uint64_t count_points(const SweepPlan& plan, Shard shard) {
  if (shard.count == 1 && plan.spec().exclude.empty()) return plan.combinations();
  PointCursor cursor(plan, shard);
  while (cursor.next()) continue;
  return cursor.position();
}

std::string describe_point(const SweepPlan& plan, const Point& point) {
  std::string text;
  for (std::size_t c = 0; c < plan.columns().size(); ++c) {
    text += fmt::format("{}{}={}", c == 0 ? "" : ", ", plan.columns()[c].name, point.values[c]);
  }
  return fmt::format("{}{}scenario {}", text, text.empty() ? "" : " of ",
                     plan.spec().scenarios[point.scenario]);
}

}  // namespace autoscale
