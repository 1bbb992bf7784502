// The points of a sweep: every combination of scenarios and axes, by number, never held all at once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/config/data_path.h"
#include "sim/config/json_access.h"
#include "sim/config/sweep_spec.h"
#include "sim/sweep/axes.h"

namespace autoscale {

struct Point {
  std::uint64_t number = 0;         // among all combinations, those that are excluded included
  std::size_t scenario = 0;         // position in SweepSpec::scenarios
  std::vector<std::string> values;  // JSON texts, as SweepPlan::columns()
};

// Which part of the points one process takes: number `index` of `count`, from 1.
struct Shard {
  std::uint32_t index = 1;
  std::uint32_t count = 1;
  friend bool operator==(const Shard&, const Shard&) = default;
};

class SweepPlan {
 public:
  explicit SweepPlan(SweepSpec spec);

  [[nodiscard]] const SweepSpec& spec() const { return spec_; }
  [[nodiscard]] const std::vector<Column>& columns() const { return columns_; }
  [[nodiscard]] std::uint64_t combinations() const { return combinations_; }

  // Precondition: number < combinations().
  [[nodiscard]] Point point(std::uint64_t number) const;
  [[nodiscard]] bool is_excluded(const Point& point) const;
  // Which shard of `count` takes the point, from 1: by a hash of what the point sets, so that it stays where
  // it is when other points come or go.
  [[nodiscard]] std::uint32_t shard_of(const Point& point, std::uint32_t count) const;

 private:
  struct Condition {
    std::optional<std::size_t> column;  // nothing: the scenario
    std::vector<JsonDocument> values;
    std::optional<double> min;
    std::optional<double> max;
  };
  [[nodiscard]] bool holds(const Condition& condition, const Point& point) const;

  SweepSpec spec_;
  std::vector<Axis> axes_;  // without their columns
  std::vector<Column> columns_;
  std::vector<std::size_t> axis_of_column_;
  std::vector<std::vector<Condition>> exclusions_;
  std::uint64_t combinations_ = 1;
};

// The points of a shard one after the other, in the order of their numbers.
class PointCursor {
 public:
  PointCursor(const SweepPlan& plan, Shard shard) : plan_(plan), shard_(shard) {}

  // Nothing after the last.
  [[nodiscard]] std::optional<Point> next();
  // How many next() has returned.
  [[nodiscard]] std::uint64_t position() const { return position_; }

 private:
  const SweepPlan& plan_;
  Shard shard_;
  std::uint64_t number_ = 0;
  std::uint64_t position_ = 0;
};

[[nodiscard]] std::uint64_t count_points(const SweepPlan& plan, Shard shard);

// "rssi_dbm=-85, qos_ms=50 of scenario s1", for messages.
[[nodiscard]] std::string describe_point(const SweepPlan& plan, const Point& point);

// Reads SWEEP: a file, or a name of configs/sweeps. Reports everything that the file alone tells; what its
// points are is found by validate_points().
[[nodiscard]] std::optional<SweepSpec> load_sweep(const std::string& name,
                                                  const std::vector<std::string>& overrides,
                                                  const DataPath& data, Diagnostics& diagnostics);

}  // namespace autoscale
