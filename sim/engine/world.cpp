#include "sim/engine/world.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "sim/base/diagnostics.h"
#include "sim/engine/cost_evaluator.h"
#include "sim/engine/cost_limits.h"
#include "sim/engine/environment_checks.h"
#include "sim/engine/environments.h"
#include "sim/engine/fallbacks.h"
#include "sim/engine/site_costs.h"
#include "sim/engine/target_list.h"
#include "sim/engine/thermal_costs.h"
#include "sim/engine/workload_arrivals.h"

namespace autoscale {
namespace {

double uplink_bytes(const Network& n, const WorkloadSpec& spec) {
  switch (spec.payload) {
    case PayloadFormat::kUint8: return n.payload.uint8_bytes;
    case PayloadFormat::kJpeg: return n.payload.uint8_bytes * spec.jpeg_ratio;
    case PayloadFormat::kFp32: return n.payload.fp32_bytes;
  }
  return 0.0;
}

double accuracy_percent(const Network& n, Precision p, const std::string& int8_recipe) {
  const AccuracyFigure* figure = n.find_accuracy(p, p == Precision::kInt8 ? int8_recipe : "float");
  return figure == nullptr ? 0.0 : figure->percent;
}

class Builder {
 public:
  Builder(World& world, LayerCostStore& store, const std::string& file)
      : world_(world), store_(store), file_(file) {}

  void build() {
    check_links();
    sources_ = enumerate_targets(world_.inputs);
    if (sources_.size() >= kPartitioned) {
      problem("/device",
              fmt::format("the devices have {} targets, more than {} with their V/F steps",
                          sources_.size(), kPartitioned - 1));
      problems_.throw_if_any();
    }
    world_.table.targets.reserve(sources_.size());
    for (const TargetSource& s : sources_) world_.table.targets.push_back(s.target);
    fill_sites();
    fill_thermal();
    fill_layer_costs();
    for (std::size_t w = 0; w < world_.scenario.workload.size(); ++w) fill_workload(w);
    problems_.throw_if_any();
    check_signals(world_, file_, problems_);
    problems_.throw_if_any();
    world_.environment = scenario_environment(world_, {.seed = world_.scenario.seed});
    world_.environment_varies = environment_varies(world_.scenario);
    check_outages(world_, file_, problems_);
    problems_.throw_if_any();
    fill_profile();
    fill_fallbacks(world_, file_, problems_);
    problems_.throw_if_any();
  }

 private:
  void problem(std::string pointer, std::string message, std::string hint = "") {
    problems_.add({file_, std::move(pointer), std::move(message), std::move(hint)});
  }

  void check_links() {
    const auto& radios = world_.inputs.radios;
    const bool wifi = radios[static_cast<std::size_t>(LinkId::kWifi)].has_value();
    const bool lte = radios[static_cast<std::size_t>(LinkId::kLte)].has_value();
    if (world_.inputs.cloud && !wifi && !lte) {
      problem("/cloud", "the cloud is reached over Wi-Fi or LTE, and the scenario has neither link",
              "add \"wifi\" to /links or leave out \"cloud\"");
    }
    if (world_.inputs.edge_peer && !radios[static_cast<std::size_t>(LinkId::kWifiDirect)]) {
      problem("/edge_peer",
              "the edge peer is reached over Wi-Fi Direct, and the scenario has no such link",
              "add \"wifi_direct\" to /links or leave out \"edge_peer\"");
    }
    const bool over_lte = world_.scenario.links.cloud_route == CloudRoute::kLte;
    world_.table.cloud_link = wifi && !over_lte ? LinkId::kWifi : LinkId::kLte;
  }

  void fill_thermal() {
    if (!world_.scenario.thermal) return;
    const auto& profile = world_.inputs.device->thermal;
    if (!profile) {
      problem("/thermal",
              fmt::format("the profile of '{}' does not say how it warms and throttles",
                          world_.scenario.device),
              "leave out \"thermal\", or add /thermal to the profile");
      return;
    }
    world_.table.thermal = thermal_cost(*profile, *world_.scenario.thermal, world_.table.targets);
  }

  void fill_sites() {
    CostTable& table = world_.table;
    table.phone = phone_cost(world_.inputs.device, world_.scenario.power_scale);
    table.energy_model = world_.scenario.energy_model;
    table.service_noise = world_.scenario.service_noise;
    if (const auto& timeout = world_.scenario.offload.timeout_ms)
      table.transfer_timeout_ns = to_nanos(Millis{*timeout}).count;
    table.servers.fill(1);
    for (const TargetSource& s : sources_) {
      table.servers[processor_server(s.target.site, s.target.processor)] = s.processor->servers;
    }
    for (std::size_t l = 0; l < kLinks; ++l) {
      if (world_.inputs.radios[l]) table.radios[l] = radio_cost(*world_.inputs.radios[l]);
    }
    if (world_.inputs.cloud && (*world_.inputs.cloud)->wan_rtt_ms)
      table.wan_rtt_ms = (*world_.inputs.cloud)->wan_rtt_ms->value;
  }

