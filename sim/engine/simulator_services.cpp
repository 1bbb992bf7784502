// The services a request undergoes: runs on processors, transfers on links, and the queues before them.
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

void Simulator::enqueue(RequestId id, ServerId server) {
  Server& s = servers_[server];
  Request& r = requests_[id];
  if (s.in_service < s.capacity) {
    s.queue.push(id);
    start_service(server);
    return;
  }
  if (table_->workloads[r.observation.workload].queue == QueueDiscipline::kLatestOnly) {
    for (std::size_t i = 0; i < s.queue.size();
         ++i) {  // the newest frame replaces the one that waits
      if (requests_[s.queue[i]].stream != r.stream) continue;
      const RequestId old = leave_queue(server, i);
      finish(old, true);
      break;
    }
  }
  r.queued_ms = expected_service_ms(r, server);
  s.queued_ms += r.queued_ms;
  s.queue.push(id);
  update_busy_until(server);
}

RequestId Simulator::leave_queue(ServerId server, std::size_t position) {
  Server& s = servers_[server];
  const RequestId id = s.queue.remove(position);
  s.queued_ms = s.queue.empty() ? 0.0 : s.queued_ms - requests_[id].queued_ms;
  requests_[id].queued_ms = 0.0;
  return id;
}

// A late request of a drop_late workload leaves before it costs anything more.
bool Simulator::drop_instead(RequestId id) const {
  const Request& r = requests_[id];
  const WorkloadCost& w = table_->workloads[r.observation.workload];
  return w.queue == QueueDiscipline::kDropLate && to_millis(now_ - r.arrival).value > w.qos_ms;
}

void Simulator::start_service(ServerId server) {
  Server& s = servers_[server];
  while (!s.queue.empty()) {
    const RequestId id = leave_queue(server, 0);
    if (drop_instead(id)) {
      finish(id, true);
      continue;
    }
    ++s.in_service;
    requests_[id].service_start = now_;
    if (!is_link(server)) {
      s.running_until = start_run(id, server);
    } else {
      s.running_until = is_uplink(server) ? start_uplink(id, server) : start_downlink(id, server);
    }
    break;
  }
  update_busy_until(server);
}

SimTime Simulator::start_run(RequestId id, ServerId server) {
  Request& r = requests_[id];
  const TargetCost& t = table_->workloads[r.observation.workload].targets[r.target];
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
    if (steppers_.size() <= id)
      steppers_.resize(id + 1, LayerStepper{t, r.noise, environment_->load, now_});
    steppers_[id] = LayerStepper{t, r.noise, environment_->load, now_};
    events_.push(steppers_[id].next(), Phase::kLayerDone, id, server);
  } else {
    events_.push(plan.finish, Phase::kServiceDone, id, server);
  }
  return plan.finish;
}

void Simulator::on_layer_done(RequestId id, ServerId server) {
  LayerStepper& stepper = steppers_[id];
  if (stepper.done()) {
    on_service_done(id, server);
  } else {
    events_.push(stepper.next(), Phase::kLayerDone, id, server);
  }
}

// Ends the tail that runs, if any, when bits go on the air at `at`; a radio that has gone idle by then is
// promoted first. Returns when the air is ready.
SimTime Simulator::wake_radio(LinkId link, ServerId server, SimTime at) {
  RadioState& radio = radio_[static_cast<std::size_t>(link)];
  const RadioCost& cost = table_->radios[static_cast<std::size_t>(link)];
  bool awake = radio.transfers > 0;
  if (meter_.running(Slot::tail(link))) {
    awake = awake || at < meter_.activity(Slot::tail(link)).until;
    meter_.shorten(Slot::tail(link), at);
  }
  ++radio.transfers;
  if (awake || cost.promotion_ms <= 0.0) return at;
  const SimTime ready = at + to_nanos(Millis{cost.promotion_ms});
  meter_.begin(Slot::promotion(server),
               {.component = component_of(link), .w = cost.promotion_w, .from = at, .until = ready},
               now_);
  return ready;
}

SimTime Simulator::start_uplink(RequestId id, ServerId server) {
  Request& r = requests_[id];
  const LinkId link = link_of(server);
  const SimTime prepared =
      plan_host_work(table_->phone.offload_dispatch_ms, environment_->load, now_);
  if (now_ < prepared) {
    meter_.begin(Slot::pre(server),
                 {.law = PowerLaw::kHostWork,
                  .component = Component::kCpu,
                  .w = table_->phone.host_w,
                  .from = now_,
                  .until = prepared},
                 now_);
  }
  r.main_start = wake_radio(link, server, prepared);
  meter_.begin(Slot::main(server),
               {.law = PowerLaw::kTransmit,
                .component = component_of(link),
                .link = link,
                .from = r.main_start},
               now_);
  const double kbit = table_->workloads[r.observation.workload].uplink_kbit;
  const SimTime done = plan_transfer(
      kbit, Direction::kUp, environment_->links[static_cast<std::size_t>(link)], r.main_start);
  events_.push(done, Phase::kServiceDone, id, server);
  return done;
}

