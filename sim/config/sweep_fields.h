// Fields of a sweep file: the one place for keys, texts and bounds (defaults: sweep_spec.h).
#pragma once

#include "sim/config/field.h"
#include "sim/config/place.h"
#include "sim/config/scenario_fields.h"
#include "sim/config/sweep_spec.h"

namespace autoscale {

template <>
inline constexpr std::size_t kEnumCount<TableFormat> = 2;

template <>
inline constexpr std::array<std::string_view, 3> kExactlyOne<ValuesSpec>{"list", "linspace",
                                                                         "logspace"};
template <>
inline constexpr std::array<std::string_view, 4> kExactlyOne<DimensionSpec>{
    "uniform", "log_uniform", "whole", "choice"};
template <>
inline constexpr std::array<std::string_view, 6> kExactlyOne<AxisSpec>{
    "list", "linspace", "logspace", "zip", "latin_hypercube", "sobol"};

inline constexpr double kLargestValue = 1e15;  // of a spaced or sampled one

template <class Visitor>
void describe_ends(double& from, double& to, Visitor& field) {
  field(from, {.key = dimensionless("from"),
               .doc = "The first value.",
               .min = -kLargestValue,
               .max = kLargestValue,
               .required = true});
  field(to, {.key = dimensionless("to"),
             .doc = "The last value.",
             .min = -kLargestValue,
             .max = kLargestValue,
             .required = true});
}

template <class Visitor>
void describe(SpacedSpec& self, Visitor& field) {
  describe_ends(self.from, self.to, field);
  field(self.count, {.key = "count",
                     .doc = "How many values.",
                     .min = 2,
                     .max = static_cast<double>(kMostPoints),
                     .required = true});
}

template <class Visitor>
void describe(RangeSpec& self, Visitor& field) {
  describe_ends(self.from, self.to, field);
}

template <class Visitor>
void describe_column(std::string& name, std::string& pointer, Visitor& field) {
  field(name, {.key = "name",
               .doc = "Of the column in results; default: the last part of the pointer.",
               .omit_empty = true});
  field(pointer, {.key = "pointer",
                  .doc = "The value of the scenario that changes, as --set names it.",
                  .omit_empty = true});
}

template <class Visitor>
void describe(ValuesSpec& self, Visitor& field) {
  describe_column(self.name, self.pointer, field);
  field(self.list, {.key = "list", .doc = "These values.", .min_items = 1, .omit_empty = true});
  field(self.linspace, {.key = "linspace", .doc = "Values at equal distances."});
  field(self.logspace, {.key = "logspace", .doc = "Values at equal ratios; above 0."});
}

template <class Visitor>
void describe(DimensionSpec& self, Visitor& field) {
  describe_column(self.name, self.pointer, field);
  field(self.uniform, {.key = "uniform", .doc = "Uniform between two numbers."});
  field(self.log_uniform,
        {.key = "log_uniform", .doc = "Its logarithm is uniform between those of two numbers."});
  field(self.whole, {.key = "whole", .doc = "Whole numbers, both ends included."});
  field(self.choice,
        {.key = "choice", .doc = "One of these values.", .min_items = 1, .omit_empty = true});
}

template <class Visitor>
void describe(SampleSpec& self, Visitor& field) {
  field(self.count,
        {.key = "count", .doc = "How many points.", .min = 1, .max = 1e6, .required = true});
  field(self.seed, {.key = "seed", .doc = "Of a Latin hypercube; sobol has none."});
  field(self.dimensions,
        {.key = "dimensions", .doc = "What is sampled.", .required = true, .min_items = 1});
}

template <class Visitor>
void describe(AxisSpec& self, Visitor& field) {
  describe(self.values, field);
  field(self.zip, {.key = "zip",
                   .doc = "Columns of as many values each, that move together.",
                   .min_items = 2,
                   .omit_empty = true});
  field(self.latin_hypercube,
        {.key = "latin_hypercube",
         .doc = "Every dimension is cut into as many strata as there are points, and each is "
                "met once."});
  field(self.sobol, {.key = "sobol", .doc = "A Sobol sequence: fills the space evenly."});
}

template <class Visitor>
void describe(ConditionSpec& self, Visitor& field) {
  field(self.values,
        {.key = "values", .doc = "It is one of these.", .min_items = 1, .omit_empty = true});
  field(self.min, {.key = dimensionless("min"), .doc = "It is a number of at least this."});
  field(self.max, {.key = dimensionless("max"), .doc = "It is a number of at most this."});
}

template <class Visitor>
void describe(StoppingSpec& self, Visitor& field) {
  field(self.metric, {.key = "metric",
                      .doc = "Name of a metric of `list metrics`.",
                      .required = true,
                      .min_items = 1});
  field(
      self.ci95_ratio,
      {.key = "ci95_ratio",
       .doc = "Enough when the half width of the 95 % interval is at most this share of the mean.",
       .above = 0,
       .max = 1,
       .required = true});
  field(self.most_replications, {.key = "most_replications",
                                 .doc = "The budget: no more of one point.",
                                 .min = 2,
                                 .max = 1e6,
                                 .required = true});
  field(self.step,
        {.key = "step", .doc = "Replications that are added at a time.", .min = 1, .max = 1e6});
}

template <class Visitor>
void describe_runs(SweepSpec& self, Visitor& field) {
  field(self.policies, {.key = "policies",
                        .doc = "As --policy names them; default: those of each scenario.",
                        .omit_empty = true});
  field(self.seed, {.key = "seed", .doc = "Of all random streams; default: the scenarios'."});
  field(self.replications, {.key = "replications",
                            .doc = "Independent repetitions of each point; default: the "
                                   "scenarios'. With stopping: the least.",
                            .min = 1,
                            .max = 1e6});
  field(self.stopping,
        {.key = "stopping", .doc = "More replications where intervals are wide; default: none."});
  field(self.evaluation,
        {.key = "evaluation", .doc = "Of learners that do not say their own: frozen or online."});
  field(self.by_network,
        {.key = "by_network", .doc = "Rows of each network too, not only of all."});
  field(self.formats, {.key = "formats", .doc = "Of the tables that are written.", .min_items = 1});
}

template <class Visitor>
void describe(SweepSpec& self, Visitor& field) {
  field(self.name, {.key = "name", .doc = "Short name.", .required = true, .min_items = 1});
  field(self.title, {.key = "title", .doc = "The question, in words.", .omit_empty = true});
  field(self.scenarios, {.key = "scenarios",
                         .doc = "What is changed: names of `list scenarios`, or files.",
                         .required = true,
                         .min_items = 1});
  field(self.set, {.key = "set",
                   .doc = "Values by JSON pointer that hold in every point, as --set.",
                   .omit_empty = true});
  field(self.axes, {.key = "axes",
                    .doc = "What varies; every combination of their values is a point, the last "
                           "axis changing fastest.",
                    .omit_empty = true});
  field(self.exclude,
        {.key = "exclude",
         .doc = "Points that are left out: where all conditions of one of these hold, "
                "by name of column.",
         .omit_empty = true});
  describe_runs(self, field);
}

void validate(const SpacedSpec& spaced, const Place& place);
void validate(const RangeSpec& range, const Place& place);
void validate(const ValuesSpec& values, const Place& place);
void validate(const DimensionSpec& dimension, const Place& place);
void validate(const SampleSpec& sample, const Place& place);
void validate(const AxisSpec& axis, const Place& place);
void validate(const ConditionSpec& condition, const Place& place);
void validate(const SweepSpec& sweep, const Place& place);

}  // namespace autoscale
