#include "sim/report/result_text.h"

#include <fmt/format.h>

#include "sim/report/csv_report.h"
#include "sim/report/json_report.h"
#include "sim/report/jsonl_report.h"
#include "sim/report/metrics.h"
#include "sim/report/result_set.h"
#include "tests/report/tallies.h"
#include "tests/support/catch.h"

namespace autoscale {
namespace {

using Texts = std::vector<std::string>;

std::vector<std::string> refused(const std::string& text) {
  Diagnostics problems;
  CHECK_FALSE(table_of_report(text, "g", problems).has_value());
  std::vector<std::string> places;
  for (const Diagnostic& d : problems.list()) places.push_back(d.pointer + ": " + d.message);
  return places;
}

std::string report(const std::string& policies, const std::string& seed = "1") {
  return R"({"scenario": "s", "device": "d", "seed": )" + seed +
         R"(, "replications": 2, "replication_numbers": [0, 1], "policies": [)" + policies + "]}";
}

std::string policy(const std::string& values, const std::string& metric = "energy") {
  return R"({"name": "p", "metrics": {")" + metric + R"(": {"mean": 1, "by_replication": )" +
         values + R"(}}, "networks": {}})";
}

void check_same(const ResultSet& a, const ResultSet& b) {
  REQUIRE(a.metrics == b.metrics);
  REQUIRE(a.rows.size() == b.rows.size());
  for (std::size_t r = 0; r < a.rows.size(); ++r) {
    CHECK(a.rows[r].scenario == b.rows[r].scenario);
    CHECK(a.rows[r].policy == b.rows[r].policy);
    CHECK(a.rows[r].network == b.rows[r].network);
    CHECK(a.rows[r].replication == b.rows[r].replication);
    CHECK(a.rows[r].values == b.rows[r].values);
  }
}

// Two replications, of which one has no finished request in the last workload.
Summary sample() {
  const auto world = test::small_world();
  return summarise(
      *world,
      test::one_policy({{test::tally({10, 20}, 0), test::tally({60}, 2), test::tally({30}, 1)},
                        {test::tally({1.0 / 3.0}, 0), test::tally({60}, 2), test::tally({}, 1)}}),
      7, 2);
}

TEST_CASE("CSV, JSON and JSON Lines of one result are read as the same figures") {
  const Summary summary = sample();
  Diagnostics problems;
  const auto csv = parse_results(csv_header() + csv_rows(summary), "r", problems);
  const auto json = parse_report(json_report(summary), "r", problems);
  const auto lines = table_of_lines(jsonl_rows(summary, "", true), "r", problems);
  REQUIRE(problems.empty());
  REQUIRE(csv.has_value());
  CHECK(csv->rows.size() == 8);  // all and three workloads, two replications
  CHECK(csv->metrics.size() == metrics().size());
  check_same(*csv, *json);
  CHECK(json->seed == 7);
  REQUIRE(lines->rows.size() == csv->rows.size());
  const auto column = *lines->column("energy_mj_per_inference");
  for (std::size_t r = 0; r < lines->rows.size(); ++r) {
    const auto value = csv->rows[r].values[*csv->metric("energy_mj_per_inference")];
    CHECK(lines->rows[r][column] == (value ? fmt::format("{}", *value) : ""));
  }
}

TEST_CASE("null is not defined") {
  Diagnostics problems;
  const auto set = parse_report(report(policy("[1, null]")), "g", problems);
  REQUIRE(problems.empty());
  CHECK(set->rows[0].values[0] == 1.0);
  CHECK_FALSE(set->rows[1].values[0]);
}

TEST_CASE("scenarios of several seeds have none in common") {
  Diagnostics problems;
  std::string other = report(policy("[1, 2]"), "2");
  other.replace(other.find("\"s\""), 3, "\"t\"");
  const auto set = parse_report("[" + report(policy("[1, 2]")) + "," + other + "]", "g", problems);
  REQUIRE(problems.empty());
  CHECK_FALSE(set->seed);
  CHECK(set->scenarios() == Texts{"s", "t"});
}

TEST_CASE("what is no report is refused with its pointer") {
  CHECK(refused("3") == Texts{": expected an object, got 3"});
  CHECK(refused("[]") == Texts{": must not be empty"});
  CHECK(refused("{}") == Texts{"/scenario: is missing"});
  CHECK(refused(R"({"scenario": "s", "device": "d", "replication_numbers": [0]})") ==
        Texts{"/seed: is missing", "/policies: is missing"});
  CHECK(refused(R"({"scenario": "s", "device": "d", "seed": 1, "policies": []})") ==
        Texts{"/replication_numbers: is missing"});
  CHECK(refused(report(R"({"name": "p"})")) ==
        Texts{"/policies/0/metrics: is missing", "/policies/0/networks: is missing"});
  CHECK(refused(report(policy("3"))) ==
        Texts{"/policies/0/metrics/energy/by_replication: expected a list, got 3"});
  CHECK(refused(report(policy("[1]"))) ==
        Texts{"/policies/0/metrics/energy/by_replication: has 1 values, but there are 2 "
              "replications"});
  CHECK(refused(report(policy("[1, 2]") + "," + policy("[1, 2]", "power"))) ==
        Texts{"/policies/1/metrics: are other metrics than those of the first policy"});
  CHECK(refused("{\"scenario\": \"s\"").size() == 1);
  Diagnostics problems;
  CHECK_FALSE(parse_report(report(policy("[1, \"x\"]")), "g", problems));
  CHECK(problems.list().size() == 1);
}

TEST_CASE("lines of other members, and none, are refused") {
  Diagnostics problems;
  CHECK_FALSE(table_of_lines("{\"a\":1}\n{\"b\":1}\n", "r", problems));
  CHECK_FALSE(table_of_lines("\n", "r", problems));
  CHECK_FALSE(table_of_lines("{\"a\":1}\n[1]\n", "r", problems));
  REQUIRE(problems.list().size() == 3);
  CHECK(problems.list()[0].file == "r, line 2");
  const auto table =
      table_of_lines("{\"a\":1.5,\"b\":\"x, y\"}\n{\"a\":null,\"b\":\"\"}\n", "r", problems);
  REQUIRE(table.has_value());
  CHECK(table->rows == std::vector<Texts>{{"1.5", "x, y"}, {"", ""}});
}

}  // namespace
}  // namespace autoscale
