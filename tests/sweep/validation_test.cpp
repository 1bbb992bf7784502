#include "sim/sweep/validation.h"

#include "tests/sweep/small_sweep.h"

namespace autoscale {
namespace {

using test::shipped_data;
using test::small_plan;

struct Found {
  Validation seen;
  std::vector<Diagnostic> problems;
};

Found validate(const SweepPlan& plan, unsigned jobs = 1, Shard shard = {}) {
  Diagnostics problems;
  SweepSources sources(plan, shipped_data(), problems);
  problems.throw_if_any();
  const std::atomic<bool> stop{false};
  Found found;
  found.seen = validate_points(plan, shard, sources, jobs, stop, nullptr, problems);
  found.problems = problems.list();
  return found;
}

TEST_CASE("points and runs are counted") {
  const Found found = validate(small_plan(test::kTwoAxes));
  CHECK(found.problems.empty());
  CHECK(found.seen.points == 6);
  CHECK(found.seen.runs == 6 * 2 * 2);
}

TEST_CASE("a wrong value is blamed on its axis, once, with the points that have it") {
  const SweepPlan plan = small_plan(
      R"("axes": [{"pointer": "/links/wifi/signal/constant_dbm", "list": [-55, 85]},
                  {"pointer": "/workload/0/qos_ms", "list": [20, -50, 100]}])");
  for (const unsigned jobs : {1U, 4U}) {
    const Found found = validate(plan, jobs);
    REQUIRE(found.problems.size() == 2);
    CHECK(found.problems[0].pointer == "/axes/1");
    CHECK(found.problems[0].message ==
          "/workload/0/qos_ms of scenario quickstart: expected a number above 1e-06, got -50 "
          "(2 points, the first: constant_dbm=-55, qos_ms=-50 of scenario quickstart)");
    CHECK(found.problems[1].pointer == "/axes/0");
    CHECK(found.problems[1].message.find("(3 points, the first: constant_dbm=85, qos_ms=20 of") !=
          std::string::npos);
  }
}

TEST_CASE("what is wrong with every point is said without points") {
  const Found found =
      validate(small_plan(R"("axes": [{"pointer": "/workload/0/qos", "list": [20, 50]}])"));
  REQUIRE(found.problems.size() == 1);
  CHECK(found.problems[0].pointer == "/axes/0");
  CHECK(found.problems[0].message == "/workload/0/qos of scenario quickstart: unknown key");
}

TEST_CASE("what only the whole world can tell is found, too") {
  const Found found = validate(small_plan(
      R"("axes": [{"pointer": "/device", "name": "phone", "list": ["mi8pro", "xeon_p100", "nokia_3310"]}])"));
  REQUIRE(found.problems.size() == 2);
  CHECK(found.problems[0].message.find("\"xeon_p100\" is a cloud, not a phone") !=
        std::string::npos);
  CHECK(found.problems[1].message.find("there is no device \"nokia_3310\"") != std::string::npos);
}

TEST_CASE("an unknown policy is a mistake of the sweep") {
  const SweepPlan plan(test::read_sweep(
      R"({"name": "n", "scenarios": ["quickstart"], "policies": ["cpu_only", "cpu_onyl"]})"));
  const Found found = validate(plan);
  REQUIRE(found.problems.size() == 1);
  CHECK(found.problems[0].pointer == "/policies/1");
  CHECK(found.problems[0].hint == "did you mean 'cpu_only'?");
}

TEST_CASE("after a hundred different problems it gives up") {
  const Found found = validate(small_plan(
      R"("axes": [{"pointer": "/workload/0/qos_ms", "linspace": {"from": -1000, "to": -1, "count": 1000}}])"));
  CHECK(found.problems.size() == 100);
  CHECK(found.seen.points == 100);
}

}  // namespace
}  // namespace autoscale
