// Relations between the fields of a file of gates.
#include "sim/config/gate_spec.h"

#include <fmt/format.h>

#include "sim/config/gate_fields.h"
#include "sim/config/schema.h"

namespace autoscale {

const char* to_string(GateTest test) {
  switch (test) {
    case GateTest::kExact: return "exact";
    case GateTest::kTolerance: return "tolerance";
    case GateTest::kNonInferiority: return "non_inferiority";
    case GateTest::kEquivalence: return "equivalence";
  }
  return "";
}

void validate(const GateRule& rule, const Place& place) {
  const int limits = (rule.ratio ? 1 : 0) + (rule.difference ? 1 : 0);
  if (rule.test == GateTest::kExact) {
    if (limits > 0) place.error("exact allows no difference", "give a limit to \"tolerance\"");
    return;
  }
  if (limits != 1) {
    place.error(fmt::format("{} needs one limit, got {}", to_string(rule.test),
                            limits == 0 ? "none" : "two"),
                "give \"ratio\" or \"difference\"");
    return;
  }
  const double limit = rule.ratio ? *rule.ratio : *rule.difference;
  if (rule.test != GateTest::kTolerance && limit == 0.0) {
    place.child(rule.ratio ? "ratio" : "difference")
        .error("no number of replications shows a difference of less than 0",
               "above 0, or test \"exact\"");
  }
}

void validate(const GateFile& file, const Place& place) {
  if (file.gates.contains(file.default_gate)) return;
  std::vector<std::string> names;
  for (const auto& [name, gate] : file.gates) names.push_back(name);
  place.child("default_gate")
      .error(fmt::format("there is no gate \"{}\"", file.default_gate),
             suggestion(file.default_gate, names, "gates"));
}

std::string gate_schema() { return schema_text<GateFile>("Regression"); }

}  // namespace autoscale
