// A sweep file as structs: which changes of which scenarios are simulated. Texts and bounds of the fields
// are declared once, in sweep_fields.h; docs/batch.md says how to use it.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/config/field.h"
#include "sim/config/scenario.h"

namespace autoscale {

inline constexpr std::uint64_t kMostPoints = 1'000'000'000;

// `count` values from `from` to `to`, both included.
struct SpacedSpec {
  double from = 0.0;
  double to = 0.0;
  std::int64_t count = 0;
};

// One column of values: exactly one of list, linspace, logspace is given.
struct ValuesSpec {
  std::string name;     // empty: the last part of the pointer
  std::string pointer;  // into the scenario
  std::vector<JsonValue> list;
  std::optional<SpacedSpec> linspace;
  std::optional<SpacedSpec> logspace;  // equal ratios; both ends above 0
};

struct RangeSpec {
  double from = 0.0;
  double to = 0.0;
};

// One column of a sample: exactly one of uniform, log_uniform, whole, choice is given.
struct DimensionSpec {
  std::string name;
  std::string pointer;
  std::optional<RangeSpec> uniform;
  std::optional<RangeSpec> log_uniform;
  std::optional<RangeSpec> whole;  // whole numbers, both ends included
  std::vector<JsonValue> choice;
};

struct SampleSpec {
  std::int64_t count = 0;
  std::uint64_t seed = 1;  // of a Latin hypercube
  std::vector<DimensionSpec> dimensions;
};

// One axis: the values of one column, or columns that move together (zip, samples).
struct AxisSpec {
  ValuesSpec values;  // when neither zip nor samples are given
  std::vector<ValuesSpec> zip;
  std::optional<SampleSpec> latin_hypercube;
  std::optional<SampleSpec> sobol;
};

// What a column has to be: one of `values`, and within [min, max].
struct ConditionSpec {
  std::vector<JsonValue> values;  // empty: any
  std::optional<double> min;
  std::optional<double> max;
};
using Exclusion = std::map<std::string, ConditionSpec>;  // column -> condition; all have to hold

// More replications until the interval of `metric` is narrow enough for every policy of a point.
struct StoppingSpec {
  std::string metric;
  double ci95_ratio = 0.0;  // half width of the 95 % interval / |mean|
  std::int64_t most_replications = 0;
  std::int64_t step = 1;  // replications that are added at a time
};

enum class TableFormat : std::uint8_t { kCsv, kJsonl };
const char* to_string(TableFormat format);

struct SweepSpec {
  std::string name;
  std::string title;
  std::vector<std::string> scenarios;
  std::map<std::string, JsonValue> set;  // pointer -> value, in every point
  std::vector<AxisSpec> axes;
  std::vector<Exclusion> exclude;
  std::vector<std::string> policies;         // empty: the scenarios' own
  std::optional<std::uint64_t> seed;         // absent: the scenarios'
  std::optional<std::int64_t> replications;  // absent: the scenarios'
  std::optional<StoppingSpec> stopping;
  Evaluation evaluation = Evaluation::kFrozen;
  bool by_network = false;
  std::vector<TableFormat> formats{TableFormat::kCsv, TableFormat::kJsonl};

  std::string file{};  // as the user named it
};

// The pointer's last part, unless a name is given.
[[nodiscard]] std::string column_name(const std::string& name, const std::string& pointer);

// All of it, defaults included, as JSON; reading this again gives the same sweep.
[[nodiscard]] std::string effective_json(const SweepSpec& sweep);

// "sweep", with every error; names of scenarios, policies and metrics are looked up later.
[[nodiscard]] std::string sweep_schema();

}  // namespace autoscale
