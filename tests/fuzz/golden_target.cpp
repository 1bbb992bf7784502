// A report as golden file of `run --expect`: nothing has moved from itself, by no gate; everything from nothing.
#include "sim/report/gate_report.h"
#include "tests/fuzz/targets.h"

namespace autoscale::fuzz {
namespace {

void read(std::string_view bytes) {
  Diagnostics problems;
  const auto results = parse_report(bytes, "golden.json", problems);
  problems.throw_if_any();
  for (const GateTest test : {GateTest::kExact, GateTest::kTolerance, GateTest::kNonInferiority,
                              GateTest::kEquivalence}) {
    GateRule rule{.test = test};
    if (test != GateTest::kExact) rule.ratio = 0.01;
    const GateSpec gate{.rules = {rule}};
    expect(judge(*results, *results, "g", gate).failures() == 0, "results agree with themselves");
    ResultSet other = *results;
    other.seed = results->seed.value_or(0) + 1;
    const Judgement moved = judge(*results, other, "g", gate);
    expect(!gate_table(moved, GateRows::kAll, 20).empty(), "what was judged has a table");
    expect(!gate_junit(moved).empty(), "and JUnit's XML");
  }
}

const RegisterTarget registered{"golden", read};

}  // namespace
}  // namespace autoscale::fuzz
