// Fields of figures: values that say where they come from.
#pragma once

#include "sim/base/provenance.h"
#include "sim/config/field.h"
#include "sim/model/device.h"
#include "sim/model/radio.h"

namespace autoscale {

template <>
inline constexpr std::size_t kEnumCount<Quality> = 3;

// Bounds that keep sums and products of figures within what simulated time and doubles can hold.
inline constexpr double kMostWatts = 1e6;
inline constexpr double kLongestFigureMs = 1e7;  // 2.8 hours
inline constexpr double kMostMbps = 1e9;

// Spliced into the object whose numbers it stands for.
template <class Visitor>
void describe(Provenance& self, Visitor& field) {
  field(self.quality, {.key = "quality",
                       .doc = "measured, derived (calculated from measurements) or assumed.",
                       .required = true});
  field(self.source, {.key = "source",
                      .doc = "Where the numbers beside it come from.",
                      .required = true,
                      .min_items = 1});
}

// {"value": 3, "quality": ..., "source": ...}; bounds are those of the field it is read for.
template <class Visitor>
void describe(Figure& self, Visitor& field, const FieldInfo& outer) {
  field(self.value, {.key = dimensionless("value"),
                     .doc = "The number, in the unit that the key of the figure names.",
                     .min = outer.min,
                     .above = outer.above,
                     .max = outer.max,
                     .required = true});
  describe(self.from, field);
}

// {"mhz": [300, 600], "quality": ..., "source": ...}
template <class Visitor>
void describe(Series& self, Visitor& field, const FieldInfo& outer) {
  field(self.values, {.key = DimensionlessKey{outer.values_key},
                      .doc = "The numbers, in the unit that the key names.",
                      .min = outer.min,
                      .above = outer.above,
                      .max = outer.max,
                      .required = true,
                      .min_items = 1});
  describe(self.from, field);
}

// {"dbm": [-85, -55], "mbps": [1, 40], "quality": ..., "source": ...}
template <class Visitor>
void describe(SignalTable& self, Visitor& field, const FieldInfo& outer) {
  field(self.dbm, {.key = "dbm",
                   .doc = "Signal levels, ascending.",
                   .min = -150,
                   .max = 0,
                   .required = true,
                   .min_items = 1,
                   .meta = true});
  field(self.values, {.key = DimensionlessKey{outer.values_key},
                      .doc = "The value at each level; linear in between, constant outside.",
                      .min = outer.min,
                      .above = outer.above,
                      .max = outer.max,
                      .required = true,
                      .min_items = 1});
  describe(self.from, field);
}

}  // namespace autoscale
