#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "sim/config/json_file.h"
#include "sim/config/reader.h"
#include "sim/config/writer.h"
#include "sim/traces/trace_model.h"
#include "sim/traces/trace_model_fields.h"

namespace autoscale {
namespace {

std::string problem_of(const GoodputOverLevel& m) {
  if (m.level_dbm.size() != m.mean_mbps.size())
    return fmt::format("level_dbm has {} numbers, mean_mbps {}", m.level_dbm.size(),
                       m.mean_mbps.size());
  if (std::ranges::adjacent_find(m.level_dbm, std::greater_equal<>()) != m.level_dbm.end())
    return "level_dbm does not ascend";
  return m.lag1 < 1.0 ? "" : "lag1 is 1, expected less";
}

std::string problem_of_column(const ColumnModel& model) {
  return std::visit(
      [](const auto& m) {
        if constexpr (std::is_same_v<std::remove_cvref_t<decltype(m)>, GoodputOverLevel>) {
          return problem_of(m);
        } else {
          return problem_of(GeneratorModel(m));
        }
      },
      model);
}

bool is_goodput(TraceColumn c) { return c == TraceColumn::kUplink || c == TraceColumn::kDownlink; }

void check_column(const std::string& name, const ColumnModel& model, const Place& place) {
  const std::optional<TraceColumn> column = trace_column_named(name);
  if (!column) {
    place.error(fmt::format("there is no column \"{}\"", name),
                suggestion(name, trace_column_names(), "columns"));
    return;
  }
  if (std::holds_alternative<GoodputOverLevel>(model) && !is_goodput(*column))
    place.error("over_level is for uplink_mbps and downlink_mbps", "use gaussian, ar1 or markov");
  const std::string problem = problem_of_column(model);
  if (!problem.empty()) place.error(problem);
}

}  // namespace

void validate(const TraceModel& self, const Place& place) {
  const Place columns = place.child("columns");
  for (const auto& [name, model] : self.columns) check_column(name, model, columns.child(name));
  std::vector<TraceColumn> known;
  for (const auto& [name, model] : self.columns) {
    if (const auto column = trace_column_named(name)) known.push_back(*column);
  }
  if (known.size() < self.columns.size()) return;  // said already
  if (const auto problem = problem_of_columns(known))
    columns.error("has " + problem->what, problem->hint);
}

std::optional<TraceModel> read_trace_model(std::string_view json, const std::string& file,
                                           Diagnostics& diagnostics) {
  const std::size_t before = diagnostics.list().size();
  const std::optional<JsonDocument> document = parse_json(json, file, diagnostics);
  if (!document) return std::nullopt;
  TraceModel model;
  read_json(document->root(), model, Place{file, "", &diagnostics});
  if (diagnostics.list().size() != before) return std::nullopt;
  return model;
}

std::optional<TraceModel> read_trace_model_file(const std::filesystem::path& file,
                                                Diagnostics& diagnostics) {
  const std::optional<std::string> text = read_text_file(file, diagnostics);
  return text ? read_trace_model(*text, file.string(), diagnostics) : std::nullopt;
}

std::string trace_model_json(const TraceModel& model) { return json_text(model) + '\n'; }

}  // namespace autoscale
