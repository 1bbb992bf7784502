#include "sim/engine/cost_evaluator.h"

#include <algorithm>

#include "sim/engine/cost_stages.h"

namespace autoscale {

bool Cost::better_than(const Cost& other) const {
  if (supported != other.supported) return supported;
  if (violates_accuracy != other.violates_accuracy) return !violates_accuracy;
  if (violates_qos != other.violates_qos) return !violates_qos;
  return energy_mj < other.energy_mj;
}

double expected_tail_mj(const RadioCost& radio, const WorkloadCost& w, Millis latency,
                        double dispatch_ms) {
  const double until_air = w.arrivals.expected_gap(latency).value + dispatch_ms;
  return radio.tail_w * std::min(to_millis(Nanos{radio.tail_ns}).value, until_air);
}

CostEvaluator::CostEvaluator(const CostTable& table, const Environment& environment)
    : table_(&table),
      environment_(&environment),
      costs_(table.workloads.size() * table.targets.size()),
      local_ms_(costs_.size()),
      local_mj_(costs_.size()),
      best_(table.workloads.size(), kNoTarget),
      best_cost_(table.workloads.size()) {
  local_.reserve(table.workloads.size());
  for (const WorkloadCost& w : table.workloads) local_.emplace_back(table, w);
  for (std::size_t t = 0; t < table.targets.size(); ++t)
    if (table.targets[t].site != Site::kPhone) remote_.push_back(static_cast<TargetId>(t));
  observe(SimTime{});
}

void CostEvaluator::observe(SimTime now) {
  if (fresh_ && now < valid_until_ && now >= valid_from_) return;
  valid_until_ = kNever;
  valid_from_ = SimTime{};
  const Segment s = environment_->load.segment(now, load_segment_);
  load_segment_ = s;
  conditions_.load = environment_->load.value(s);
  valid_until_ = std::min(valid_until_, environment_->load.end(s));
  valid_from_ = std::max(valid_from_, environment_->load.start(s));
  for (std::size_t l = 0; l < kLinks; ++l) {
    const auto& link = environment_->links[l];
    if (link.empty()) continue;
    const Segment k = link.segment(now, link_segment_[l]);
    link_segment_[l] = k;
    conditions_.links[l] = link.value(k);
    valid_until_ = std::min(valid_until_, link.end(k));
    valid_from_ = std::max(valid_from_, link.start(k));
  }
  const auto& route = environment_->cloud_link;
  route_segment_ = route.segment(now, route_segment_);
  conditions_.cloud_link = route.value(route_segment_);
  valid_until_ = std::min(valid_until_, route.end(route_segment_));
  valid_from_ = std::max(valid_from_, route.start(route_segment_));
  fresh_ = true;
  known_.assign(table_->workloads.size(), Known::kNothing);
}

void CostEvaluator::set_throttling(std::size_t level) {
  if (level == throttling_) return;
  throttling_ = level;
  std::ranges::fill(known_, Known::kNothing);
}

void CostEvaluator::work_out(std::uint32_t workload) const {
  known_[workload] = Known::kBest;
  const std::size_t n = table_->targets.size();
  local_[workload].evaluate(*table_, conditions_.load, {&local_ms_[workload * n], n},
                            {&local_mj_[workload * n], n});
  for (const TargetId t : remote_) costs_[workload * n + t] = evaluate(workload, t, conditions_);
  find_best(workload);
}

void CostEvaluator::find_best(std::uint32_t workload) const {
  TargetId best = 0;
  Cost best_cost;
  for (std::size_t t = 0; t < table_->targets.size(); ++t) {
    const Cost cost = known_cost(workload, static_cast<TargetId>(t));
    if (t != 0 && !cost.better_than(best_cost)) continue;
    best = static_cast<TargetId>(t);
    best_cost = cost;
  }
  best_[workload] = best;
  best_cost_[workload] = best_cost;
}

// What work_out() worked out.
Cost CostEvaluator::known_cost(std::uint32_t workload, TargetId target) const {
  const std::size_t first = workload * table_->targets.size();
  const LocalCosts& local = local_[workload];
  if (local.standing(target) == LocalCosts::Standing::kNotOfPhone) return costs_[first + target];
  const TargetId runs_as = table_->throttled(throttling_, target);
  const LocalCosts::Standing standing = local.standing(runs_as);
  if (standing == LocalCosts::Standing::kUnsupported) return {};
  const double ms = local_ms_[first + runs_as];
  return {.supported = true,
          .violates_accuracy = standing == LocalCosts::Standing::kInaccurate,
          .violates_qos = ms > table_->workloads[workload].qos_ms,
          .latency_ms = ms,
          .energy_mj = local_mj_[first + runs_as]};
}

Cost CostEvaluator::cost(std::uint32_t workload, TargetId target) const {
  refresh(workload);
  return known_cost(workload, target);
}

std::span<const Cost> CostEvaluator::costs(std::uint32_t workload) const {
  refresh(workload);
  const std::size_t n = table_->targets.size();
  const std::span<Cost> costs{&costs_[workload * n], n};
  if (known_[workload] != Known::kAll) {
    for (std::size_t t = 0; t < n; ++t) costs[t] = known_cost(workload, static_cast<TargetId>(t));
    known_[workload] = Known::kAll;
  }
  return costs;
}

TargetId CostEvaluator::best_with_waiting(std::uint32_t workload) const {
  TargetId best = 0;
  Cost best_cost;
  for (std::size_t t = 0; t < table_->targets.size(); ++t) {
    const auto id = static_cast<TargetId>(t);
    const Cost cost = evaluate(workload, id, conditions_, waits(workload, id));
    if (t == 0 || cost.better_than(best_cost)) {
      best = id;
      best_cost = cost;
    }
  }
  return best;
}

Cost CostEvaluator::evaluate(std::uint32_t workload, TargetId target, const Conditions& at,
                             const Waits& waits) const {
  const WorkloadCost& w = table_->workloads[workload];
  const TargetCost& t = w.targets[table_->throttled(throttling_, target)];
  Cost cost;
  if (!t.supported) return cost;
  cost.supported = true;
  cost.violates_accuracy = !t.meets_accuracy;
  if (!t.local) return evaluate_remote(w, t, workload, table_->targets[target].site, at, waits);
  const ExpectedStages s = local_stages(t, at);
  const double service = s.dispatch + s.layers;
  cost.latency_ms = waits.processor + service;
  const LocalPower power = local_power(table_->phone, t.processor, at.load);
  cost.energy_mj = table_->energy_model == EnergyModel::kPaper
                       ? power.paper_mj(t.busy_w + t.idle_w, service, cost.latency_ms)
                       : power.full_mj(t.busy_w, s.dispatch, s.layers, cost.latency_ms);
  cost.violates_qos = cost.latency_ms > w.qos_ms;
  return cost;
}

// A transfer that would fail costs what it takes until then, and the fallback on top.
Cost CostEvaluator::evaluate_remote(const WorkloadCost& w, const TargetCost& t,
                                    std::uint32_t workload, Site site, const Conditions& at,
                                    const Waits& waits) const {
  const LinkId link = link_of(t, site, at);
  const ExpectedStages s = remote_stages(*table_, w, w.uplink_kbit, t, site, at, waits);
  Cost cost{.supported = true, .violates_accuracy = !t.meets_accuracy};
  cost.latency_ms = s.dispatch + waits.before_air + s.promotion + s.up + s.silence + s.down;
  cost.energy_mj = table_->energy_model == EnergyModel::kPaper
                       ? remote_energy_paper(*table_, link, at, s, cost.latency_ms)
                       : remote_energy_full(*table_, w, link, at, s, cost.latency_ms);
  cost.violates_qos = cost.latency_ms > w.qos_ms;
  return s.failed ? with_fallback(cost, workload, at) : cost;
}

Cost CostEvaluator::with_fallback(Cost failed, std::uint32_t workload, const Conditions& at) const {
  const WorkloadCost& w = table_->workloads[workload];
  failed.violates_qos = true;
  if (w.fallback == kNoTarget) return failed;
  const Cost local = evaluate(workload, w.fallback, at);
  failed.latency_ms += local.latency_ms;
  failed.energy_mj += local.energy_mj;
  failed.violates_accuracy = local.violates_accuracy;
  failed.violates_qos = failed.latency_ms > w.qos_ms;
  return failed;
}

// For the phone's processor; or for the uplink by the time the upload is prepared, and then for what the
// remote processor still has to do when the request gets there. The downlink is left out.
Waits CostEvaluator::waits(std::uint32_t workload, TargetId target) const {
  const WorkloadCost& w = table_->workloads[workload];
  const TargetCost& t = w.targets[target];
  if (queues_ == nullptr || !t.supported) return {};
  if (t.local) return {.processor = queues_->waiting_ms(t.server, workload)};
  const ExpectedStages s =
      remote_stages(*table_, w, w.uplink_kbit, t, table_->targets[target].site, conditions_, {});
  Waits waits;
  waits.before_air = std::max(
      0.0, queues_->waiting_ms(uplink_server(link_of(t, table_->targets[target].site, conditions_)),
                               workload) -
               s.dispatch);
  const double there = s.dispatch + waits.before_air + s.promotion + s.up + 0.5 * s.hops;
  waits.processor = std::max(0.0, queues_->waiting_ms(t.server, workload) - there);
  return waits;
}

CostStages CostEvaluator::stages(std::uint32_t workload, TargetId target, const Conditions& at,
                                 const Waits& waits) const {
  const WorkloadCost& w = table_->workloads[workload];
  const TargetCost& t = w.targets[table_->throttled(throttling_, target)];
  if (!t.local) {
    const ExpectedStages s =
        remote_stages(*table_, w, w.uplink_kbit, t, table_->targets[target].site, at, waits);
    return {.dispatch_ms = s.dispatch,
            .waiting_ms = waits.before_air + waits.processor,
            .promotion_ms = s.promotion,
            .uplink_ms = s.up,
            .network_ms = s.hops,
            .remote_dispatch_ms = t.layers->dispatch_ms,
            .layers_ms = s.remote - t.layers->dispatch_ms,
            .downlink_ms = s.down};
  }
  const ExpectedStages s = local_stages(t, at);
  const bool dsp = t.processor == ProcessorKind::kDsp;
  const double share = t.processor == ProcessorKind::kCpu ? at.load.phi_cpu : 1.0;
  const double paper_w = dsp ? table_->phone.dsp_paper_w : t.busy_w + t.idle_w;
  const bool paper = table_->energy_model == EnergyModel::kPaper;
  return {.dispatch_ms = s.dispatch,
          .waiting_ms = waits.processor,
          .layers_ms = s.layers,
          .layer_w = paper ? paper_w : table_->phone.awake_w + t.busy_w / share};
}

}  // namespace autoscale
