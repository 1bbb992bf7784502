// Fields of a file of gates: the one place for keys, texts and bounds (defaults: gate_spec.h).
#pragma once

#include "sim/config/field.h"
#include "sim/config/gate_spec.h"
#include "sim/config/place.h"

namespace autoscale {

template <>
inline constexpr std::size_t kEnumCount<GateTest> = 4;

template <class Visitor>
void describe(GateRule& self, Visitor& field) {
  field(self.metrics, {.key = "metrics",
                       .doc = "Names of `list metrics`; default: all.",
                       .min_items = 1,
                       .omit_empty = true});
  field(self.policies, {.key = "policies",
                        .doc = "Names of policies in the results; default: all.",
                        .min_items = 1,
                        .omit_empty = true});
  field(self.networks, {.key = "networks",
                        .doc = "Names of networks in the results, or all (all of them together); "
                               "default: every one.",
                        .min_items = 1,
                        .omit_empty = true});
  field(self.test, {.key = "test",
                    .doc = "exact: the same number in every replication; tolerance: within a limit "
                           "in every replication; non_inferiority: shown to be no worse than a "
                           "limit; equivalence: shown to be within a limit, on both sides (TOST).",
                    .required = true});
  field(self.ratio, {.key = "ratio",
                     .doc = "The limit, relative to what was expected: 0.02 is 2 %.",
                     .min = 0,
                     .max = 10});
  field(self.difference, {.key = dimensionless("difference"),
                          .doc = "The limit, in the unit of the metric.",
                          .min = 0,
                          .max = 1e15});
}

template <class Visitor>
void describe(GateSpec& self, Visitor& field) {
  field(self.title, {.key = "title", .doc = "What passes, in words.", .omit_empty = true});
  field(self.confidence_ratio, {.key = "confidence_ratio",
                                .doc = "Of each one-sided test of non_inferiority and equivalence.",
                                .min = 0.5,
                                .max = 0.9999});
  field(self.rules, {.key = "rules",
                     .doc = "The first that names a figure judges it; others are not judged.",
                     .required = true,
                     .min_items = 1});
}

template <class Visitor>
void describe(GateFile& self, Visitor& field) {
  field(self.default_gate,
        {.key = "default_gate", .doc = "What --gate is without being given.", .required = true});
  field(self.gates, {.key = "gates", .doc = "Gates by name.", .required = true});
}

void validate(const GateRule& rule, const Place& place);
void validate(const GateFile& file, const Place& place);

}  // namespace autoscale