SimTime Simulator::start_downlink(RequestId id, ServerId server) {
  Request& r = requests_[id];
  const LinkId link = link_of(server);
  r.main_start = wake_radio(link, server, now_);
  meter_.begin(Slot::main(server),
               {.law = PowerLaw::kReceive,
                .component = component_of(link),
                .link = link,
                .from = r.main_start},
               now_);
  const double kbit = table_->workloads[r.observation.workload].downlink_kbit;
  const SimTime done = plan_transfer(
      kbit, Direction::kDown, environment_->links[static_cast<std::size_t>(link)], r.main_start);
  events_.push(done, Phase::kServiceDone, id, server);
  return done;
}

void Simulator::on_service_done(RequestId id, ServerId server) {
  Server& s = servers_[server];
  --s.in_service;
  Request& r = requests_[id];
  if (!is_link(server)) {
    end_run(r, id, server);
  } else {
    end_transfer(r, id, server, is_uplink(server) ? Direction::kUp : Direction::kDown);
  }
  if (s.in_service < s.capacity) start_service(server);
}

void Simulator::end_run(Request& r, RequestId id, ServerId server) {
  r.run_ms = to_millis(now_ - r.service_start).value;
  if (on_phone(server)) {
    if (meter_.running(Slot::pre(server)))
      r.energy[Component::kCpu] += meter_.end(Slot::pre(server), now_);
    r.energy[component_of(static_cast<ProcessorKind>(server))] +=
        meter_.end(Slot::main(server), now_);
    if (cpu_threads_of(*table_, server) > 0.0) meter_.set_cpu_threads(0.0, now_);
    finish(id, false);
    return;
  }
  const TargetCost& t = table_->workloads[r.observation.workload].targets[r.target];
  r.stage = Stage::kFromRemote;
  const double hop = table_->one_way_ms(t, table_->targets[r.target].site);
  events_.push(now_ + to_nanos(Millis{hop}), Phase::kHopDone, id, 0);
}

void Simulator::end_transfer(Request& r, RequestId id, ServerId server, Direction direction) {
  const LinkId link = link_of(server);
  const Component component = component_of(link);
  RadioState& radio = radio_[static_cast<std::size_t>(link)];
  const RadioCost& cost = table_->radios[static_cast<std::size_t>(link)];
  if (meter_.running(Slot::pre(server)))
    r.energy[Component::kCpu] += meter_.end(Slot::pre(server), now_);
  if (meter_.running(Slot::promotion(server)))
    r.energy[component] += meter_.end(Slot::promotion(server), now_);
  const double air_mj = meter_.end(Slot::main(server), now_);
  r.energy[component] += air_mj;
  r.radio_mj += air_mj;
  (direction == Direction::kUp ? r.tx_ms : r.rx_ms) += to_millis(now_ - r.main_start).value;
  if (meter_.running(Slot::tail(link))) end_tail(link);
  if (--radio.transfers == 0 && cost.tail_ns > 0) {
    radio.tail_owner = id;
    meter_.begin(Slot::tail(link),
                 {.component = component,
                  .w = cost.tail_w,
                  .from = now_,
                  .until = now_ + Nanos{cost.tail_ns}},
                 now_);
  }
  if (direction == Direction::kDown) {
    finish(id, false);
    return;
  }
  const TargetCost& t = table_->workloads[r.observation.workload].targets[r.target];
  r.stage = Stage::kToRemote;
  const double hop = table_->one_way_ms(t, table_->targets[r.target].site);
  events_.push(now_ + to_nanos(Millis{hop}), Phase::kHopDone, id, 0);
}

// The owner of a tail is settled with it, unless it is still on its way.
void Simulator::end_tail(LinkId link) {
  const RequestId owner = radio_[static_cast<std::size_t>(link)].tail_owner;
  Request& r = requests_[owner];
  r.energy[component_of(link)] += meter_.end(Slot::tail(link), now_);
  if (r.stage == Stage::kDone) settle(owner);
}

void Simulator::on_hop_done(RequestId id) {
  Request& r = requests_[id];
  const TargetCost& t = table_->workloads[r.observation.workload].targets[r.target];
  if (r.stage == Stage::kToRemote) {
    r.stage = Stage::kRun;
    enqueue(id, t.server);
  } else {
    r.stage = Stage::kDownlink;
    enqueue(id, downlink_server(t.link));
  }
}

// Without noise, if conditions stay as they are: what a queue-aware oracle reckons with.
double Simulator::expected_service_ms(const Request& r, ServerId server) const {
  const WorkloadCost& w = table_->workloads[r.observation.workload];
  const TargetCost& t = w.targets[r.target];
  if (!is_link(server)) {
    const RunRates rates = run_rates(t, 1.0, environment_->load.value(load_segment_));
    return remaining_ms(*t.layers, RunProgress{}, rates);
  }
  const auto l = static_cast<std::size_t>(link_of(server));
  const LinkConditions& c = environment_->links[l].value(link_segment_[l]);
  return is_uplink(server) ? table_->phone.offload_dispatch_ms + w.uplink_kbit / c.uplink_mbps
                           : w.downlink_kbit / c.downlink_mbps;
}

void Simulator::update_busy_until(ServerId server) {
  const Server& s = servers_[server];
  busy_until_[server] =
      s.in_service < s.capacity ? SimTime{} : s.running_until + to_nanos(Millis{s.queued_ms});
}

}  // namespace autoscale
