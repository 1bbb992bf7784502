#include <string_view>

#include "sim/config/json_access.h"
#include "sim/engine/power_meter.h"
#include "sim/report/decision_report.h"
#include "sim/report/summary.h"
#include "sim/report/target_names.h"

namespace autoscale {
namespace {

Json& add_object(Json& object, std::string_view key) {
  Json& member = add_member(object, key);
  set_object(member);
  return member;
}

Json& add_array(Json& object, std::string_view key) {
  Json& member = add_member(object, key);
  set_array(member);
  return member;
}

void add(Json& object, std::string_view key, double value) { set(add_member(object, key), value); }
void add(Json& object, std::string_view key, std::uint64_t value) {
  set(add_member(object, key), value);
}
void add(Json& object, std::string_view key, std::string_view value) {
  set_text(add_member(object, key), value);
}
void add_flag(Json& object, std::string_view key, bool value) {
  set_bool(add_member(object, key), value);
}

class DecisionJson {
 public:
  DecisionJson(const World& world, const DecisionOwner& owner, const Decision& decision)
      : world_(world), owner_(owner), d_(decision) {}

  std::string text(bool layers) {
    Json& root = document_.root();
    set_object(root);
    add_question(root);
    add_observation(add_object(root, "observation"));
    add_conditions(add_object(root, "conditions"));
    add_state(root);
    add(root, "chosen", name(d_.chosen));
    add_plan(add_member(root, "plan"));
    add(root, "reason", choice_reason(world_, owner_, d_));
    add(root, "oracle", name(d_.oracle));
    add(root, "oracle_queue_aware", name(d_.oracle_queue_aware));
    add_outcome(add_object(root, "outcome"));
    Json& targets = add_array(root, "targets");
    for (TargetId t = 0; t < d_.targets.size(); ++t) add_target(append(targets), t, layers);
    return dump(root) + '\n';
  }

 private:
  [[nodiscard]] std::string_view name(TargetId t) const {
    return target_name(world_, t, d_.plan.name);
  }
  [[nodiscard]] const WorkloadCost& workload() const {
    return world_.table.workloads[d_.observation.workload];
  }

  void add_question(Json& root) const {
    const PolicySpec& policy = world_.scenario.policies[owner_.policy];
    add(root, "scenario", world_.scenario.name);
    add(root, "device", world_.scenario.device);
    add(root, "policy", policy.name);
    add(root, "policy_class", policy.policy);
    const bool frozen = evaluation_of(world_, owner_) == Evaluation::kFrozen;
    add(root, "evaluation", frozen ? "frozen" : "online");
    add(root, "seed", owner_.seed);
    add(root, "replication", std::uint64_t{owner_.replication});
    add(root, "network", workload_names(world_.scenario)[d_.observation.workload]);
    add(root, "request", d_.observation.request);
    add(root, "request_of_run", d_.request_of_run);
    add(root, "qos_ms", workload().qos_ms);
    add(root, "accuracy_required_percent", workload().accuracy_required_percent);
  }

  void add_observation(Json& o) const {
    add(o, "time_ms", to_millis(d_.observation.now - SimTime{}).value);
    add(o, "waiting", std::uint64_t{d_.observation.waiting});
    add(o, "cpu_ratio", d_.observation.cpu_ratio);
    add(o, "memory_ratio", d_.observation.memory_ratio);
    Json& levels = add_object(o, "rssi_dbm");
    for (std::size_t l = 0; l < kLinks; ++l) {
      if (!world_.table.radios[l].present) continue;
      add(levels, to_string(static_cast<LinkId>(l)), d_.observation.rssi[l].value);
    }
    if (several_cloud_links(world_)) add(o, "cloud_link", to_string(d_.observation.cloud_link));
  }

  void add_conditions(Json& c) const {
    const LoadConditions& load = d_.conditions.load;
    add(c, "cpu_slowdown", load.phi_cpu);
    add(c, "host_slowdown", load.phi_host);
    Json& memory = add_object(c, "memory_slowdown");
    for (std::size_t p = 0; p < kProcessorKinds; ++p) {
      add(memory, to_string(static_cast<ProcessorKind>(p)), load.phi_memory[p]);
    }
    Json& links = add_object(c, "links");
    for (std::size_t l = 0; l < kLinks; ++l) {
      if (!world_.table.radios[l].present) continue;
      const LinkConditions& now = d_.conditions.links[l];
      Json& link = add_object(links, to_string(static_cast<LinkId>(l)));
      add(link, "uplink_mbps", now.uplink_mbps);
      add(link, "downlink_mbps", now.downlink_mbps);
      add(link, "tx_w", now.tx_w);
      add(link, "rx_w", now.rx_w);
    }
  }

  static void add_description(Json& object, const StateDescription& state) {
    set_object(object);
    add(object, "index", std::uint64_t{state.index});
    Json& features = add_array(object, "features");
    for (const StateFeature& f : state.features) {
      Json& feature = append(features);
      set_object(feature);
      add(feature, "name", f.name);
      add(feature, "bin", static_cast<std::uint64_t>(f.bin));
      add(feature, "bins", static_cast<std::uint64_t>(f.bins));
      add(feature, "label", f.label);
    }
  }

