// The services a request undergoes: the queues before them, and runs on processors. Transfers are in
// simulator_transfers.cpp.
#include <algorithm>

#include "sim/engine/simulator.h"

namespace autoscale {
namespace {

bool on_phone(ServerId s) { return s < kProcessorKinds; }
bool is_link(ServerId s) { return s >= kProcessorServers; }
LinkId link_of(ServerId s) { return static_cast<LinkId>((s - kProcessorServers) / 2); }
bool is_uplink(ServerId s) { return is_link(s) && (s - kProcessorServers) % 2 == 0; }
double cpu_threads_of(const CostTable& table, ServerId server) {
  return server == processor_server(Site::kPhone, ProcessorKind::kCpu) ? table.phone.cpu_threads
                                                                       : 0.0;
}

}  // namespace

// Host CPU work before an upload or between processors; each has a thread of its own.
void Simulator::start_host_work(RequestId id, Stage stage, double ms) {
  Request& r = requests_[id];
  r.stage = stage;
  r.service_start = now_;
  meter_.change_preparing(1, now_);
  events_.push(plan_host_work(ms, environment_->load, now_, load_segment_), Phase::kHopDone, id, 0);
}

void Simulator::enqueue(RequestId id, ServerId server) {
  Server& s = servers_[server];
  requests_[id].queued_at = now_;
  if (!s.is_full()) {  // then nobody waits
    serve(id, server);
    return;
  }
  const Request& r = requests_[id];
  if (table_->workloads[r.observation.workload].queue == QueueDiscipline::kLatestOnly) {
    for (std::size_t i = 0; i < s.queue.size(); ++i) {
      if (requests_[s.queue[i]].stream != r.stream) continue;
      finish(s.queue.remove(i), true);  // the newest frame replaces the one that waits
      break;
    }
  }
  s.queue.push(id);
}

// A late request of a drop_late workload leaves before it costs anything more.
bool Simulator::drop_instead(RequestId id) const {
  const Request& r = requests_[id];
  const WorkloadCost& w = table_->workloads[r.observation.workload];
  return w.queue == QueueDiscipline::kDropLate && to_millis(now_ - r.arrival).value > w.qos_ms;
}

// False: it was dropped instead, or went to another link.
bool Simulator::serve(RequestId id, ServerId server) {
  if (drop_instead(id)) {
    finish(id, true);
    return false;
  }
  const Direction direction = is_uplink(server) ? Direction::kUp : Direction::kDown;
  if (is_link(server) && reroute(id, direction)) return false;
  Request& r = requests_[id];
  r.service_start = now_;
  if (options_.timeline != nullptr && r.queued_at < now_)
    show(SliceKind::kWait, server, r, r.queued_at, now_, 0.0);
  servers_[server].running_until.push_back(is_link(server) ? start_transfer(id, server, direction)
                                                           : start_run(id, server));
  return true;
}

void Simulator::serve_next(ServerId server) {
  Server& s = servers_[server];
  while (!s.is_full() && !s.queue.empty() && !serve(s.queue.pop(), server)) {
  }
}

// The phone's governor lets a processor run no faster than its temperature allows.
void Simulator::throttle(Request& r) {
  meter_.advance(now_);
  const std::size_t level = throttling_level();
  const TargetId allowed = table_->throttled(level, r.running);
  if (allowed == r.running) return;
  run_on(r, allowed, cost_at(r, level));
  r.throttled = true;
}

SimTime Simulator::start_run(RequestId id, ServerId server) {
  Request& r = requests_[id];
  if (thermal_ && on_phone(server)) throttle(r);
  const TargetCost& t = *r.cost;
  const RunPlan plan = plan_run(t, r.noise, environment_->load, now_, load_segment_);
  r.main_start = plan.dispatch_end;
  if (on_phone(server)) {
    const double threads = cpu_threads_of(*table_, server);
    if (threads > 0.0) meter_.set_cpu_threads(threads, now_);
    if (now_ < plan.dispatch_end) {
      meter_.begin(Slot::pre(server),
                   {.law = PowerLaw::kHostWork,
                    .component = Component::kCpu,
                    .w = table_->phone.host_w,
                    .from = now_,
                    .until = plan.dispatch_end},
                   now_);
    }
    meter_.begin(Slot::main(server),
                 {.law = threads > 0.0 ? PowerLaw::kCpuRun : PowerLaw::kConstant,
                  .component = component_of(t.processor),
                  .w = t.busy_w,
                  .from = plan.dispatch_end},
                 now_);
  }
  if (options_.layer_events) {
    start_layers(id, server);
  } else {
    events_.push(plan.finish, Phase::kServiceDone, id, server);
  }
  return plan.finish;
}

void Simulator::start_layers(RequestId id, ServerId server) {
  const Request& r = requests_[id];
  const LayerStepper stepper{*r.cost, r.noise, environment_->load, now_};
  if (steppers_.size() <= id) steppers_.resize(id + 1, stepper);
  steppers_[id] = stepper;
  events_.push(steppers_[id].next(), Phase::kLayerDone, id, server);
}

void Simulator::on_layer_done(RequestId id, ServerId server) {
  LayerStepper& stepper = steppers_[id];
  if (stepper.done()) {
    on_service_done(id, server);
  } else {
    events_.push(stepper.next(), Phase::kLayerDone, id, server);
  }
}

void Simulator::on_service_done(RequestId id, ServerId server) {
  Server& s = servers_[server];
  const auto ended = std::find(s.running_until.begin(), s.running_until.end(), now_);
  AUTOSCALE_CHECK(ended != s.running_until.end(), "a service ended that was not planned to");
  s.running_until.erase(ended);
  Request& r = requests_[id];
  if (!is_link(server)) {
    end_run(r, id, server);
  } else {
    end_transfer(r, id, server, is_uplink(server) ? Direction::kUp : Direction::kDown);
  }
  serve_next(server);
}

void Simulator::end_run(Request& r, RequestId id, ServerId server) {
  r.run_ms = to_millis(now_ - r.service_start).value;
  if (options_.timeline != nullptr) show_run(r, server);
  if (on_phone(server)) {
    if (meter_.running(Slot::pre(server)))
      r.energy[Component::kCpu] += meter_.end(Slot::pre(server), now_);
    r.energy[component_of(static_cast<ProcessorKind>(server))] +=
        meter_.end(Slot::main(server), now_);
    if (cpu_threads_of(*table_, server) > 0.0) meter_.set_cpu_threads(0.0, now_);
    if (r.plan == nullptr || r.offload_failed) return finish(id, false);
    end_slice(r);
    if (++r.slice == r.plan->slices.size()) return finish(id, false);
    return begin_slice(id);
  }
  r.remote_mj += r.cost->busy_w * r.run_ms;
  r.stage = Stage::kFromRemote;
  const double hop = table_->one_way_ms(r.link, site_of(r));
  events_.push(now_ + to_nanos(Millis{hop}), Phase::kHopDone, id, 0);
}

void Simulator::on_hop_done(RequestId id) {
  Request& r = requests_[id];
  const TargetCost& t = *r.cost;
  if (r.stage == Stage::kPrepare || r.stage == Stage::kHandover) {
    const double own_mj = meter_.host_work_mj(table_->phone.host_w, r.service_start, now_);
    r.energy[Component::kCpu] += own_mj;
    const bool handover = r.stage == Stage::kHandover;
    if (options_.timeline != nullptr)
      show(handover ? SliceKind::kHandover : SliceKind::kPrepare, 0, r, r.service_start, now_,
           own_mj);
    meter_.change_preparing(-1, now_);
    r.stage = handover ? Stage::kRun : Stage::kUplink;
    if (handover) return enqueue(id, t.server);
    enqueue_transfer(id, Direction::kUp);
  } else if (r.stage == Stage::kToRemote) {
    r.stage = Stage::kRun;
    enqueue(id, t.server);
  } else {
    r.stage = Stage::kDownlink;
    enqueue_transfer(id, Direction::kDown);
  }
}

// Without noise, if conditions stay as they are: what a queue-aware oracle reckons with.
double Simulator::expected_service_ms(const Request& r, ServerId server) const {
  const WorkloadCost& w = table_->workloads[r.observation.workload];
  if (!is_link(server)) {
    const TargetCost& t = cost_at(r, throttling_level());
    const RunRates rates = run_rates(t, 1.0, environment_->load.value(load_segment_));
    return remaining_ms(*t.layers, RunProgress{}, rates);
  }
  const auto l = static_cast<std::size_t>(link_of(server));
  const LinkConditions& c = environment_->links[l].value(link_segment_[l]);
  const double ms =
      is_uplink(server) ? uplink_kbit(r) / c.uplink_mbps : w.downlink_kbit / c.downlink_mbps;
  return std::min(ms, table_->transfer_timeout_ms());
}

// Until the first of those in service ends, and then for those who wait, spread over the server's places. A
// request of a latest_only workload does not wait for the one it replaces.
double Simulator::waiting_ms(ServerId server, std::uint32_t workload) const {
  const Server& s = servers_[server];
  if (!s.is_full()) return 0.0;
  const SimTime first = *std::min_element(s.running_until.begin(), s.running_until.end());
  const bool replaces = table_->workloads[workload].queue == QueueDiscipline::kLatestOnly;
  double queued = 0.0;
  for (std::size_t i = 0; i < s.queue.size(); ++i) {
    const Request& r = requests_[s.queue[i]];
    if (!replaces || r.observation.workload != workload) queued += expected_service_ms(r, server);
  }
  return to_millis(first - now_).value + queued / s.capacity;
}

}  // namespace autoscale
