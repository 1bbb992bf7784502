#include "sim/sweep/plan.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "tests/sweep/small_sweep.h"

namespace autoscale {
namespace {

using test::kTwoAxes;
using test::small_plan;

std::vector<std::string> values_of(const SweepPlan& plan, std::size_t column) {
  std::vector<std::string> values;
  for (std::uint64_t n = 0; n < plan.combinations(); ++n)
    values.push_back(plan.point(n).values[column]);
  return values;
}

TEST_CASE("points are all combinations, the last axis changing fastest") {
  const SweepPlan plan = small_plan(kTwoAxes);
  REQUIRE(plan.combinations() == 6);
  CHECK(values_of(plan, 0) == std::vector<std::string>{"-55", "-55", "-55", "-85", "-85", "-85"});
  CHECK(values_of(plan, 1) == std::vector<std::string>{"20", "50", "100", "20", "50", "100"});
  CHECK(plan.columns()[0].name == "rssi_dbm");
  CHECK(plan.columns()[1].name == "qos_ms");
}

TEST_CASE("a sweep without axes has one point per scenario") {
  CHECK(small_plan().combinations() == 1);
  CHECK(small_plan().point(0).values.empty());
}

TEST_CASE("spaced values meet both ends exactly") {
  const SweepPlan plan = small_plan(
      R"("axes": [{"pointer": "/workload/0/qos_ms", "linspace": {"from": 10, "to": 10.3, "count": 4}}])");
  const auto values = values_of(plan, 0);
  CHECK(values.front() == "10");
  CHECK(std::stod(values[1]) == Approx(10.1));
  CHECK(values.back() == "10.3");
  const SweepPlan log = small_plan(
      R"("axes": [{"pointer": "/workload/0/qos_ms", "logspace": {"from": 1, "to": 1000, "count": 4}}])");
  CHECK(std::stod(values_of(log, 0)[1]) == Approx(10.0));
  CHECK(std::stod(values_of(log, 0)[2]) == Approx(100.0));
  CHECK(values_of(log, 0).back() == "1000");
}

TEST_CASE("zipped columns move together") {
  const SweepPlan plan = small_plan(
      R"("axes": [{"zip": [{"pointer": "/workload/0/qos_ms", "name": "a", "list": [20, 50]},
                           {"pointer": "/workload/1/qos_ms", "name": "b", "list": [30, 60]}]}])");
  REQUIRE(plan.combinations() == 2);
  CHECK(plan.point(1).values == std::vector<std::string>{"50", "60"});
}

TEST_CASE("samples stay in their ranges") {
  const SweepPlan plan = small_plan(
      R"("axes": [{"sobol": {"count": 64, "dimensions": [
           {"pointer": "/workload/0/qos_ms", "name": "u", "uniform": {"from": 20, "to": 40}},
           {"pointer": "/workload/1/qos_ms", "name": "l", "log_uniform": {"from": 1, "to": 100}},
           {"pointer": "/a_whole_number", "name": "w", "whole": {"from": 1, "to": 4}},
           {"pointer": "/device", "name": "c", "choice": ["mi8pro", "galaxy_s10e"]}]}}])");
  REQUIRE(plan.combinations() == 64);
  std::multiset<std::string> whole;
  std::multiset<std::string> chosen;
  int below_ten = 0;
  for (std::uint64_t n = 0; n < 64; ++n) {
    const Point point = plan.point(n);
    CHECK((std::stod(point.values[0]) >= 20.0 && std::stod(point.values[0]) <= 40.0));
    below_ten += std::stod(point.values[1]) < 10.0 ? 1 : 0;
    whole.insert(point.values[2]);
    chosen.insert(point.values[3]);
  }
  CHECK(std::abs(below_ten - 32) <= 1);  // half of the logarithms
  for (const char* value : {"1", "2", "3", "4"})
    CHECK(std::abs(static_cast<int>(whole.count(value)) - 16) <= 1);
  CHECK(std::abs(static_cast<int>(chosen.count("\"mi8pro\"")) - 32) <= 1);
}

TEST_CASE("exclusions leave out where all their conditions hold") {
  const SweepPlan plan = small_plan(
      kTwoAxes +
      R"(, "exclude": [{"rssi_dbm": {"values": [-85.0]}, "qos_ms": {"min": 30, "max": 60}},
                       {"qos_ms": {"min": 100}, "scenario": {"values": ["quickstart"]}}])");
  std::vector<std::uint64_t> left;
  PointCursor cursor(plan, Shard{});
  while (const auto point = cursor.next()) left.push_back(point->number);
  CHECK(left == std::vector<std::uint64_t>{0, 1, 3});
  CHECK(count_points(plan, Shard{}) == 3);
}

TEST_CASE("shards share the points out, each to one") {
  const SweepPlan plan = small_plan(
      R"("axes": [{"pointer": "/workload/0/qos_ms", "linspace": {"from": 10, "to": 1000, "count": 991}}])");
  std::set<std::uint64_t> seen;
  for (std::uint32_t i = 1; i <= 7; ++i) {
    PointCursor cursor(plan, Shard{i, 7});
    while (const auto point = cursor.next()) CHECK(seen.insert(point->number).second);
    // A binomial of 991 points and 1/7: mean 142, standard deviation 11.
    CHECK(std::abs(static_cast<int>(cursor.position()) - 142) < 45);
  }
  CHECK(seen.size() == 991);
}

TEST_CASE("a point stays in its shard when the sweep grows") {
  const std::string axis = R"("axes": [{"pointer": "/workload/0/qos_ms", "list": [)";
  const SweepPlan few = small_plan(axis + "20, 50]}]");
  const SweepPlan more = small_plan(axis + "10, 20, 30, 50]}]");
  CHECK(few.shard_of(few.point(0), 5) == more.shard_of(more.point(1), 5));
  CHECK(few.shard_of(few.point(1), 5) == more.shard_of(more.point(3), 5));
  // Part of what users keep between versions: a shard's folder is resumed by its number.
  CHECK(few.shard_of(few.point(0), 1'000'003) == 958'411);
}

}  // namespace
}  // namespace autoscale