  // Both null for a policy that does not explain itself.
  void add_state(Json& root) const {
    Json& state = add_member(root, "state");
    if (d_.explanation) add_description(state, d_.explanation->state);
    Json& answered_by = add_member(root, "answered_by");
    if (d_.explanation && d_.explanation->answered_by) {
      add_description(answered_by, *d_.explanation->answered_by);
    }
  }

  // Null: no partition plan was chosen.
  void add_plan(Json& plan) const {
    if (d_.plan.name.empty()) return;
    set_object(plan);
    add(plan, "upload_kbit", d_.plan.upload_kbit);
    Json& slices = add_array(plan, "slices");
    for (const PlanForecast::Slice& s : d_.plan.slices) {
      Json& slice = append(slices);
      set_object(slice);
      add(slice, "target", name(s.target));
      add(slice, "layers", std::uint64_t{s.layers});
      add(slice, "handover_ms", s.handover_ms);
      add(slice, "latency_ms", s.latency_ms);
    }
  }

  // Keys and values of a row of --requests.
  void add_outcome(Json& o) const {
    const RequestRecord& r = d_.outcome;
    add(o, "target", name(r.target));
    add(o, "arrival_ms", to_millis(r.arrival).value);
    add(o, "finish_ms", to_millis(r.finish).value);
    Json& latency = add_member(o, "latency_ms");  // null: dropped
    if (!r.dropped) set(latency, r.latency_ms);
    add(o, "energy_mj", r.energy_mj);
    for (int c = 0; c < kComponents; ++c) {
      const auto component = static_cast<Component>(c);
      add(o, std::string("energy_") + to_string(component) + "_mj", r.by_component[component]);
    }
    add_flag(o, "violates_qos", r.violates_qos);
    add_flag(o, "violates_accuracy", r.violates_accuracy);
    add_flag(o, "dropped", r.dropped);
    add(o, "oracle_energy_mj", r.oracle_energy_mj);
    add(o, "expected_energy_mj", r.expected_energy_mj);
    add_flag(o, "oracle_match", r.oracle_match);
    add_flag(o, "near_oracle", r.near_oracle);
    Json& reward = add_member(o, "reward");  // null: the policy has none
    if (r.reward) set(reward, *r.reward);
    add(o, "ran_on", name(r.ran_on));
    add_flag(o, "failed_offload", r.offload_failed);
    add(o, "handovers", std::uint64_t{r.handovers});
  }

  static void add_cost(Json& object, const Cost& cost) {
    add(object, "latency_ms", cost.latency_ms);
    add(object, "energy_mj", cost.energy_mj);
    add(object, "verdict", verdict(cost));
  }

  static void add_stages(Json& object, const CostStages& s) {
    add(object, "dispatch_ms", s.dispatch_ms);
    add(object, "waiting_ms", s.waiting_ms);
    add(object, "promotion_ms", s.promotion_ms);
    add(object, "uplink_ms", s.uplink_ms);
    add(object, "network_ms", s.network_ms);
    add(object, "remote_dispatch_ms", s.remote_dispatch_ms);
    add(object, "layers_ms", s.layers_ms);
    add(object, "downlink_ms", s.downlink_ms);
  }

  void add_layers(Json& list, TargetId t) const {
    set_array(list);
    for (const LayerForecast& layer : layer_forecasts(world_, d_, t)) {
      Json& object = append(list);
      set_object(object);
      add(object, "name", layer.name);
      add(object, "kind", to_string(layer.kind));
      add(object, "latency_ms", layer.latency_ms);
      Json& energy = add_member(object, "energy_mj");
      if (layer.energy_mj) set(energy, *layer.energy_mj);
    }
  }

  void add_target(Json& object, TargetId t, bool layers) const {
    const Target& target = world_.table.targets[t];
    const TargetForecast& forecast = d_.targets[t];
    set_object(object);
    add(object, "target", target.name);
    add(object, "place", target.place);
    add(object, "site", to_string(target.site));
    add(object, "processor", to_string(target.processor));
    add(object, "precision", to_string(target.precision));
    add(object, "step", static_cast<std::uint64_t>(target.step));
    add(object, "frequency_mhz", target.frequency.value);
    add_flag(object, "supported", forecast.cost.supported);
    add_flag(object, "chosen", t == d_.chosen);
    add_flag(object, "oracle", t == d_.oracle);
    if (d_.explanation) {
      const TargetOpinion& opinion = d_.explanation->opinions[t];
      add_flag(object, "allowed", opinion.allowed);
      add(object, "q_value", opinion.value);
      add(object, "visits", std::uint64_t{opinion.visits});
    }
    if (!forecast.cost.supported) {
      add(object, "verdict", verdict(forecast.cost));
      return;
    }
    add_cost(object, forecast.with_waiting);
    add(object, "accuracy_percent", workload().targets[t].accuracy_percent);
    add_cost(add_object(object, "without_waiting"), forecast.cost);
    add_stages(add_object(object, "stages"), forecast.stages);
    if (layers) add_layers(add_member(object, "layers"), t);
  }

  const World& world_;
  const DecisionOwner& owner_;
  const Decision& d_;
  JsonDocument document_;
};

}  // namespace

std::string decision_json(const World& world, const DecisionOwner& owner, const Decision& decision,
                          bool layers) {
  return DecisionJson(world, owner, decision).text(layers);
}

}  // namespace autoscale
