#include "sim/report/expectation.h"

#include "sim/report/json_report.h"
#include "sim/report/metrics.h"
#include "tests/report/tallies.h"
#include "tests/support/catch.h"

namespace autoscale {
namespace {

using Figures = std::vector<ReportedFigure>;

Figures figures(const std::string& text) {
  Diagnostics problems;
  auto list = read_figures(text, "g", problems);
  for (const Diagnostic& d : problems.list()) UNSCOPED_INFO(to_string(d));
  REQUIRE(problems.empty());
  return *list;
}

std::vector<std::string> refused(const std::string& text) {
  Diagnostics problems;
  CHECK_FALSE(read_figures(text, "g", problems).has_value());
  std::vector<std::string> places;
  for (const Diagnostic& d : problems.list()) places.push_back(d.pointer + ": " + d.message);
  return places;
}

std::string group(const std::string& energy, const std::string& more = "") {
  return R"("metrics": {"energy": {"mean": )" + energy +
         R"(, "ci95": null}}, "targets": {"a/b": 1})" + more;
}

std::string policy(const std::string& name, const std::string& energy,
                   const std::string& network = "net") {
  return R"({"name": ")" + name + R"(", )" + group(energy) + R"(, "networks": {")" + network +
         R"(": {)" + group(energy) + "}}}";
}

std::string report(const std::string& policies, const std::string& scenario = "s") {
  return R"({"scenario": ")" + scenario + R"(", "seed": 1, "policies": [)" + policies + "]}";
}

std::vector<std::string> names(const std::vector<Moved>& list) {
  std::vector<std::string> texts;
  for (const Moved& m : list) {
    texts.push_back(m.scenario + '|' + m.policy + '|' + m.network + '|' + m.metric + '|' +
                    m.expected + '|' + m.got);
  }
  return texts;
}

using Texts = std::vector<std::string>;

TEST_CASE("a report written by this program has every metric of every group") {
  const auto world = test::small_world();
  const Summary summary = summarise(
      *world,
      test::one_policy({{test::tally({10, 20}, 0), test::tally({60}, 2), test::tally({30}, 1)}}), 7,
      1);
  const Figures list = figures(json_report(summary));
  std::size_t metric_figures = 0;
  for (const ReportedFigure& f : list) {
    metric_figures +=
        static_cast<std::size_t>(!f.policy.empty() && !f.metric.starts_with("targets/") &&
                                 !f.metric.starts_with("places/") && f.metric != "policy");
  }
  CHECK(metric_figures == 4 * 2 * metrics().size());  // all and three workloads, mean and ci95
  CHECK(moved_figures(list, list, 0.0).empty());
}

TEST_CASE("a moved figure is named with its relative difference") {
  const auto moved =
      moved_figures(figures(report(policy("p", "2"))), figures(report(policy("p", "2.5"))), 0.0);
  CHECK(names(moved) == Texts{"s|p|all|energy|2|2.5", "s|p|net|energy|2|2.5"});
  CHECK(*moved[0].relative == Approx(0.25));
}

TEST_CASE("exact unless a tolerance, relative to what was expected, is given") {
  const Figures expected = figures(report(policy("p", "100")));
  const Figures got = figures(report(policy("p", "101")));
  CHECK(moved_figures(expected, got, 0.0).size() == 2);
  CHECK(moved_figures(expected, got, 0.0099).size() == 2);
  CHECK(moved_figures(expected, got, 0.01).empty());
  const Figures last_bit = figures(report(policy("p", "100.00000000000001")));
  CHECK(moved_figures(expected, last_bit, 0.0).size() == 2);
  CHECK(moved_figures(expected, figures(report(policy("p", "1e2"))), 0.0).empty());
  const Figures zero = figures(report(policy("p", "0")));
  CHECK(moved_figures(zero, figures(report(policy("p", "1e-300"))), 1.0).size() == 2);
  CHECK_FALSE(moved_figures(zero, got, 1.0)[0].relative.has_value());
}

