#include "sim/report/metrics.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "tests/report/tallies.h"
#include "tests/support/catch.h"

namespace autoscale {
namespace {

std::optional<double> value(std::string_view metric, const MetricSample& sample) {
  return metrics()[metric_index(metric)].value(sample);
}

MetricSample sample_of(const std::vector<WorkloadTally>& tallies) {
  MetricSample sample(64);
  for (const WorkloadTally& t : tallies) sample.add(t);
  sample.close();
  return sample;
}

TEST_CASE("metric names are the published ones, in order and once each") {
  const std::vector<std::string_view> published{"inferences",
                                                "dropped",
                                                "energy_mj_per_inference",
                                                "energy_mj_per_useful_inference",
                                                "inferences_per_joule",
                                                "qos_violation_ratio",
                                                "accuracy_violation_ratio",
                                                "accuracy_percent",
                                                "latency_mean_ms",
                                                "latency_p50_ms",
                                                "latency_p95_ms",
                                                "latency_p99_ms",
                                                "oracle_energy_ratio",
                                                "oracle_match_ratio",
                                                "near_oracle_ratio",
                                                "latency_mape_percent",
                                                "energy_mape_percent",
                                                "policy_bytes",
                                                "energy_cpu_mj",
                                                "energy_gpu_mj",
                                                "energy_dsp_mj",
                                                "energy_wifi_mj",
                                                "energy_wifi_direct_mj",
                                                "energy_lte_mj",
                                                "energy_base_mj",
                                                "edge_energy_mj",
                                                "cloud_energy_mj",
                                                "failed_offloads",
                                                "handovers",
                                                "throttled",
                                                "temperature_max_c",
                                                "phone_power_w",
                                                "battery_hours",
                                                "battery_percent"};
  std::vector<std::string_view> names;
  for (const Metric& m : metrics()) names.push_back(m.name);
  CHECK(names == published);
  for (const Metric& m : metrics()) {
    CHECK_FALSE(m.doc.empty());
    CHECK(m.doc.ends_with('.'));
  }
}

TEST_CASE("metrics of a tally made by hand") {
  // Five requests of 10 mJ, one of them late.
  const MetricSample s = sample_of({test::tally({30, 10, 20, 40, 60}, 1)});
  CHECK(*value("inferences", s) == 5);
  CHECK(*value("dropped", s) == 0);
  CHECK(*value("energy_mj_per_inference", s) == 10);
  CHECK(*value("energy_mj_per_useful_inference", s) == 12.5);
  CHECK(*value("inferences_per_joule", s) == 100);
  CHECK(*value("qos_violation_ratio", s) == 0.2);
  CHECK(*value("accuracy_violation_ratio", s) == 0);
  CHECK(*value("accuracy_percent", s) == 75);
  CHECK(*value("latency_mean_ms", s) == 32);
  CHECK(*value("latency_p50_ms", s) == 30);
  CHECK(*value("latency_p95_ms", s) == 60);
  CHECK(*value("oracle_energy_ratio", s) == 1.25);
  CHECK(*value("oracle_match_ratio", s) == 0);
  CHECK(*value("near_oracle_ratio", s) == 0.6);
  CHECK(*value("policy_bytes", s) == 64);
  CHECK(*value("energy_cpu_mj", s) == 9);
  CHECK(*value("energy_base_mj", s) == 1);
  CHECK(*value("energy_gpu_mj", s) == 0);
}

TEST_CASE("drops count as requests and as violations, and have no latency or accuracy") {
  const MetricSample s = sample_of({test::tally({10, 20}, 0), test::dropped_tally(2)});
  CHECK(*value("inferences", s) == 4);
  CHECK(*value("dropped", s) == 2);
  CHECK(*value("qos_violation_ratio", s) == 0.5);
  CHECK(*value("energy_mj_per_inference", s) == 5);
  CHECK(*value("inferences_per_joule", s) == 100);
  CHECK(*value("latency_mean_ms", s) == 15);
  CHECK(*value("latency_p99_ms", s) == 20);
  CHECK(*value("accuracy_percent", s) == 75);
}

TEST_CASE("components add up to the energy") {
  const MetricSample s = sample_of({test::tally({1, 2, 3}, 0)});
  double sum = 0.0;
  for (const char* part : {"cpu", "gpu", "dsp", "wifi", "wifi_direct", "lte", "base"}) {
    sum += *value(std::string("energy_") + part + "_mj", s);
  }
  CHECK(sum == Approx(*value("energy_mj_per_inference", s)));
}

TEST_CASE("what the phone did in a run, and how long its battery lasts at that") {
  MetricSample s;
  s.add(test::tally({30}, 0));
  s.close();
  for (const char* of_run :
       {"temperature_max_c", "phone_power_w", "battery_hours", "battery_percent"})
    CHECK_FALSE(value(of_run, s));  // of one workload among several
  // 9 kJ in an hour are 2.5 W; 3000 mAh at 4 V are 12 Wh, 43.2 kJ.
  BatteryProfile battery;
  battery.capacity_mah.value = 3000.0;
  battery.voltage_v.value = 4.0;
  CHECK(battery.energy_wh() == 12.0);
  PhoneUse phone{
      .energy_mj = 9e6, .duration_ms = 3.6e6, .highest_c = 41.5, .battery_wh = battery.energy_wh()};
  s.set_phone(phone);
  CHECK(*value("temperature_max_c", s) == 41.5);
  CHECK(*value("phone_power_w", s) == 2.5);
  CHECK(*value("battery_hours", s) == Approx(4.8));
  CHECK(*value("battery_percent", s) == Approx(100.0 * 9.0 / 43.2));
  phone.battery_wh.reset();
  phone.highest_c.reset();
  s.set_phone(phone);
  CHECK(*value("phone_power_w", s) == 2.5);
  CHECK_FALSE(value("battery_hours", s));
  CHECK_FALSE(value("battery_percent", s));
  CHECK_FALSE(value("temperature_max_c", s));
  s.set_phone({.energy_mj = 0.0, .duration_ms = 0.0, .highest_c = {}, .battery_wh = 12.0});
  CHECK_FALSE(value("phone_power_w", s));
  CHECK_FALSE(value("battery_hours", s));
  s.set_phone({.energy_mj = 0.0, .duration_ms = 10.0, .highest_c = {}, .battery_wh = 12.0});
  CHECK_FALSE(value("battery_hours", s));  // for ever
}

TEST_CASE("errors of predictions are means over what was measured, and absent where nothing was") {
  CHECK_FALSE(value("latency_mape_percent", sample_of({test::tally({30}, 0)})));
  CHECK_FALSE(value("energy_mape_percent", sample_of({test::tally({30}, 0)})));
  WorkloadTally a = test::tally({30}, 0);
  a.prediction.latency.add(12.0, 10.0);  // 20 %
  a.prediction.latency.add(5.0, 10.0);   // 50 %
  a.prediction.energy.add(8.0, 4.0);     // 100 %
  a.prediction.energy.add(1.0, 0.0);     // has no relative error
  WorkloadTally b = test::tally({40}, 0);
  b.prediction.latency.add(10.0, 10.0);
  b.prediction.energy.add(-4.0, -8.0);
  const MetricSample s = sample_of({a, b});
  CHECK(*value("latency_mape_percent", s) == Approx(70.0 / 3));
  CHECK(*value("energy_mape_percent", s) == Approx(75.0));
}

TEST_CASE("latencies of any number of workloads ascend together") {
  for (int workloads = 0; workloads <= 9; ++workloads) {
    std::vector<WorkloadTally> tallies;
    std::vector<double> all;
    for (int w = 0; w < workloads; ++w) {
      std::vector<double> some;
      for (int i = 0; i < w * 7 % 5; ++i) some.push_back((i * 37 + w * 11) % 23);  // 0 to 4 of them
      tallies.push_back(test::tally(some, 0));
      all.insert(all.end(), some.begin(), some.end());
    }
    std::ranges::sort(all);
    INFO(workloads);
    CHECK(std::ranges::equal(sample_of(tallies).ascending_latency_ms(), all));
  }
}

TEST_CASE("throttled requests are counted") {
  WorkloadTally t = test::tally({30, 40, 50}, 0);
  RequestRecord hot;
  hot.target = 1;
  hot.throttled = true;
  hot.latency_ms = 60;
  t.add(hot);
  CHECK(*value("throttled", sample_of({t, t})) == 2);
  CHECK(*value("throttled", sample_of({test::tally({30}, 0)})) == 0);
}

TEST_CASE("no metric is ever NaN or infinite") {
  for (const auto& tallies :
       {std::vector<WorkloadTally>{}, std::vector{test::empty_tally()},
        std::vector{test::dropped_tally(3)}, std::vector{test::tally({99}, 2)}}) {
    const MetricSample s = sample_of(tallies);
    for (const Metric& m : metrics()) {
      const auto v = m.value(s);
      INFO(m.name);
      CHECK((!v || std::isfinite(*v)));
    }
  }
  CHECK_FALSE(value("latency_mean_ms", sample_of({test::dropped_tally(3)})));
  CHECK_FALSE(value("energy_mj_per_useful_inference", sample_of({test::tally({99}, 2)})));
  CHECK_FALSE(value("energy_mj_per_inference", sample_of({})));
}

}  // namespace
}  // namespace autoscale