  // One LayerCosts per (network, latency profile); steps of a processor share it.
  void fill_layer_costs() {
    std::vector<const TargetSource*> profiles;
    for (const TargetSource& s : sources_) {
      if (profiles.empty() || profiles.back()->latency != s.latency) profiles.push_back(&s);
    }
    const auto& networks = world_.inputs.networks;
    index_.assign(networks.size(), {});
    for (std::size_t n = 0; n < networks.size(); ++n) {
      const Network& network = networks[n];
      for (const TargetSource* source : profiles) {
        const LatencyProfile* p = source->latency;
        const auto entry = p->networks.find(network.name);
        if (entry == p->networks.end()) continue;
        const auto& layers = entry->second.layers_ms;
        if (!layers.empty() && layers.size() != network.layers.size()) {
          problem("/device",
                  fmt::format("the layer table of '{}' has {} entries, the network has {} layers",
                              network.name, layers.size(), network.layers.size()));
          continue;
        }
        world_.table.layer_costs.push_back(
            store_.get(networks[n], device_of(source->target.site), *p, entry->second));
        index_[n].push_back({p, &*world_.table.layer_costs.back()});
      }
    }
  }

  [[nodiscard]] const Shared<DeviceProfile>& device_of(Site site) const {
    if (site == Site::kPhone) return world_.inputs.device;
    return site == Site::kEdgePeer ? *world_.inputs.edge_peer : *world_.inputs.cloud;
  }

  [[nodiscard]] const LayerCosts* find_costs(std::size_t network,
                                             const LatencyProfile* profile) const {
    for (const auto& [p, costs] : index_[network]) {
      if (p == profile) return costs;
    }
    return nullptr;
  }

  void fill_workload(std::size_t w) {
    const WorkloadSpec& spec = world_.scenario.workload[w];
    const std::size_t n = world_.inputs.workload_network[w];
    const Network& network = world_.inputs.networks[n];
    WorkloadCost cost;
    cost.network = static_cast<std::uint32_t>(n);
    cost.graph = &network;
    cost.qos_ms = spec.qos_ms;
    cost.accuracy_required_percent =
        spec.accuracy.percent
            ? *spec.accuracy.percent
            : spec.accuracy.ratio_to_fp32.value_or(0.0) *
                  accuracy_percent(network, Precision::kFp32, world_.scenario.int8_recipe);
    cost.uplink_kbit = kilobits_of_bytes(uplink_bytes(network, spec)).value;
    cost.downlink_kbit = kilobits_of_bytes(network.payload.result_bytes).value;
    cost.queue = spec.queue;
    cost.arrivals = arrival_process(spec);
    check_duration(cost.arrivals, w);
    bool any = false;
    cost.targets.reserve(sources_.size());
    for (const TargetSource& s : sources_) {
      cost.targets.push_back(target_cost(s, n, cost.accuracy_required_percent));
      any = any || cost.targets.back().supported;
    }
    if (!any) {
      problem(fmt::format("/workload/{}/network", w),
              fmt::format("no target of this scenario can run '{}'", network.name),
              "choose another network or add a device whose profile has it");
    }
    if (std::string found = cost_problem(world_.table, cost, world_.inputs); !found.empty()) {
      problem(fmt::format("/workload/{}/network", w), std::move(found),
              fmt::format("check the figures of '{}', its device and its link", network.name));
    }
    world_.table.workloads.push_back(std::move(cost));
  }

  // Simulated time is int64 nanoseconds, 292 years; half of it is left for everything else.
  void check_duration(const ArrivalProcess& a, std::size_t w) {
    constexpr double kLongestMs = 4.6e12;
    const double gap_ms = a.kind == ArrivalKind::kPeriodic  ? a.period.value
                          : a.kind == ArrivalKind::kPoisson ? 1e3 / a.rate_hz
                                                            : a.think.value;
    if (a.kind == ArrivalKind::kTimes) return;
    const bool sequential = world_.scenario.workload_order == WorkloadOrder::kSequential;
    duration_ms_ = gap_ms * static_cast<double>(a.count) + (sequential ? duration_ms_ : 0.0);
    if (duration_ms_ < kLongestMs) return;
    problem(
        fmt::format("/workload/{}/arrivals", w),
        fmt::format("{} requests {} ms apart last longer than simulated time reaches (146 years)",
                    a.count, gap_ms),
        "ask for fewer requests or a shorter pause");
  }

