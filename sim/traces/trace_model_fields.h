// Keys of the files of trace models.
#pragma once

#include <array>

#include "sim/config/field.h"
#include "sim/config/place.h"
#include "sim/traces/trace_model.h"

namespace autoscale {

template <>
struct Alternatives<ColumnModel> {
  static constexpr std::array names{"gaussian", "ar1", "markov", "over_level"};
};

inline constexpr double kLargestParameter = 1e6;
inline constexpr double kShortestStepMs = 1e-3;
inline constexpr double kLongestStepMs = 3.6e6;

template <class Model, class Visitor>
void describe_normal(Model& self, Visitor& field) {
  field(self.mean, {.key = dimensionless("mean"),
                    .doc = "Mean, in the unit of the column.",
                    .min = -kLargestParameter,
                    .max = kLargestParameter,
                    .required = true});
  field(self.sd, {.key = dimensionless("sd"),
                  .doc = "Standard deviation.",
                  .min = 0,
                  .max = kLargestParameter,
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
                    .min = -kLargestParameter,
                    .max = kLargestParameter});
  field(self.sd, {.key = dimensionless("sd"),
                  .doc = "Of the normal distribution before it is cut.",
                  .min = 0,
                  .max = kLargestParameter});
  field(self.lag1, {.key = dimensionless("lag1"),
                    .doc = "Of the latent course in this state.",
                    .above = -1,
                    .max = 1});
  field(self.min, {.key = dimensionless("min"),
                   .doc = "Lowest value of the state.",
                   .min = -kLargestParameter,
                   .max = kLargestParameter});
  field(self.max, {.key = dimensionless("max"),
                   .doc = "Highest value of the state.",
                   .min = -kLargestParameter,
                   .max = kLargestParameter});
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
                         .max = kLargestParameter,
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
  field(self.max_mbps, {.key = "max_mbps",
                        .doc = "Highest goodput.",
                        .min = 0,
                        .max = kLargestParameter,
                        .required = true});
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

void validate(const TraceModel& self, const Place& place);

}  // namespace autoscale