TEST_CASE("null is a value of its own") {
  const Figures number = figures(report(policy("p", "0")));
  const Figures null = figures(report(policy("p", "null")));
  CHECK(moved_figures(null, null, 0.0).empty());
  CHECK(names(moved_figures(null, number, 1.0))[0] == "s|p|all|energy|null|0");
}

TEST_CASE("what one side lacks is said once, from outside in") {
  const Figures one = figures(report(policy("p", "1")));
  const Figures two = figures(report(policy("p", "1") + "," + policy("q", "1")));
  CHECK(names(moved_figures(two, one, 0.0)) == Texts{"s|q||*|there|"});
  CHECK(names(moved_figures(one, two, 0.0)) == Texts{"s|q||*||there"});
  const Figures other_network = figures(report(policy("p", "1", "net2")));
  CHECK(names(moved_figures(one, other_network, 0.0)) ==
        Texts{"s|p|net|*|there|", "s|p|net2|*||there"});
  const Figures list =
      figures("[" + report(policy("p", "1")) + "," + report(policy("p", "1"), "t") + "]");
  CHECK(names(moved_figures(list, one, 0.0)) == Texts{"t|||*|there|"});
}

TEST_CASE("a metric or a target that one side lacks is moved, wall-clock times are not compared") {
  const std::string more = R"({"scenario":"s","seed":1,"policies":[{"name":"p","metrics":{
      "energy":{"mean":1,"ci95":null},"extra":{"mean":3,"ci95":1},"decision_ns":{"mean":9,"ci95":1}},
      "targets":{"c":1},"networks":{}}]})";
  const std::string less = R"({"scenario":"s","seed":1,"policies":[{"name":"p","metrics":{
      "energy":{"mean":1,"ci95":null}},"targets":{"a/b":1},"networks":{}}]})";
  CHECK(names(moved_figures(figures(less), figures(more), 0.0)) ==
        Texts{"s|p|all|targets/a/b|1|", "s|p|all|extra||3", "s|p|all|extra ci95||1",
              "s|p|all|targets/c||1"});
}

TEST_CASE("another seed is moved") {
  std::string other = report(policy("p", "1"));
  other.replace(other.find("\"seed\": 1"), 9, "\"seed\": 2");
  CHECK(names(moved_figures(figures(report(policy("p", "1"))), figures(other), 0.0)) ==
        Texts{"s|||seed|1|2"});
}

TEST_CASE("what is no report is refused with its pointer") {
  CHECK(refused("3") == Texts{": expected an object, got 3"});
  CHECK(refused("[]") == Texts{": must not be empty"});
  CHECK(refused("{}") == Texts{"/scenario: is missing"});
  CHECK(refused(R"({"scenario": "s"})") == Texts{"/policies: is missing"});
  CHECK(refused(R"({"scenario": "s", "policies": {}})") ==
        Texts{"/policies: expected a list, got an object"});
  CHECK(refused(R"([{"scenario": "s", "policies": [{"name": "p"}]}])") ==
        Texts{"/0/policies/0/metrics: is missing", "/0/policies/0/networks: is missing"});
  CHECK(
      refused(report(policy("p", "\"x\""))) ==
      Texts{"/policies/0/metrics/energy/mean: expected a number or null, got \"x\"",
            "/policies/0/networks/net/metrics/energy/mean: expected a number or null, got \"x\""});
  CHECK(refused("{\"scenario\": \"s\"").size() == 1);
}

TEST_CASE("the table shows what moved and counts the rest") {
  const auto moved =
      moved_figures(figures(report(policy("p", "2"))),
                    figures(report(policy("p", "2.5") + "," + policy("q", "1"))), 0.0);
  CHECK(moved_table(moved, 2) ==
        "scenario  policy  network  metric  expected  got  relative\n"
        "s         p       all      energy         2  2.5     +25 %\n"
        "s         p       net      energy         2  2.5     +25 %\n"
        "... and 1 more\n");
  CHECK(moved_table(moved, 3).find("q       -        *        missing") != std::string::npos);
}

}  // namespace
}  // namespace autoscale
