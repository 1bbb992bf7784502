// What counts as a regression: gates, each a list of rules for figures, as structs. Texts and bounds of
// the fields are declared once, in gate_fields.h; docs/regression.md says how to use it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace autoscale {

enum class GateTest : std::uint8_t {
  kExact,           // the same number in every replication
  kTolerance,       // within a limit in every replication
  kNonInferiority,  // shown to be no worse than a limit
  kEquivalence      // shown to be within a limit, on both sides
};
const char* to_string(GateTest test);

// Of figures it names: how they are judged. Exactly one limit, but none of kExact.
struct GateRule {
  std::vector<std::string> metrics{};  // empty: all; so are policies and networks
  std::vector<std::string> policies{};
  std::vector<std::string> networks{};
  GateTest test = GateTest::kExact;
  std::optional<double> ratio{};       // of what was expected
  std::optional<double> difference{};  // in the metric's unit
};

// The first rule that names a figure judges it; a figure that no rule names is not judged.
struct GateSpec {
  std::string title{};
  double confidence_ratio = 0.95;  // of each one-sided test
  std::vector<GateRule> rules{};
};

struct GateFile {
  std::string default_gate;
  std::map<std::string, GateSpec> gates;

  std::string file{};  // as the user named it
};

// "regression", with every error; names of metrics are looked up later.
[[nodiscard]] std::string gate_schema();

}  // namespace autoscale
