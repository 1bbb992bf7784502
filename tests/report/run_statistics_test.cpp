// Interquartile mean and probability of improvement, by hand.
#include "sim/report/run_statistics.h"

#include <cmath>
#include <numeric>

#include "sim/base/random.h"
#include "sim/report/task_comparison.h"
#include "sim/report/task_report.h"
#include "tests/support/catch.h"

namespace autoscale {
namespace {

double iqm(const std::vector<double>& ascending) {
  return interquartile_mean(ascending, std::vector<std::uint32_t>(ascending.size(), 1));
}

RunStatistics statistics(const TaskValues& baseline, const TaskValues& other,
                         Better better = Better::kLower) {
  return run_statistics(defined_runs(baseline, other), better);
}

TEST_CASE("the interquartile mean cuts whole values, a quarter at each end at most") {
  CHECK(iqm({7}) == 7.0);
  CHECK(iqm({1, 2, 9}) == 4.0);                    // floor(3/4) = 0: nothing is cut
  CHECK(iqm({1, 2, 4, 99}) == 3.0);                // one at each end
  CHECK(iqm({0, 1, 2, 3, 99}) == 2.0);             // floor(5/4) = 1, not 1.25
  CHECK(iqm({0, 1, 2, 3, 4, 5, 99}) == 3.0);       // floor(7/4) = 1, not 1.75
  CHECK(iqm({-9, 0, 1, 2, 4, 5, 77, 99}) == 3.0);  // floor(8/4) = 2
  CHECK(iqm({0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 9}) == 1.0);
}

TEST_CASE("values that occur several times are cut one by one") {
  // 1 1 1 2 2 5 5 5 5 8: two at each end go, of 1 2 2 5 5 5 the mean is 20 / 6.
  const std::vector<double> values{1, 2, 5, 8};
  CHECK(interquartile_mean(values, std::vector<std::uint32_t>{3, 2, 4, 1}) == Approx(20.0 / 6.0));
  // Those that do not occur are no values: 2 2 2 2.
  CHECK(interquartile_mean(values, std::vector<std::uint32_t>{0, 4, 0, 0}) == 2.0);
}

TEST_CASE("the IQM is of the ratios of all runs of all tasks") {
  // Ratios 1 2 | 3 4 | 5 6 | 7 100: 3 4 5 6 remain.
  const RunStatistics s =
      statistics({{1, 2}, {1, 1}, {2, 1}, {1, 1}}, {{1, 4}, {3, 4}, {10, 6}, {7, 100}});
  CHECK(*s.iqm.value == Approx(4.5));
  CHECK(*s.iqm.low95 <= 4.5);
  CHECK(*s.iqm.high95 >= 4.5);
}

TEST_CASE("one task of two replications: the bounds of the IQM are its two ratios") {
  const RunStatistics s = statistics({{1, 2}}, {{1, 6}});
  CHECK(s.iqm.value == 2.0);
  CHECK(s.iqm.low95 == 1.0);
  CHECK(s.iqm.high95 == 3.0);
}

TEST_CASE("pairs are resampled: worlds that differ and ratios that do not leave no width") {
  const RunStatistics s = statistics({{1, 10, 100}, {3, 5, 9}}, {{2, 20, 200}, {1.5, 2.5, 4.5}});
  CHECK(s.iqm.value == s.iqm.low95);
  CHECK(s.iqm.value == s.iqm.high95);
  CHECK(s.paired_improvement.value == 0.5);  // worse in one task, better in the other
  CHECK(s.paired_improvement.low95 == 0.5);
  CHECK(s.paired_improvement.high95 == 0.5);
}

TEST_CASE("replications that are all alike leave no width") {
  const RunStatistics s = statistics({{0.3, 0.3, 0.3}, {7, 7, 7}}, {{0.1, 0.1, 0.1}, {9, 9, 9}});
  CHECK(s.iqm.value == s.iqm.low95);
  CHECK(s.iqm.value == s.iqm.high95);
  CHECK(s.improvement.value == 0.5);
  CHECK(s.improvement.low95 == 0.5);
  CHECK(s.improvement.high95 == 0.5);
}

TEST_CASE("the probability of improvement is U / n^2, ties count half") {
  // Task 1: of 1 2 3 against 2 2 4, lower is better: 1 beats 3, 2 ties with 2 and beats 1, 3 beats 1:
  // U = 3 + (1 + 1) + 1 = 6 of 9. Task 2: 5 5 5 against the same: 4.5 of 9.
  const TaskValues baseline{{4, 2, 2}, {5, 5, 5}};
  const TaskValues other{{1, 2, 3}, {5, 5, 5}};
  CHECK(*statistics(baseline, other).improvement.value == Approx((6.0 / 9.0 + 0.5) / 2.0));
  CHECK(*statistics(baseline, other, Better::kHigher).improvement.value ==
        Approx((3.0 / 9.0 + 0.5) / 2.0));
  // Pairs: 1 < 4, 2 = 2, 3 > 2; then three ties.
  CHECK(*statistics(baseline, other).paired_improvement.value == Approx(0.5));
  CHECK_FALSE(statistics(baseline, other, Better::kNeither).improvement.value);
  CHECK_FALSE(statistics(baseline, other, Better::kNeither).paired_improvement.value);
  CHECK(statistics(baseline, other, Better::kNeither).iqm.value);
}

TEST_CASE(
    "a policy that is a little better in every world is so in pairs, hardly in any two runs") {
  const RunStatistics s = statistics({{10, 20, 30, 40}}, {{9, 19, 29, 39}});
  CHECK(s.improvement.value == (4 + 3 + 2 + 1) / 16.0);
  CHECK(s.paired_improvement.value == 1.0);
  CHECK(s.paired_improvement.low95 == 1.0);
}

TEST_CASE("probabilities need no ratio, an IQM does") {
  const RunStatistics s = statistics({{0, 1}}, {{0, 0}});
  CHECK_FALSE(s.iqm.value);
  CHECK(s.improvement.value == 0.75);  // half of the two ties, and two wins, of four
  CHECK(s.paired_improvement.value == 0.75);
}

TEST_CASE("a task that is not defined is left out of all, one replication has no interval") {
  const RunStatistics hole = statistics({{1, 1}, {1, std::nullopt}}, {{2, 2}, {0.1, 0.1}});
  CHECK(hole.iqm.value == 2.0);
  CHECK(hole.improvement.value == 0.0);
  const RunStatistics nothing = statistics({{std::nullopt}}, {{1}});
  CHECK_FALSE(nothing.iqm.value);
  CHECK_FALSE(nothing.improvement.value);
  const RunStatistics one = statistics({{1}, {1}}, {{2}, {0.5}});
  CHECK(one.iqm.value == 1.25);
  CHECK_FALSE(one.iqm.low95);
  CHECK(one.improvement.value == 0.5);
  CHECK_FALSE(one.improvement.high95);
}

// Of normal logarithms, in tasks of one spread around one ratio.
TaskRuns lognormal(std::uint32_t sample, double ratio) {
  TaskValues baseline;
  TaskValues other;
  const StreamKey key{.seed = 11, .replication = sample};
  for (std::uint32_t task = 0; task < 4; ++task) {
    baseline.emplace_back();
    other.emplace_back();
    for (std::uint64_t r = 0; r < 15; ++r) {
      baseline.back().push_back(std::exp(0.2 * draw_normal(key, task, 2 * r)));
      other.back().push_back(ratio * std::exp(0.2 * draw_normal(key, task, 2 * r + 1)));
    }
  }
  return defined_runs(baseline, other);
}

TEST_CASE("intervals of independent runs hold the true probability") {
  // P(x < y) of normals of spread 0.2 whose means differ by log(0.8).
  const double z = -std::log(0.8) / (0.2 * std::sqrt(2.0));
  const double truth = 0.5 * std::erfc(-z / std::sqrt(2.0));
  int covered = 0;
  for (std::uint32_t sample = 0; sample < 100; ++sample) {
    const auto improvement = run_statistics(lognormal(sample, 0.8), Better::kLower).improvement;
    covered += *improvement.low95 <= truth && truth <= *improvement.high95 ? 1 : 0;
  }
  CHECK(covered >= 86);  // 93 % on paper, less 2.7 standard deviations
}

TEST_CASE("intervals narrow as replications do not differ from each other") {
  const RunStatistics s = run_statistics(lognormal(0, 0.5), Better::kLower);
  CHECK(*s.iqm.low95 < *s.iqm.value);
  CHECK(*s.iqm.value < *s.iqm.high95);
  CHECK(*s.iqm.high95 - *s.iqm.low95 < 0.15);
  CHECK(s.iqm.low95 == run_statistics(lognormal(0, 0.5), Better::kLower).iqm.low95);
}

TEST_CASE("what is printed: columns of the CSV, and no improvement where there is no direction") {
  const PairedRuns paired{
      .result = "r.csv",
      .rows = {{"energy_mj_per_inference", "p", "q", defined_runs({{1, 2}}, {{1, 6}})},
               {"inferences", "p", "q", defined_runs({{1, 2}}, {{1, 6}})}},
      .notes = {}};
  const TaskComparison c = compare_over_tasks(paired);
  const std::string csv = task_csv(c);
  CHECK(csv.find(",iqm,iqm_low95,iqm_high95,probability_of_improvement,"
                 "probability_of_improvement_low95,probability_of_improvement_high95,"
                 "paired_improvement,paired_improvement_low95,paired_improvement_high95\n") !=
        std::string::npos);
  // U of 1 6 against 1 2: half a tie and a win of 1, none of 6.
  CHECK(csv.find(",2,1,3,0.375,") != std::string::npos);
  CHECK(csv.find(",2,1,3,,,,,,\n") != std::string::npos);
  CHECK(task_table(c).find("2 (1 to 3)") != std::string::npos);
}

}  // namespace
}  // namespace autoscale
