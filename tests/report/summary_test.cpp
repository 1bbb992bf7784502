#include "sim/report/summary.h"

#include <algorithm>
#include <sstream>

#include <nlohmann/json.hpp>

#include "sim/report/csv_report.h"
#include "sim/report/json_report.h"
#include "sim/report/jsonl_report.h"
#include "sim/report/metrics.h"
#include "sim/report/table_report.h"
#include "tests/report/tallies.h"
#include "tests/support/catch.h"

namespace autoscale {
namespace {

using test::dropped_tally;
using test::empty_tally;
using test::tally;

// Two replications; in the second, every request of net_b is dropped.
ExperimentResult two_replications() {
  return test::one_policy({{tally({10, 20}, 0), tally({60}, 2), tally({30}, 1)},
                           {tally({20, 40}, 0), dropped_tally(1), tally({50}, 1)}});
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

TEST_CASE("a network that is used again gets a number") {
  CHECK(workload_names(test::small_world()->scenario) ==
        std::vector<std::string>{"net_a", "net_b", "net_a#2"});
}

TEST_CASE("a summary holds all workloads together and each alone") {
  const auto world = test::small_world();
  const Summary s = summarise(*world, two_replications(), 7, 2);
  REQUIRE(s.policies.size() == 1);
  REQUIRE(s.policies[0].groups.size() == 4);
  const GroupSummary& all = s.policies[0].all();
  CHECK(all.network == "all");
  CHECK(*all.metric("inferences").over_replications.mean == 4);
  const auto& latency = all.metric("latency_mean_ms");
  CHECK(*latency.by_replication[0] == 30);
  CHECK(*latency.by_replication[1] == Approx(110.0 / 3.0));
  CHECK(*latency.over_replications.mean == Approx((30 + 110.0 / 3.0) / 2));
  // t(1 degree of freedom) x s / sqrt 2, with s = |difference| / sqrt 2
  CHECK(*latency.over_replications.ci95 == Approx(12.7062 * (110.0 / 3.0 - 30) / 2).epsilon(1e-5));
}

TEST_CASE("a summary of only all workloads together says the same of them") {
  const auto world = test::small_world();
  const Summary whole = summarise(*world, two_replications(), 7, 2);
  const Summary only = summarise(*world, two_replications(), 7, 2, Groups::kOnlyAll);
  REQUIRE(only.policies[0].groups.size() == 1);
  CHECK(csv_rows(only, "", true) == csv_rows(whole, "", false));
  CHECK(summary_jsonl_rows(only, "", true) == summary_jsonl_rows(whole, "", false));
}

TEST_CASE("the phone's use stands in the group of all workloads only") {
  auto world = test::small_world();
  DeviceProfile phone = world->inputs.device;
  phone.battery = BatteryProfile{{3000.0, {}}, {4.0, {}}};
  world->inputs.device = phone;
  ExperimentResult result = two_replications();
  for (PolicyRun& run : result.policies[0].runs) {
    run.result.phone_total[Component::kCpu] = 2e3;
    run.result.phone_total[Component::kWifi] = 1e3;
    run.result.end = SimTime{2'000'000'000};
    run.result.highest_c = 40.0;
  }
  const Summary s = summarise(*world, result, 7, 2);
  const GroupSummary& all = s.policies[0].all();
  CHECK(*all.metric("phone_power_w").over_replications.mean == 1.5);
  CHECK(*all.metric("battery_hours").over_replications.mean == 8.0);
  CHECK(*all.metric("temperature_max_c").by_replication[1] == 40.0);
  CHECK_FALSE(s.policies[0].groups[1].metric("phone_power_w").by_replication[0]);
  CHECK_FALSE(s.policies[0].groups[1].metric("temperature_max_c").by_replication[0]);
  const auto table = [&] { return table_report(*world, s, Evaluation::kFrozen, false); };
  CHECK(table().find("heat and battery") == std::string::npos);
  world->scenario.thermal = ThermalSpec{};
  CHECK(table().find("40.0 ±0.0  1.50 ±0.00   8.0 ±0.0\n") != std::string::npos);
}

TEST_CASE("an undefined value is left out of the mean over replications") {
  const Summary s = summarise(*test::small_world(), two_replications(), 7, 2);
  const auto& latency = s.policies[0].groups[2].metric("latency_mean_ms");
  CHECK(*latency.by_replication[0] == 60);
  CHECK_FALSE(latency.by_replication[1]);
  CHECK(*latency.over_replications.mean == 60);
  CHECK_FALSE(latency.over_replications.ci95);
}

TEST_CASE("shares sum to one, by target and by place, the greatest first") {
  const Summary s = summarise(*test::small_world(), two_replications(), 7, 2);
  const GroupSummary& all = s.policies[0].all();
  for (const Shares& shares : {all.targets, all.places}) {
    double sum = 0.0;
    for (const auto& [name, share] : shares) sum += share;
    CHECK(sum == Approx(1.0));
    CHECK(std::ranges::is_sorted(shares, std::ranges::greater{}, &Shares::value_type::second));
  }
  REQUIRE(all.places.size() == 2);
  CHECK(all.places[0] == std::pair<std::string, double>("cpu/fp32", 7.0 / 8.0));
  CHECK(all.targets.size() == 3);
}

TEST_CASE("the JSON report is the published object, with null for what is not defined") {
  const Summary s = summarise(*test::small_world(), two_replications(), 7, 2);
  const auto json = nlohmann::json::parse(json_report(s));
  CHECK(json["scenario"] == "by \"hand\"");
  CHECK(json["seed"] == 7);
  CHECK(json["replications"] == 2);
  const auto& policy = json["policies"][0];
  CHECK(policy["name"] == "p");
  CHECK(policy["metrics"].size() == metrics().size());
  CHECK(policy["metrics"]["inferences"]["mean"] == 4);
  CHECK(policy["metrics"]["inferences"]["ci95"] == 0);
  CHECK(policy["targets"]["cloud:gpu/fp32"] == 1.0 / 8.0);
  const auto& net_b = policy["networks"]["net_b"]["metrics"];
  CHECK(net_b["latency_mean_ms"]["mean"] == 60);
  CHECK(net_b["latency_mean_ms"]["ci95"].is_null());
}

TEST_CASE("CSV rows have as many fields as the header, and nothing is NaN") {
  const Summary s = summarise(*test::small_world(), two_replications(), 7, 2);
  const std::string text = csv_rows(s);
  const auto commas = [](const std::string& line) { return std::ranges::count(line, ','); };
  const std::vector<std::string> lines = lines_of(text);
  REQUIRE(lines.size() == 8);  // four groups, two replications
  for (const std::string& line : lines) CHECK(commas(line) == commas(csv_header()));
  CHECK(lines[0].starts_with("\"by \"\"hand\"\"\",phone,p,all,0,4,0,10,"));
  CHECK(text.find("nan") == std::string::npos);
  CHECK(text.find(",,") != std::string::npos);  // the latency of the dropped request
}

TEST_CASE("numbers in CSV read back as the same double") {
  const double third = 110.0 / 3.0;
  const Summary s = summarise(*test::small_world(), two_replications(), 7, 2);
  const std::string row = lines_of(csv_rows(s))[1];
  std::istringstream fields(row);
  std::string field;
  const auto column = 5 + metric_index("latency_mean_ms");
  for (std::size_t i = 0; i <= column; ++i) std::getline(fields, field, ',');
  CHECK(std::stod(field) == third);
}

TEST_CASE("a field with a comma, a quote or a line break is quoted") {
  CHECK(csv_field("plain") == "plain");
  CHECK(csv_field("a,b") == "\"a,b\"");
  CHECK(csv_field("say \"x\"") == "\"say \"\"x\"\"\"");
  CHECK(csv_field("two\nlines") == "\"two\nlines\"");
}

TEST_CASE("the table has a row per policy and no NaN, whatever is undefined") {
  const auto world = test::small_world();
  for (auto runs :
       {std::vector<std::vector<WorkloadTally>>{{empty_tally(), empty_tally(), empty_tally()}},
        std::vector<std::vector<WorkloadTally>>{{dropped_tally(1), empty_tally(), empty_tally()}},
        std::vector<std::vector<WorkloadTally>>{{tally({1}, 0), tally({2}, 1), tally({3}, 2)}}}) {
    const Summary s = summarise(*world, test::one_policy(runs), 1, 1);
    const std::string text = table_report(*world, s, Evaluation::kFrozen, true);
    CHECK(text.find("\np ") != std::string::npos);
    CHECK(text.find("nan") == std::string::npos);
    CHECK(text.find("inf ") == std::string::npos);
  }
}

TEST_CASE("how many times better needs cpu_only, and pairs replications") {
  const auto world = test::small_world();
  ExperimentResult result = two_replications();
  const Summary without = summarise(*world, result, 1, 2);
  CHECK(table_report(*world, without, Evaluation::kFrozen, false).find("cpu_only") ==
        std::string::npos);
  result.policies.push_back(result.policies.front());
  result.policies.back().name = "cpu_only";
  const Summary with = summarise(*world, result, 1, 2);
  CHECK(table_report(*world, with, Evaluation::kFrozen, false).find("1.00x ±0.00") !=
        std::string::npos);
}

}  // namespace
}  // namespace autoscale
