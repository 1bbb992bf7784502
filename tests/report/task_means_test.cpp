// Means over tasks, by hand, and what takes part in them.
#include "sim/report/task_means.h"

#include <cmath>

#include "sim/report/task_comparison.h"
#include "sim/report/task_report.h"
#include "tests/support/catch.h"

namespace autoscale {
namespace {

// Student's t of 97.5 % at 1 degree of freedom, from tables.
constexpr double kT1 = 12.7062047361747;

TaskMeans means(const TaskValues& baseline, const TaskValues& other) {
  return task_means(defined_runs(baseline, other));
}

TEST_CASE("ratios over tasks: geometric, arithmetic and of totals, by hand") {
  // Two tasks, two replications. Ratios: 2 and 8, then 4 and 1.
  const TaskMeans m = means({{1, 1}, {1, 2}}, {{2, 4}, {8, 2}});
  CHECK(m.tasks == 2);
  CHECK(m.left_out == 0);
  CHECK(m.pairs == 2);
  // Geometric means 4 and 2: logarithms to base 2 are 2 and 1, sd 1/sqrt(2), half width t/2.
  CHECK(*m.geometric.ratio == Approx(std::exp2(1.5)));
  CHECK(*m.geometric.factor95 == Approx(std::exp2(kT1 / 2)).epsilon(1e-9));
  CHECK(*m.arithmetic.mean == Approx((5.0 + 2.5) / 2));
  CHECK(*m.arithmetic.ci95 == Approx(kT1 * 1.25).epsilon(1e-9));
  CHECK(*m.totals.ratio == Approx(std::sqrt(10.0 / 2.0 * 6.0 / 3.0)));
  CHECK(*m.baseline.mean == Approx(1.25));
  CHECK(*m.other.mean == Approx(4.0));
  CHECK(*m.difference.mean == Approx(2.75));  // 4 and 1.5
  CHECK(*m.difference.ci95 == Approx(kT1 * 1.25).epsilon(1e-9));
}

TEST_CASE("means of many tasks hide no task: each counts alike, however large") {
  const TaskMeans m = means({{1}, {1000}}, {{4}, {1000}});
  CHECK(*m.geometric.ratio == Approx(2));
  CHECK(*m.arithmetic.mean == Approx(2.5));
  CHECK(*m.totals.ratio == Approx(1004.0 / 1001.0));
  CHECK_FALSE(m.geometric.factor95.has_value());  // one replication
  CHECK_FALSE(m.difference.ci95.has_value());
}

TEST_CASE("tasks that vary leave the interval to the replications") {
  // Ratios differ a hundredfold between tasks and not at all between replications.
  const TaskMeans m = means({{1, 1, 1}, {1, 1, 1}}, {{1, 1, 1}, {100, 100, 100}});
  CHECK(*m.geometric.ratio == Approx(10));
  CHECK(*m.geometric.factor95 == Approx(1));
}

TEST_CASE("a task that is not defined is left out, a ratio with 0 is none") {
  const TaskMeans hole = means({{1, 1}, {1, std::nullopt}}, {{2, 2}, {8, 8}});
  CHECK(hole.tasks == 1);
  CHECK(hole.left_out == 1);
  CHECK(*hole.geometric.ratio == Approx(2));
  const TaskMeans zero = means({{0, 1}}, {{1, 1}});
  CHECK(*zero.difference.mean == Approx(0.5));
  CHECK_FALSE(zero.geometric.ratio.has_value());
  CHECK_FALSE(zero.arithmetic.mean.has_value());
  const TaskMeans nothing = means({}, {});
  CHECK(nothing.tasks == 0);
  CHECK_FALSE(nothing.other.mean.has_value());
}

ResultSet results(std::string_view rows) {
  Diagnostics problems;
  auto set = parse_results(
      "scenario,device,policy,network,replication,energy_mj_per_inference\n" + std::string(rows),
      "r.csv", problems);
  REQUIRE(problems.empty());
  return *set;
}

const std::vector<std::string> kEnergy{"energy_mj_per_inference"};

TEST_CASE("tasks are networks in scenarios on phones, without the row of all networks") {
  const ResultSet set = results(
      "s,one,p,all,0,99\ns,one,p,n,0,1\ns,one,p,m,0,1\ns,two,p,n,0,1\nt,one,p,n,0,1\n"
      "s,one,q,all,0,1\ns,one,q,n,0,2\ns,one,q,m,0,2\ns,two,q,n,0,8\nt,one,q,n,0,8\n");
  Diagnostics problems;
  const TaskComparison c = compare_over_tasks(pair_over_tasks(set, "", kEnergy, problems));
  REQUIRE(problems.empty());
  CHECK(c.notes.empty());
  REQUIRE(c.rows.size() == 1);
  CHECK(c.rows[0].baseline == "p");
  CHECK(c.rows[0].policy == "q");
  CHECK(c.rows[0].means.tasks == 4);
  CHECK(*c.rows[0].means.geometric.ratio == Approx(4));
  CHECK(task_csv(c).find("energy_mj_per_inference,p,q,4,0,1,1,,5,,4,,") != std::string::npos);
}

TEST_CASE("a policy that lacks tasks is compared on those it has, with a note") {
  const ResultSet set = results("s,d,p,n,0,1\ns,d,p,m,0,1\ns,d,q,n,0,2\ns,d,q,o,0,2\n");
  Diagnostics problems;
  const TaskComparison c = compare_over_tasks(pair_over_tasks(set, "p", kEnergy, problems));
  CHECK(problems.empty());
  REQUIRE(c.rows.size() == 1);
  CHECK(c.rows[0].means.tasks == 1);
  CHECK(c.notes ==
        std::vector<std::string>{
            "policy \"q\" has 1 of the baseline's 2 tasks, and 1 that the baseline lacks"});
}

std::string problem_of(const ResultSet& set, const std::string& baseline,
                       const std::vector<std::string>& metrics) {
  Diagnostics problems;
  static_cast<void>(pair_over_tasks(set, baseline, metrics, problems));
  REQUIRE(problems.list().size() == 1);
  return problems.list()[0].message;
}

TEST_CASE("what cannot be averaged is refused, and said why") {
  const ResultSet uneven =
      results("s,d,p,n,0,1\ns,d,p,n,1,1\ns,d,p,m,0,1\ns,d,q,n,0,2\ns,d,q,n,1,2\ns,d,q,m,0,1\n");
  const std::string why = problem_of(uneven, "p", kEnergy);
  CHECK(why.find("has not the replications of the other tasks") != std::string::npos);
  const ResultSet two = results("s,d,p,n,0,1\ns,d,q,n,0,1\n");
  CHECK(problem_of(two, "r", kEnergy) == "\"r.csv\" has no policy \"r\"");
  CHECK(problem_of(two, "p", {"energy"}) == "there is no metric \"energy\"");
  const ResultSet one = results("s,d,p,n,0,1\n");
  CHECK(problem_of(one, "p", kEnergy) == "holds no network that \"p\" and another policy have");
}

}  // namespace
}  // namespace autoscale
