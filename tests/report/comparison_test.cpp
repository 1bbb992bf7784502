// Statistics by hand, and what can be paired with what.
#include "sim/report/comparison.h"

#include <cmath>

#include "sim/report/comparison_report.h"
#include "tests/support/catch.h"

namespace autoscale {
namespace {

using Values = std::vector<std::optional<double>>;

// Student's t of 97.5 % at 1 and 2 degrees of freedom, from tables.
constexpr double kT1 = 12.7062047361747;
constexpr double kT2 = 4.302652729911275;

TEST_CASE("paired difference: mean and Student's t over pairs, by hand") {
  const Values a{10, 12, 14};
  const Values b{8, 11, 13};  // differences -2 -1 -1: mean -4/3, sd 1/sqrt(3), half width t/3
  const PairedStatistics s = paired_statistics(a, b, Better::kLower);
  CHECK(s.pairs == 3);
  CHECK(*s.baseline == Approx(12));
  CHECK(*s.other == Approx(32.0 / 3.0));
  CHECK(*s.difference.mean == Approx(-4.0 / 3.0));
  CHECK(*s.difference.ci95 == Approx(kT2 / 3.0).epsilon(1e-9));
  CHECK(s.verdict == Verdict::kNoDifference);  // 1.33 within 1.43
}

TEST_CASE("an interval without 0 is a direction, which the metric judges") {
  const Values a{10, 12, 14};
  const Values b{8, 10, 13};  // differences -2 -2 -1: mean -5/3, the same half width 1.43
  CHECK(paired_statistics(a, b, Better::kLower).verdict == Verdict::kBetter);
  CHECK(paired_statistics(a, b, Better::kHigher).verdict == Verdict::kWorse);
  CHECK(paired_statistics(a, b, Better::kNeither).verdict == Verdict::kLower);
  CHECK(paired_statistics(b, a, Better::kLower).verdict == Verdict::kWorse);
  CHECK(paired_statistics(b, a, Better::kHigher).verdict == Verdict::kBetter);
  CHECK(paired_statistics(b, a, Better::kNeither).verdict == Verdict::kHigher);
}

TEST_CASE("pairing finds what two separate intervals would not") {
  // Replications differ by tens, the policies by exactly 1.
  const Values a{100, 120, 80, 140};
  const Values b{101, 121, 81, 141};
  const PairedStatistics s = paired_statistics(a, b, Better::kLower);
  CHECK(s.verdict == Verdict::kWorse);
  CHECK(*s.difference.ci95 == Approx(0.0).margin(1e-12));
}

TEST_CASE("ratio: geometric mean, its interval on the logarithms") {
  const Values a{1, 1};
  const Values b{2, 8};  // logarithms to base 2: 1 and 3, mean 2, sd sqrt(2), half width t
  const PairedStatistics s = paired_statistics(a, b, Better::kLower);
  CHECK(*s.ratio.ratio == Approx(4.0));
  CHECK(*s.ratio.factor95 == Approx(std::exp2(kT1)).epsilon(1e-9));
  CHECK_FALSE(paired_statistics(Values{0, 1}, b, Better::kLower).ratio.ratio.has_value());
}

TEST_CASE("one pair has no interval, rounding is no difference, undefined values are left out") {
  CHECK(paired_statistics(Values{1}, Values{2}, Better::kLower).verdict == Verdict::kUnknown);
  CHECK(paired_statistics(Values{1}, Values{1}, Better::kLower).verdict == Verdict::kNoDifference);
  const Values tiny{1 + 1e-14, 2 + 2e-14, 3 + 3e-14};
  CHECK(paired_statistics(Values{1, 2, 3}, tiny, Better::kLower).verdict == Verdict::kNoDifference);
  CHECK(paired_statistics(Values{0, 0}, Values{0, 0}, Better::kLower).verdict ==
        Verdict::kNoDifference);
  const Values hole{1, std::nullopt, 3};
  const PairedStatistics s = paired_statistics(hole, Values{2, 100, 4}, Better::kLower);
  CHECK(s.pairs == 2);
  CHECK(*s.baseline == 2);
  CHECK(*s.difference.mean == 1);
  const PairedStatistics none = paired_statistics(Values{std::nullopt}, Values{1}, Better::kLower);
  CHECK(none.verdict == Verdict::kUndefined);
  CHECK_FALSE(none.difference.mean.has_value());
}

constexpr std::string_view kHeader =
    "scenario,device,policy,network,replication,energy_mj_per_inference,accuracy_percent\n";

ResultSet results(const std::string& name, std::string_view rows,
                  std::optional<std::uint64_t> seed = 1) {
  Diagnostics problems;
  auto set = parse_results(std::string(kHeader) + std::string(rows), name, problems);
  REQUIRE(problems.empty());
  set->seed = seed;
  return *set;
}

const char* const kTwoPolicies =
    "s,phone,p,all,0,10,70\ns,phone,p,all,1,12,70\ns,phone,p,net,0,1,70\ns,phone,p,net,1,2,70\n"
    "s,phone,q,all,0,20,71\ns,phone,q,all,1,24,71\ns,phone,q,net,0,3,71\ns,phone,q,net,1,4,71\n";

ComparisonOptions energy() { return {.metrics = {"energy_mj_per_inference"}, .by_network = false}; }

std::vector<std::string> problems_of(const std::vector<ResultSet>& sets) {
  Diagnostics problems;
  static_cast<void>(compare_results(sets, energy(), problems));
  std::vector<std::string> texts;
  for (const Diagnostic& d : problems.list()) texts.push_back(to_string(d));
  return texts;
}

TEST_CASE("policies of one result are paired by replication, whatever the order of rows") {
  const ResultSet set = results("a",
                                "s,phone,p,all,1,12,70\ns,phone,p,all,0,10,70\n"
                                "s,phone,q,all,0,20,70\ns,phone,q,all,1,24,70\n");
  Diagnostics problems;
  const Comparison c = compare_policies(set, "", energy(), problems);
  REQUIRE(problems.empty());
  REQUIRE(c.rows.size() == 1);
  CHECK(c.rows[0].baseline.policy == "p");
  CHECK(c.rows[0].other.policy == "q");
  CHECK(*c.rows[0].statistics.difference.mean == Approx(11));
  CHECK(*c.rows[0].statistics.difference.ci95 == Approx(kT1));  // differences 10 and 12: sd sqrt(2)
  CHECK(*c.rows[0].statistics.ratio.ratio == Approx(2));
  CHECK(*c.rows[0].statistics.ratio.factor95 == Approx(1));
}

TEST_CASE("networks are compared when asked for, another baseline too") {
  const ResultSet set = results("a", kTwoPolicies);
  Diagnostics problems;
  ComparisonOptions options = energy();
  options.by_network = true;
  const Comparison c = compare_policies(set, "q", options, problems);
  REQUIRE(c.rows.size() == 2);
  CHECK(c.rows[1].network == "net");
  CHECK(c.rows[1].other.policy == "p");
  CHECK(*c.rows[1].statistics.difference.mean == Approx(-2));
  static_cast<void>(compare_policies(set, "r", energy(), problems));
  REQUIRE(problems.list().size() == 1);
  CHECK(problems.list()[0].message == "\"a\" has no policy \"r\"");
}

TEST_CASE("a result of one policy alone has nothing to compare") {
  Diagnostics problems;
  static_cast<void>(
      compare_policies(results("a", "s,phone,p,all,0,1,1\n"), "", energy(), problems));
  REQUIRE(problems.list().size() == 1);
  CHECK(problems.list()[0].message == "holds one policy, \"p\", and nothing to compare it with");
}

TEST_CASE("the same policy of two results, and a note on what only one has") {
  const ResultSet a = results("a", kTwoPolicies);
  const ResultSet b = results("b", "s,phone,q,all,0,30,71\ns,phone,q,all,1,34,71\n");
  Diagnostics problems;
  const std::vector<ResultSet> sets{a, b};
  const Comparison c = compare_results(sets, energy(), problems);
  REQUIRE(problems.empty());
  REQUIRE(c.rows.size() == 1);
  CHECK(c.rows[0].baseline.result == "a");
  CHECK(c.rows[0].other.result == "b");
  CHECK(*c.rows[0].statistics.difference.mean == Approx(10));
  CHECK(c.notes == std::vector<std::string>{"policy \"p\" of scenario 's' is in \"a\" only"});
}

TEST_CASE("results that are not paired are refused, and said why") {
  const ResultSet a = results("a", kTwoPolicies);
  CHECK(problems_of({a, results("b", kTwoPolicies, 2)}) ==
        std::vector<std::string>{
            "b: is of seed 2, but \"a\" of seed 1: their replications met different "
            "worlds and are not paired; run both with the same --seed"});
  CHECK(problems_of({a, results("b", "t,phone,p,all,0,1,1\n")}) ==
        std::vector<std::string>{
            "b: has nothing in common with \"a\": scenario t, not scenario s; compare "
            "results of one scenario, or the policies inside one result"});
  CHECK(problems_of({a, results("b", "s,phone,r,all,0,1,1\ns,phone,r,all,1,1,1\n")}).size() == 1);
  CHECK(problems_of({a, results("b", "s,phone,p,all,0,10,70\ns,phone,q,all,0,10,70\n")}) ==
        std::vector<std::string>{
            "b: 1 of the other's 2 replications of scenario 's' is missing: 1; run both "
            "with the same --replications"});
  // Present in the scenario, absent of one policy.
  CHECK(
      problems_of(
          {a, results("b",
                      "s,phone,p,all,0,10,70\ns,phone,p,all,1,10,70\ns,phone,q,all,0,10,70\n")}) ==
      std::vector<std::string>{
          "b: 1 of the other's 2 replications of policy \"q\", network \"all\" in "
          "scenario 's' is missing: 1; run both with the same --replications"});
}

TEST_CASE("an unknown seed is taken to be the same, with a note") {
  const std::vector<ResultSet> sets{results("a", kTwoPolicies),
                                    results("b", kTwoPolicies, std::nullopt)};
  Diagnostics problems;
  const Comparison c = compare_results(sets, energy(), problems);
  CHECK(problems.empty());
  REQUIRE(c.notes.size() == 1);
  CHECK(c.notes[0].find("\"b\" has no manifest") == 0);
  for (const ComparisonRow& row : c.rows) CHECK(row.statistics.verdict == Verdict::kNoDifference);
}

TEST_CASE("a metric that is not there is named with what is near") {
  const ResultSet a = results("a", kTwoPolicies);
  Diagnostics problems;
  ComparisonOptions options;
  options.metrics = {"accuracy_percents"};
  static_cast<void>(compare_policies(a, "", options, problems));
  REQUIRE(problems.list().size() == 1);
  CHECK(problems.list()[0].hint == "did you mean 'accuracy_percent'?");
}

TEST_CASE("what is wrong with a result file is found at its line") {
  const auto problems = [](std::string_view rows) {
    Diagnostics found;
    CHECK_FALSE(parse_results(std::string(kHeader) + std::string(rows), "f", found).has_value());
    std::vector<std::string> texts;
    for (const Diagnostic& d : found.list()) texts.push_back(to_string(d));
    return texts;
  };
  CHECK(problems("s,phone,p,all,-1,x,nan\n") ==
        std::vector<std::string>{
            "f: line 2, column replication: expected a number of at least 0, got \"-1\"",
            "f: line 2, column energy_mj_per_inference: expected a number, got \"x\"",
            "f: line 2, column accuracy_percent: expected a number, got \"nan\""});
  CHECK(problems("s,phone,p,all,0,1,1\ns,phone,p,all,0,1,1\n").size() == 1);
  CHECK(problems("").size() == 1);
}

TEST_CASE("one scenario on several devices is kept apart") {
  const ResultSet set = results("a", "s,x,p,all,0,1,1\ns,y,p,all,0,2,1\n");
  CHECK(set.scenarios() == std::vector<std::string>{"s on x", "s on y"});
}

TEST_CASE("the table marks directions and says once what is common") {
  const ResultSet set = results("a", kTwoPolicies);
  Diagnostics problems;
  const std::string text = comparison_table(compare_policies(set, "", energy(), problems));
  CHECK(text ==
        "a: policies against p; scenario s; 2 paired replications\n"
        "difference: mean ± 95 % interval; ratio: geometric mean and its 95 % interval\n"
        "\n"
        "                           baseline  mean  difference       ratio  verdict\n"
        "q\n"
        "  energy_mj_per_inference        11    22     +11 ±13  2 (2 to 2)  no difference\n");
}

}  // namespace
}  // namespace autoscale
