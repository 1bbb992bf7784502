#include "sim/report/metrics.h"

#include <algorithm>
#include <array>

#include "sim/base/check.h"
#include "sim/base/statistics.h"

namespace autoscale {
namespace {

using Value = std::optional<double>;

Value ratio(double part, double whole) { return whole > 0.0 ? Value(part / whole) : std::nullopt; }

double inferences(const MetricSample& s) { return static_cast<double>(s.tally().inferences); }
Value per_inference(double total, const MetricSample& s) { return ratio(total, inferences(s)); }
Value share(std::uint64_t count, const MetricSample& s) {
  return per_inference(static_cast<double>(count), s);
}

template <Component component>
Value component_mj(const MetricSample& s) {
  return per_inference(s.tally().by_component[component], s);
}

template <int percent>
Value latency_quantile_ms(const MetricSample& s) {
  return quantile(s.ascending_latency_ms(), percent * 0.01);
}

// mJ / ms = W; nothing of a run that took no time.
Value phone_w(const MetricSample& s) {
  return s.phone() ? ratio(s.phone()->energy_mj, s.phone()->duration_ms) : std::nullopt;
}

Value battery_hours(const MetricSample& s) {
  const Value power_w = phone_w(s);
  if (!power_w || !s.phone()->battery_wh) return std::nullopt;
  return ratio(*s.phone()->battery_wh, *power_w);
}

Value battery_percent(const MetricSample& s) {
  constexpr double kMillijoulesPerWh = 3.6e6;
  if (!s.phone() || !s.phone()->battery_wh) return std::nullopt;
  return ratio(100.0 * s.phone()->energy_mj, *s.phone()->battery_wh * kMillijoulesPerWh);
}

Value mape_percent(const PredictionErrors::Sum& errors) {
  return ratio(100.0 * errors.relative, static_cast<double>(errors.count));
}

using S = const MetricSample&;
constexpr Better kLower = Better::kLower;
constexpr Better kHigher = Better::kHigher;
constexpr Better kNeither = Better::kNeither;

constexpr std::array kMetrics{
    Metric{"inferences", "", kNeither, "Requests that arrived, dropped ones included.",
           [](S s) -> Value { return inferences(s); }},
    Metric{"dropped", "", kLower, "Requests that left a queue unserved.",
           [](S s) -> Value { return static_cast<double>(s.tally().dropped); }},
    Metric{"energy_mj_per_inference", "mJ", kLower,
           "The phone's marginal energy by the scenario's energy model / requests.",
           [](S s) { return per_inference(s.tally().energy_mj, s); }},
    Metric{"energy_mj_per_useful_inference", "mJ", kLower,
           "The same energy / requests that finished in time and accurate enough.",
           [](S s) { return ratio(s.tally().energy_mj, static_cast<double>(s.tally().useful)); }},
    Metric{"inferences_per_joule", "1/J", kHigher, "Finished requests / the same energy.",
           [](S s) {
             const auto finished = static_cast<double>(s.tally().inferences - s.tally().dropped);
             return ratio(finished * 1e3, s.tally().energy_mj);
           }},
    Metric{"qos_violation_ratio", "", kLower,
           "Share of requests that finished late or were dropped.",
           [](S s) { return share(s.tally().qos_violations, s); }},
    Metric{"accuracy_violation_ratio", "", kLower,
           "Share of requests that ran below the accuracy requirement.",
           [](S s) { return share(s.tally().accuracy_violations, s); }},
    Metric{"accuracy_percent", "%", kHigher,
           "Mean published accuracy of what ran, in each network's own metric.",
           [](S s) {
             const auto finished = static_cast<double>(s.tally().inferences - s.tally().dropped);
             return ratio(s.tally().accuracy_percent_sum, finished);
           }},
    Metric{"latency_mean_ms", "ms", kLower, "Arrival to finish, over finished requests.",
           [](S s) { return mean(s.ascending_latency_ms()); }},
    Metric{"latency_p50_ms", "ms", kLower,
           "Median latency: the order statistic of rank ceil(0.50 n), no interpolation.",
           latency_quantile_ms<50>},
    Metric{"latency_p95_ms", "ms", kLower, "The order statistic of rank ceil(0.95 n).",
           latency_quantile_ms<95>},
    Metric{"latency_p99_ms", "ms", kLower, "The order statistic of rank ceil(0.99 n).",
           latency_quantile_ms<99>},
    Metric{"oracle_energy_ratio", "", kLower,
           "Energy spent / expected energy of the oracle's choices for the same requests.",
           [](S s) { return ratio(s.tally().energy_mj, s.tally().oracle_energy_mj); }},
    Metric{"oracle_match_ratio", "", kHigher, "Share of requests with the oracle's target.",
           [](S s) { return share(s.tally().oracle_matches, s); }},
    Metric{"near_oracle_ratio", "", kHigher,
           "Share of requests whose choice costs at most 5 % more than the oracle's.",
           [](S s) { return share(s.tally().near_oracle, s); }},
    Metric{"latency_mape_percent", "%", kLower,
           "Mean relative error of the predicted latency of all targets that run the network, "
           "against the truth without noise and waiting, at every tenth decision; of policies that "
           "predict it.",
           [](S s) { return mape_percent(s.tally().prediction.latency); }},
    Metric{"energy_mape_percent", "%", kLower, "The same of the energy.",
           [](S s) { return mape_percent(s.tally().prediction.energy); }},
    Metric{"policy_bytes", "B", kLower, "Memory of what the policy has learned.",
           [](S s) -> Value { return static_cast<double>(s.policy_bytes()); }},
    Metric{"energy_cpu_mj", "mJ", kNeither, "Part of the energy per inference: CPU.",
           component_mj<Component::kCpu>},
    Metric{"energy_gpu_mj", "mJ", kNeither, "Part of the energy per inference: GPU.",
           component_mj<Component::kGpu>},
    Metric{"energy_dsp_mj", "mJ", kNeither, "Part of the energy per inference: DSP.",
           component_mj<Component::kDsp>},
    Metric{"energy_wifi_mj", "mJ", kNeither, "Part of the energy per inference: Wi-Fi radio.",
           component_mj<Component::kWifi>},
    Metric{"energy_wifi_direct_mj", "mJ", kNeither,
           "Part of the energy per inference: Wi-Fi Direct radio.",
           component_mj<Component::kWifiDirect>},
    Metric{"energy_lte_mj", "mJ", kNeither, "Part of the energy per inference: LTE radio.",
           component_mj<Component::kLte>},
    Metric{"energy_base_mj", "mJ", kNeither,
           "Part of the energy per inference: keeping the phone awake.",
           component_mj<Component::kBase>},
    Metric{"edge_energy_mj", "mJ", kNeither,
           "The edge peer's own energy / requests; not in the phone's.",
           [](S s) { return per_inference(s.tally().edge_energy_mj, s); }},
    Metric{"cloud_energy_mj", "mJ", kNeither,
           "The cloud's own energy / requests; not in the phone's.",
           [](S s) { return per_inference(s.tally().cloud_energy_mj, s); }},
    Metric{"failed_offloads", "", kLower,
           "Requests whose transfer took too long; they fell back or were dropped.",
           [](S s) -> Value { return static_cast<double>(s.tally().failed_offloads); }},
    Metric{"handovers", "", kNeither, "Transfers begun anew because the link to the cloud changed.",
           [](S s) -> Value { return static_cast<double>(s.tally().handovers); }},
    Metric{"throttled", "", kLower,
           "Requests that ran at a lower V/F step than chosen because the phone was hot.",
           [](S s) -> Value { return static_cast<double>(s.tally().throttled); }},
    Metric{"temperature_max_c", "°C", kLower,
           "Highest temperature of the phone in a run with a thermal state (row all).",
           [](S s) { return s.phone() ? s.phone()->highest_c : std::nullopt; }},
    Metric{"phone_power_w", "W", kLower,
           "Mean power of the phone over the run, baseline and co-runner included (row all).",
           phone_w},
    Metric{"battery_hours", "h", kHigher,
           "How long its full battery lasts at that power (row all).", battery_hours},
    Metric{"battery_percent", "%", kLower,
           "Share of its full battery that the run has taken (row all).", battery_percent},
};

}  // namespace

void MetricSample::add(const WorkloadTally& t) {
  tally_.inferences += t.inferences;
  tally_.dropped += t.dropped;
  tally_.useful += t.useful;
  tally_.qos_violations += t.qos_violations;
  tally_.accuracy_violations += t.accuracy_violations;
  tally_.oracle_matches += t.oracle_matches;
  tally_.near_oracle += t.near_oracle;
  tally_.failed_offloads += t.failed_offloads;
  tally_.handovers += t.handovers;
  tally_.throttled += t.throttled;
  tally_.energy_mj += t.energy_mj;
  tally_.oracle_energy_mj += t.oracle_energy_mj;
  tally_.accuracy_percent_sum += t.accuracy_percent_sum;
  tally_.edge_energy_mj += t.edge_energy_mj;
  tally_.cloud_energy_mj += t.cloud_energy_mj;
  tally_.by_component += t.by_component;
  tally_.prediction += t.prediction;
  tally_.latency_ms.insert(tally_.latency_ms.end(), t.latency_ms.begin(), t.latency_ms.end());
  workload_ends_.push_back(tally_.latency_ms.size());
  if (tally_.target_counts.size() < t.target_counts.size()) {
    tally_.target_counts.resize(t.target_counts.size());
  }
  for (std::size_t i = 0; i < t.target_counts.size(); ++i) {
    tally_.target_counts[i] += t.target_counts[i];
  }
}

void MetricSample::close() {
  const auto at = [&](std::size_t k) {
    return tally_.latency_ms.begin() +
           static_cast<std::ptrdiff_t>(k == 0 ? 0 : workload_ends_[k - 1]);
  };
  for (std::size_t w = 0; w < workload_ends_.size(); ++w)
    AUTOSCALE_CHECK(std::is_sorted(at(w), at(w + 1)), "latencies do not ascend");
  // Stretches of 1, 2, 4, ... workloads are merged with those after them.
  const std::size_t workloads = workload_ends_.size();
  for (std::size_t width = 1; width < workloads; width *= 2) {
    for (std::size_t k = 0; k + width < workloads; k += 2 * width)
      std::inplace_merge(at(k), at(k + width), at(std::min(k + 2 * width, workloads)));
  }
}

const char* to_string(Better better) {
  switch (better) {
    case Better::kLower: return "lower";
    case Better::kHigher: return "higher";
    case Better::kNeither: return "neither";
  }
  return "";
}

std::span<const Metric> metrics() { return kMetrics; }

std::size_t metric_index(std::string_view name) {
  const auto* found = std::ranges::find(kMetrics, name, &Metric::name);
  AUTOSCALE_CHECK(found != kMetrics.end(), "there is no such metric");
  return static_cast<std::size_t>(found - kMetrics.begin());
}

Better better_of(std::string_view name) {
  const auto* known = std::ranges::find(kMetrics, name, &Metric::name);
  return known == kMetrics.end() ? Better::kNeither : known->better;
}

}  // namespace autoscale
