#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "sim/config/json_file.h"
#include "sim/config/reader.h"
#include "sim/config/writer.h"
#include "sim/traces/trace_model.h"

namespace autoscale {

template <>
struct Alternatives<ColumnModel> {
  static constexpr std::array names{"gaussian", "ar1", "markov", "over_level"};
};

namespace {

constexpr double kHuge = 1e6;
constexpr double kShortestStepMs = 1e-3;
constexpr double kLongestStepMs = 3.6e6;

}  // namespace

template <class Model, class Visitor>
void describe_normal(Model& self, Visitor& field) {
  field(self.mean, {.key = dimensionless("mean"),
                    .doc = "Mean, in the unit of the column.",
                    .min = -kHuge,
                    .max = kHuge,
                    .required = true});
  field(self.sd, {.key = dimensionless("sd"),
                  .doc = "Standard deviation.",
                  .min = 0,
                  .max = kHuge,
                  .required = true});
}

template <class Visitor>
void describe(GaussianModel& self, Visitor& field) {
  describe_normal(self, field);
}

template <class Visitor>
void describe(Ar1Model& self, Visitor& field) {
  describe_normal(self, field);
  field(self.lag1, {.key = dimensionless("lag1"),
                    .doc = "Correlation with the next sample.",
                    .above = -1,
                    .max = 1,
                    .required = true});
}

template <class Visitor>
void describe(MarkovState& self, Visitor& field) {
  field(self.mean, {.key = dimensionless("mean"),
                    .doc = "Of the normal distribution before it is cut.",
                    .min = -kHuge,
                    .max = kHuge});
  field(self.sd, {.key = dimensionless("sd"),
                  .doc = "Of the normal distribution before it is cut.",
                  .min = 0,
                  .max = kHuge});
  field(self.lag1, {.key = dimensionless("lag1"),
                    .doc = "Of the latent course in this state.",
                    .above = -1,
                    .max = 1});
  field(self.min, {.key = dimensionless("min"),
                   .doc = "Lowest value of the state.",
                   .min = -kHuge,
                   .max = kHuge});
  field(self.max, {.key = dimensionless("max"),
                   .doc = "Highest value of the state.",
                   .min = -kHuge,
                   .max = kHuge});
  field(self.gap, {.key = "gap", .doc = "Nothing is heard in this state."});
}

template <class Visitor>
void describe(MarkovModel& self, Visitor& field) {
  field(self.states, {.key = "states", .doc = "The states.", .required = true, .min_items = 1});
  field(self.transition, {.key = dimensionless("transition"),
                          .doc = "Probabilities per sample, from row to column.",
                          .min = 0,
                          .max = 1,
                          .required = true,
                          .min_items = 1});
}

template <class Visitor>
void describe(GoodputOverLevel& self, Visitor& field) {
  field(self.level_dbm, {.key = "level_dbm",
                         .doc = "Levels of the table, ascending.",
                         .min = -150,
                         .max = 0,
                         .required = true,
                         .min_items = 1});
  field(self.mean_mbps, {.key = "mean_mbps",
                         .doc = "Mean goodput at each level.",
                         .min = 0,
                         .max = kHuge,
                         .required = true,
                         .min_items = 1});
  field(self.spread, {.key = dimensionless("spread"),
                      .doc = "Standard deviation of the logarithm of the noise, whose mean is 1.",
                      .min = 0,
                      .max = 10,
                      .required = true});
  field(self.lag1, {.key = dimensionless("lag1"),
                    .doc = "Of the logarithm of the noise.",
                    .above = -1,
                    .max = 1,
                    .required = true});
  field(self.max_mbps,
        {.key = "max_mbps", .doc = "Highest goodput.", .min = 0, .max = kHuge, .required = true});
}

template <class Visitor>
void describe(FittedStatistics& self, Visitor& field) {
  field(self.mean, {.key = dimensionless("mean"), .doc = "Mean."});
  field(self.sd, {.key = dimensionless("sd"), .doc = "Standard deviation."});
  field(self.lag1, {.key = dimensionless("lag1"), .doc = "Correlation with the next sample."});
  field(self.share_weak, {.key = dimensionless("share_weak"), .doc = "Share of weak samples."});
  field(self.dwell_regular_s,
        {.key = dimensionless("dwell_regular_s"), .doc = "Mean time regular."});
  field(self.dwell_weak_s, {.key = dimensionless("dwell_weak_s"), .doc = "Mean time weak."});
}

template <class Visitor>
void describe(TraceModel& self, Visitor& field) {
  field(self.title, {.key = "title", .doc = "What it is a model of.", .omit_empty = true});
  field(self.source, {.key = "source", .doc = "Of the data it was fitted to.", .omit_empty = true});
  field(self.licence, {.key = "licence", .doc = "Of the data.", .omit_empty = true});
  field(self.fitted_to, {.key = "fitted_to", .doc = "Which data, how.", .omit_empty = true});
  field(self.step_ms, {.key = "step_ms",
                       .doc = "Between samples.",
                       .min = kShortestStepMs,
                       .max = kLongestStepMs,
                       .required = true});
  field(self.columns, {.key = "columns", .doc = "By name, as in a trace.", .required = true});
  field(self.fitted,
        {.key = "fitted", .doc = "Statistics of the data, by column.", .omit_empty = true});
  JsonText errors{self.standard_errors};
  field(errors, {.key = "standard_errors", .doc = "Of the parameters, by column."});
}

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
  std::vector<std::string> names;
  std::optional<TraceColumn> column;
  for (int c = 0; c < kTraceColumns; ++c) {
    names.emplace_back(to_string(static_cast<TraceColumn>(c)));
    if (names.back() == name) column = static_cast<TraceColumn>(c);
  }
  if (!column) {
    place.error(fmt::format("there is no column \"{}\"", name), suggestion(name, names, "columns"));
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
  const auto has = [&](const char* name) { return self.columns.contains(name); };
  const bool level = has("rssi_dbm") || has("rsrp_dbm");
  const bool goodput = has("uplink_mbps") || has("downlink_mbps");
  const bool load = has("cpu_ratio") || has("memory_ratio");
  if (has("rssi_dbm") && has("rsrp_dbm"))
    columns.error("has both rssi_dbm and rsrp_dbm", "keep one");
  if ((level || goodput) && load)
    columns.error("has columns of a signal and of a co-runner", "make two models of it");
  if (!level && !load)
    columns.error("has neither a level nor a load", "add rssi_dbm, or cpu_ratio and memory_ratio");
  if (load && !(has("cpu_ratio") && has("memory_ratio")))
    columns.error("has one of cpu_ratio and memory_ratio, expected both",
                  "{\"gaussian\": {\"mean\": 0, \"sd\": 0}} says that there is no such load");
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
