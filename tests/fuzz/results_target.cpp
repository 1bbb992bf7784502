// A results.csv, as `compare` reads it: its policies with each other, and the file with itself.
#include <string>
#include <vector>

#include "sim/report/comparison_report.h"
#include "tests/fuzz/targets.h"

namespace autoscale::fuzz {
namespace {

void print(const Comparison& comparison) {
  expect(!comparison_table(comparison).empty(), "a comparison has a table");
  expect(!comparison_csv(comparison).empty(), "a comparison has rows");
  expect(!comparison_json(comparison).empty(), "a comparison has JSON");
}

void read(std::string_view bytes) {
  Diagnostics problems;
  const auto set = parse_results(bytes, "results.csv", problems);
  problems.throw_if_any();
  const ComparisonOptions options{.metrics = set->metrics, .by_network = true};
  const std::vector<ResultSet> twice{*set, *set};
  if (options.metrics.empty()) return;  // compare asks for at least one
  Diagnostics refused;
  const Comparison same = compare_results(twice, options, refused);
  if (refused.empty()) print(same);
  const Comparison policies = compare_policies(*set, "", options, problems);
  problems.throw_if_any();
  print(policies);
}

const RegisterTarget registered{"results", read};

}  // namespace
}  // namespace autoscale::fuzz
