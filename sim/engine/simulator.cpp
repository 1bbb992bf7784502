#include "sim/engine/simulator.h"

#include <algorithm>
#include <cmath>

#include "sim/base/check.h"

namespace autoscale {

Simulator::Simulator(const CostTable& table, const Environment& environment, Policy& policy,
                     const SimulatorOptions& options)
    : table_(&table),
      environment_(&environment),
      policy_(&policy),
      options_(options),
      noise_(table, options.key),
      meter_(table.phone, table.radios, environment) {
  for (int s = 0; s < kServers; ++s) {
    auto& server = servers_[static_cast<std::size_t>(s)];
    server.capacity = s < kProcessorServers ? table.servers[static_cast<std::size_t>(s)] : 1;
  }
  if (options_.evaluator != nullptr) options_.evaluator->set_queues(this);
  meter_.set_timeline(options_.timeline);
  if (table.thermal) meter_.set_thermal(&thermal_.emplace(*table.thermal));
}

Simulator::~Simulator() {
  if (options_.evaluator != nullptr) options_.evaluator->set_queues(nullptr);
}

RunResult Simulator::run(std::span<const RequestStream> streams) {
  reset(streams);
  if (options_.timeline != nullptr) options_.timeline->on_begin(*environment_);
  CheckContext& context = check_context();
  while (!events_.empty()) {
    const Event e = events_.pop();
    now_ = e.at;
    context.now_ns = now_.ns;
    ++result_.events;
    switch (e.phase) {
      case Phase::kServiceDone: on_service_done(e.request, static_cast<ServerId>(e.entity)); break;
      case Phase::kLayerDone: on_layer_done(e.request, static_cast<ServerId>(e.entity)); break;
      case Phase::kHopDone: on_hop_done(e.request); break;
      case Phase::kArrive: on_arrive(e.entity); break;
    }
  }
  close_tails();
  AUTOSCALE_CHECK(requests_.in_flight() == 0, "a request was lost");
  meter_.finish(now_);
  result_.end = now_;
  for (std::size_t c = 0; c < kComponents; ++c) result_.requests.mj[c] = requests_mj_[c].value();
  result_.phone_total = meter_.total();
  result_.co_runner = meter_.co_runner();
  result_.baseline = meter_.baseline();
  if (thermal_) result_.highest_c = thermal_->highest_c();
  check_conservation();
  return std::move(result_);
}

void Simulator::reset(std::span<const RequestStream> streams) {
  streams_ = streams;
  state_.assign(streams.size(), StreamState{});
  result_ = RunResult{};
  result_.workloads.resize(table_->workloads.size());
  for (WorkloadTally& tally : result_.workloads)
    tally.target_counts.resize(table_->targets.size() + 1);
  for (const RequestStream& s : streams) {
    auto& latencies = result_.workloads[s.workload].latency_ms;
    constexpr std::uint64_t kReserved = 1U << 20;  // more grows as it comes
    latencies.reserve(latencies.size() + std::min(s.arrivals.count, kReserved));
  }
  const std::uint32_t first = options_.concurrent ? static_cast<std::uint32_t>(streams.size()) : 1;
  for (std::uint32_t s = 0; s < first && s < streams.size(); ++s) start_stream(s);
}

void Simulator::start_stream(std::uint32_t stream) {
  StreamState& state = state_[stream];
  const ArrivalProcess& arrivals = streams_[stream].arrivals;
  state.base = now_;
  if (arrivals.kind == ArrivalKind::kClosedLoop) {
    if (arrivals.count > 0) events_.push(now_, Phase::kArrive, 0, stream);
  } else {
    schedule_arrival(stream);
  }
}

void Simulator::schedule_arrival(std::uint32_t stream) {
  StreamState& state = state_[stream];
  const RequestStream& s = streams_[stream];
  if (state.arrived == s.arrivals.count) return;
  if (s.arrivals.kind == ArrivalKind::kClosedLoop) {
    events_.push(now_ + to_nanos(s.arrivals.think), Phase::kArrive, 0, stream);
    return;
  }
  const SimTime previous{state.arrived == 0 ? 0 : state.last_arrival.ns - state.base.ns};
  const SimTime at =
      s.arrivals.next(state.arrived, previous, options_.key, s.workload, s.first_request);
  events_.push(state.base + Nanos{at.ns}, Phase::kArrive, 0, stream);
}

void Simulator::on_arrive(std::uint32_t stream) {
  StreamState& state = state_[stream];
  state.last_arrival = now_;
  const RequestId id = requests_.allocate();
  Request& r = requests_[id];
  r.stream = stream;
  r.arrival = now_;
  observe(stream, r.observation);
  ++state.arrived;
  meter_.request_begins(now_);
  r.awake_share_begin = meter_.awake_share_mj();
  if (streams_[stream].arrivals.kind != ArrivalKind::kClosedLoop) schedule_arrival(stream);
  decide(id);
}

void Simulator::observe(std::uint32_t stream, Observation& o) {
  o.now = now_;
  o.workload = streams_[stream].workload;
  o.request = streams_[stream].first_request + state_[stream].arrived;
  o.waiting = meter_.in_flight();
  // What the phone last saw, which a policy takes for the present.
  SimTime seen = now_;
  if (options_.sampling_period_ns > 0) seen.ns -= now_.ns % options_.sampling_period_ns;
  load_segment_ = environment_->load.segment(seen, load_segment_);
  const Load& load = environment_->load.value(load_segment_).load;
  o.cpu_ratio = load.cpu_ratio;
  o.memory_ratio = load.memory_ratio;
  for (std::size_t l = 0; l < kLinks; ++l) {
    const auto& link = environment_->links[l];
    if (link.empty()) continue;
    link_segment_[l] = link.segment(seen, link_segment_[l]);
    o.rssi[l] = Dbm{link.value(link_segment_[l]).rssi_dbm};
  }
  route_segment_ = environment_->cloud_link.segment(seen, route_segment_);
  o.cloud_link = environment_->cloud_link.value(route_segment_);
}

void Simulator::decide(RequestId id) {
  Request& r = requests_[id];
  const std::uint32_t w = r.observation.workload;
  if (options_.evaluator != nullptr) {
    if (thermal_) meter_.advance(now_);
    options_.evaluator->set_throttling(throttling_level());
    options_.evaluator->observe(now_);
  }
  r.target = policy_->choose(r.observation);
  if (r.target == kPartitioned) {
    const PartitionPlan& plan = policy_->plan();
    AUTOSCALE_CHECK(plan.workload == w, "a policy chose a plan of another workload");
    r.plan = &costs_of(plan);
  } else {
    AUTOSCALE_CHECK(r.target < table_->targets.size(),
                    "a policy chose a target that does not exist");
    AUTOSCALE_CHECK(table_->workloads[w].targets[r.target].supported,
                    "a policy chose a target that cannot run the network");
  }
  if (options_.evaluator != nullptr) judge(r);
  if (options_.timeline != nullptr) {
    options_.timeline->on_decision(
        r.observation, r.target, r.plan != nullptr ? r.plan->name : std::string_view{},
        options_.evaluator != nullptr ? options_.evaluator->best(w) : kNoTarget);
  }
  if (r.plan != nullptr) return begin_slice(id);
  const TargetCost& t = table_->workloads[w].targets[r.target];
  run_on(r, r.target, t);
  if (t.local) {
    r.stage = Stage::kRun;
    enqueue(id, t.server);
  } else {
    start_host_work(id, Stage::kPrepare, table_->phone.offload_dispatch_ms);
  }
}

// What the decision is worth, against the oracle's.
void Simulator::judge(Request& r) const {
  const std::uint32_t w = r.observation.workload;
  const TargetId best = options_.evaluator->best(w);
  const Cost chosen = r.plan != nullptr ? options_.evaluator->evaluate(w, *r.plan)
                                        : options_.evaluator->cost(w, r.target);
  const Cost& opt = options_.evaluator->best_cost(w);
  r.oracle_energy_mj = opt.energy_mj;
  r.expected_energy_mj = chosen.energy_mj;
  r.oracle_match = r.plan == nullptr && table_->throttled(throttling_level(), r.target) ==
                                            table_->throttled(throttling_level(), best);
  r.near_oracle = chosen.violates_accuracy <= opt.violates_accuracy &&
                  chosen.violates_qos <= opt.violates_qos &&
                  chosen.energy_mj <= 1.05 * opt.energy_mj;
}

void Simulator::run_on(Request& r, TargetId target, const TargetCost& cost) {
  r.running = target;
  r.cost = &cost;
  r.noise = noise_.factor(cost, r.observation.workload, target, r.observation.request);
}

void Simulator::finish(RequestId id, bool dropped) {
  Request& r = requests_[id];
  r.finish = now_;
  r.dropped = dropped;
  r.stage = Stage::kDone;
  meter_.request_ends(now_);
  r.energy[Component::kBase] += meter_.awake_share_mj() - r.awake_share_begin;

  const std::uint32_t stream = r.stream;
  const WorkloadCost& w = table_->workloads[r.observation.workload];
  const bool planned = r.plan != nullptr && !r.offload_failed;  // else it ran whole, in one place
  Outcome o;
  o.observation = &r.observation;
  o.target = r.target;
  o.dropped = dropped;
  o.latency = to_millis(now_ - r.arrival);
  o.accuracy_percent = planned ? r.plan->accuracy_percent : r.cost->accuracy_percent;
  o.meets_accuracy = planned ? r.plan->meets_accuracy : r.cost->meets_accuracy;
  if (table_->energy_model == EnergyModel::kPaper) {
    o.energy = Millijoules{paper_energy(r).total()};
  } else {
    double tail_mj = 0.0;
    if (r.tx_ms > 0.0) {  // what the radio will cost until the next upload is expected
      const RadioCost& radio = table_->radios[static_cast<std::size_t>(r.link)];
      const double phi =
          environment_->load.value(environment_->load.segment(now_, load_segment_)).phi_host;
      tail_mj = expected_tail_mj(radio, w, o.latency, phi * table_->phone.offload_dispatch_ms);
    }
    o.energy = Millijoules{r.energy.total() + tail_mj};
  }
  if (options_.observer != nullptr) r.reward = policy_->reward(o);
  policy_->learn(o);

  StreamState& state = state_[stream];
  ++state.ended;
  if (streams_[stream].arrivals.kind == ArrivalKind::kClosedLoop) schedule_arrival(stream);
  if (!options_.concurrent && state.ended == streams_[stream].arrivals.count &&
      stream + 1 < streams_.size()) {
    start_stream(stream + 1);
  }
  if (r.tails == 0) settle(id);
}

}  // namespace autoscale
