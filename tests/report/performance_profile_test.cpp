// Performance profiles: steps at the ratios, one grid for all, and what has no profile.
#include "sim/report/performance_profile.h"

#include <algorithm>

#include "sim/report/profile_report.h"
#include "tests/support/catch.h"

namespace autoscale {
namespace {

PolicyRuns policy(const std::string& metric, const std::string& name, const TaskValues& baseline,
                  const TaskValues& other) {
  return {metric, "p", name, defined_runs(baseline, other)};
}

TEST_CASE("a profile steps up at each ratio, which it includes") {
  // Ratios 0.5 1 | 1 2.
  const TaskRuns runs = defined_runs({{2, 2}, {2, 2}}, {{1, 2}, {2, 4}});
  const std::vector<double> taus{0.4, 0.5, 0.9, 1.0, 1.9, 2.0, 3.0};
  const auto shares = performance_profile(runs, taus);
  REQUIRE(shares.size() == taus.size());
  const std::vector<double> expected{0, 0.25, 0.25, 0.75, 0.75, 1, 1};
  for (std::size_t i = 0; i < taus.size(); ++i) CHECK(shares[i].value == expected[i]);
  // At 0.5 the first task has 0, 1 or 2 of its runs, with 1/4, 1/2, 1/4; the second none.
  CHECK(shares[1].low95 == 0.0);
  CHECK(shares[1].high95 == 0.5);
  // At 1 both tasks vary: all of one and none of the other would be 0.5, as all and half of the second are.
  CHECK(shares[3].low95 == 0.5);
  CHECK(shares[3].high95 == 1.0);
  CHECK(shares[0].low95 == 0.0);
  CHECK(shares[0].high95 == 0.0);
  CHECK(shares[6].low95 == 1.0);
}

TEST_CASE("the grid goes from the least to the greatest ratio, by logarithm, through the marks") {
  const std::vector<double> grid = profile_grid(0.01, 4.0);
  CHECK(std::ranges::is_sorted(grid));
  CHECK(std::ranges::adjacent_find(grid) == grid.end());
  CHECK(grid.size() == 50 + kProfileMarks.size());
  CHECK(grid.front() == 0.01);
  CHECK(grid.back() == 4.0);
  for (const double mark : kProfileMarks) CHECK(std::ranges::find(grid, mark) != grid.end());
  CHECK(grid[1] / grid[0] == Approx(grid[2] / grid[1]));
  CHECK(profile_grid(1e-300, 1e300).size() == 50 + kProfileMarks.size());
  CHECK(profile_grid(1e-300, 1e300).back() == 1e300);
  // One ratio only, and that a mark.
  CHECK(profile_grid(1.0, 1.0) == std::vector<double>(kProfileMarks.begin(), kProfileMarks.end()));
}

TEST_CASE("all policies of a metric have the same taus, those without ratios a note") {
  const PairedRuns paired{
      .result = "r.csv",
      .rows = {policy("energy_mj_per_inference", "q", {{1, 1}}, {{0.25, 0.25}}),
               policy("energy_mj_per_inference", "r", {{1, 1}, {1, 1}}, {{8, 8}, {1, {}}}),
               policy("qos_violation_ratio", "q", {{0, 0}}, {{1, 1}})},
      .notes = {"a note on tasks"}};
  Diagnostics problems;
  const Profiles profiles = profile_over_tasks(paired, kResamples, problems);
  CHECK(problems.empty());
  const std::size_t half = profiles.rows.size() / 2;
  REQUIRE(half == 50 + kProfileMarks.size());
  for (std::size_t i = 0; i < half; ++i) {
    CHECK(profiles.rows[i].policy == "q");
    CHECK(profiles.rows[half + i].policy == "r");
    CHECK(profiles.rows[i].tau == profiles.rows[half + i].tau);
  }
  CHECK(profiles.rows[0].tau == 0.25);
  CHECK(profiles.rows[0].share.value == 1.0);
  CHECK(profiles.rows[half].share.value == 0.0);
  CHECK(profiles.rows.back().tau == 8.0);
  CHECK(profiles.notes ==
        std::vector<std::string>{
            "a note on tasks",
            "energy_mj_per_inference of policy \"r\": 1 of 2 tasks left out, not defined in some "
            "replication",
            "qos_violation_ratio of policy \"q\" has no profile: ratios need values above 0 on "
            "both sides"});
}

TEST_CASE("when nothing has a profile, that is said") {
  const PairedRuns paired{.result = "r.csv", .rows = {policy("m", "q", {{0}}, {{1}})}, .notes = {}};
  Diagnostics problems;
  CHECK(profile_over_tasks(paired, kResamples, problems).rows.empty());
  REQUIRE(problems.list().size() == 1);
  CHECK(problems.list()[0].message.find("no metric has a profile") == 0);
}

TEST_CASE("what is printed: names of the JSON, and a row of the table per policy") {
  const PairedRuns paired{.result = "r.csv",
                          .rows = {policy("m", "q", {{2, 2}, {2, 2}}, {{1, 2}, {2, 4}}),
                                   policy("m", "r", {{1, 1}}, {{3, 3}})},
                          .notes = {}};
  Diagnostics problems;
  const Profiles profiles = profile_over_tasks(paired, kResamples, problems);
  const std::string csv = profile_csv(profiles);
  CHECK(csv.find("metric,baseline_policy,policy,tau,share,share_low95,share_high95\n"
                 "m,p,q,0.5,0.25,0,0.5\n") == 0);
  const std::string json = profile_json(profiles);
  CHECK(json.find("\"profiles\"") != std::string::npos);
  for (const char* name : {"metric", "baseline_policy", "policy", "tau", "share", "share_low95",
                           "share_high95", "notes"}) {
    CHECK(json.find('"' + std::string(name) + '"') != std::string::npos);
  }
  const std::string table = profile_table(profiles);
  CHECK(table.find(
            "tau        0.5        0.8        0.9            1          1.1         1.25    2\n"
            "m\n"
            "  q  25 (0-50)  25 (0-50)  25 (0-50)  75 (50-100)  75 (50-100)  75 (50-100)  100\n"
            "  r          0          0          0            0            0            0    0\n") !=
        std::string::npos);
}

}  // namespace
}  // namespace autoscale
