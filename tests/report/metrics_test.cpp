#include "sim/report/metrics.h"

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
                                                "handovers"};
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