  [[nodiscard]] TargetCost target_cost(const TargetSource& s, std::size_t network,
                                       double required) const {
    const Network& n = world_.inputs.networks[network];
    TargetCost t;
    t.layers = find_costs(network, s.latency);
    t.supported = t.layers != nullptr;
    t.local = s.target.site == Site::kPhone;
    t.link = s.target.site == Site::kEdgePeer ? LinkId::kWifiDirect : world_.table.cloud_link;
    t.server = processor_server(s.target.site, s.target.processor);
    t.processor = s.target.processor;
    t.accuracy_percent = accuracy_percent(n, s.target.precision, world_.scenario.int8_recipe);
    t.meets_accuracy = t.accuracy_percent >= required;
    t.frequency_scale = 1.0 / s.target.frequency_ratio;
    const auto step = s.processor->busy_power_ratio.values.size() -
                      static_cast<std::size_t>(s.target.steps - s.target.step);
    t.busy_w = peak_w(*s.processor, world_.scenario.power_scale) *
               s.processor->busy_power_ratio.values[step];
    if (t.local) t.idle_w = s.processor->idle_power_w.value;
    t.busy_w -= t.idle_w;
    t.noise_sigma = s.processor->noise_sigma_ratio.value;
    t.noise_mean_shift = -0.5 * t.noise_sigma * t.noise_sigma;
    return t;
  }

  // The offline profile: what the costs are under nominal conditions.
  void fill_profile() {
    const Environment nominal = nominal_environment(world_);
    const CostEvaluator evaluator(world_.table, nominal);
    const auto workloads = static_cast<std::uint32_t>(world_.table.workloads.size());
    for (std::uint32_t w = 0; w < workloads; ++w) {
      std::vector<ProfileEntry> entries;
      const auto costs = evaluator.costs(w);
      entries.reserve(costs.size());
      for (std::size_t t = 0; t < costs.size(); ++t) {
        const TargetCost& target = world_.table.workloads[w].targets[t];
        entries.push_back({costs[t].supported, target.meets_accuracy, target.accuracy_percent,
                           Millis{costs[t].latency_ms}, Millijoules{costs[t].energy_mj}});
      }
      world_.profile.push_back(std::move(entries));
    }
    for (std::uint32_t w = 0; w < workloads; ++w) world_.workloads.push_back(workload_info(w));
  }

  [[nodiscard]] WorkloadInfo workload_info(std::uint32_t w) const {
    const auto& specs = world_.scenario.workload;
    WorkloadInfo info;
    info.network = &*world_.inputs.networks[world_.inputs.workload_network[w]];
    info.qos = Millis{specs[w].qos_ms};
    info.accuracy_required_percent = world_.table.workloads[w].accuracy_required_percent;
    info.profile = world_.profile[w];
    for (std::uint32_t k = 0; k < w;
         ++k) {  // same class as the first workload with equal requirements
      if (specs[k].qos_ms == specs[w].qos_ms &&
          specs[k].accuracy.percent == specs[w].accuracy.percent &&
          specs[k].accuracy.ratio_to_fp32 == specs[w].accuracy.ratio_to_fp32) {
        info.service_class = world_.workloads[k].service_class;
        return info;
      }
      info.service_class = std::max(info.service_class, world_.workloads[k].service_class + 1);
    }
    return info;
  }

  World& world_;
  LayerCostStore& store_;
  const std::string& file_;
  Diagnostics problems_;
  std::vector<TargetSource> sources_;
  double duration_ms_ = 0.0;  // of the pauses of the workloads so far
  std::vector<std::vector<std::pair<const LatencyProfile*, const LayerCosts*>>>
      index_;  // [network]
};

}  // namespace

const std::vector<Environment>& World::training_environments() const {
  std::call_once(training_built_, [&] {
    if (scenario.training) training_environments_ = autoscale::training_environments(*this);
  });
  return training_environments_;
}

std::unique_ptr<const World> build_world(Scenario scenario, ScenarioInputs inputs,
                                         LayerCostStore& store, const std::string& file) {
  auto world = std::make_unique<World>();
  world->scenario = std::move(scenario);
  world->inputs = std::move(inputs);
  Builder(*world, store, file).build();
  return world;
}

std::unique_ptr<const World> build_world(Scenario scenario, ScenarioInputs inputs,
                                         const std::string& file) {
  LayerCostStore store;
  return build_world(std::move(scenario), std::move(inputs), store, file);
}

}  // namespace autoscale
