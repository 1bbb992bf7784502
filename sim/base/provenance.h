// Where a number comes from. Every figure in models/ and configs/ carries this.
#pragma once

#include <string>

namespace autoscale {

enum class Quality : unsigned char { kMeasured, kDerived, kAssumed };

constexpr const char* to_string(Quality q) {
  switch (q) {
    case Quality::kMeasured: return "measured";
    case Quality::kDerived: return "derived";
    case Quality::kAssumed: return "assumed";
  }
  return "";
}

struct Provenance {
  Quality quality = Quality::kAssumed;
  std::string source;
};

// A single figure with its provenance, in the unit of the JSON key it was read from.
struct Figure {
  double value = 0.0;
  Provenance from;
};

}  // namespace autoscale
