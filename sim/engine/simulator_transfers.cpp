// Transfers over the phone's links: waking the radio, hand-over, time-out and fallback, radio tails.
#include <algorithm>

#include "sim/engine/simulator.h"

namespace autoscale {
namespace {

LinkId link_of(ServerId s) { return static_cast<LinkId>((s - kProcessorServers) / 2); }
ServerId server_of(LinkId link, Direction direction) {
  return direction == Direction::kUp ? uplink_server(link) : downlink_server(link);
}

}  // namespace

// To the edge peer there is one link; to the cloud, the one that is in use now.
LinkId Simulator::link_in_use(const Request& r) {
  if (site_of(r) != Site::kCloud) return r.cost->link;
  const auto& route = environment_->cloud_link;
  route_segment_ = route.segment(now_, route_segment_);
  return route.value(route_segment_);
}

void Simulator::enqueue_transfer(RequestId id, Direction direction) {
  Request& r = requests_[id];
  r.link = link_in_use(r);
  enqueue(id, server_of(r.link, direction));
}

// Who waited for a link that is no longer in use joins the queue of the other one instead.
bool Simulator::reroute(RequestId id, Direction direction) {
  if (link_in_use(requests_[id]) == requests_[id].link) return false;
  enqueue_transfer(id, direction);
  return true;
}

// Bits are to go on the air: ends the tail that runs; a radio that has gone idle is promoted first, and
// whoever comes meanwhile waits for it. Returns when the air is ready.
SimTime Simulator::wake_radio(LinkId link, ServerId server) {
  RadioState& radio = radio_[static_cast<std::size_t>(link)];
  const RadioCost& cost = table_->radios[static_cast<std::size_t>(link)];
  if (radio.transfers++ > 0) return std::max(now_, radio.ready_at);
  bool awake = false;
  if (meter_.running(Slot::tail(link))) {
    awake = now_ < meter_.activity(Slot::tail(link)).until;
    end_tail(link);
  }
  radio.ready_at = now_;
  if (awake || cost.promotion_ms <= 0.0) return now_;
  radio.ready_at = now_ + to_nanos(Millis{cost.promotion_ms});
  meter_.begin(Slot::promotion(server),
               {.component = component_of(link),
                .w = cost.promotion_w,
                .from = now_,
                .until = radio.ready_at},
               now_);
  return radio.ready_at;
}

SimTime Simulator::start_transfer(RequestId id, ServerId server, Direction direction) {
  const LinkId link = link_of(server);
  const auto l = static_cast<std::size_t>(link);
  const SimTime start = wake_radio(link, server);
  Request& r = requests_[id];
  r.main_start = start;
  const bool up = direction == Direction::kUp;
  meter_.begin(Slot::main(server),
               {.law = up ? PowerLaw::kTransmit : PowerLaw::kReceive,
                .component = component_of(link),
                .link = link,
                .from = start},
               now_);
  const WorkloadCost& w = table_->workloads[r.observation.workload];
  const SimTime late = table_->transfer_timeout_ns == kNever.ns
                           ? kNever
                           : start + Nanos{table_->transfer_timeout_ns};
  SimTime done = plan_transfer(up ? uplink_kbit(r) : w.downlink_kbit, direction,
                               environment_->links[l], start, link_segment_[l], late);
  r.transfer_end = TransferEnd::kDone;
  if (late < done) {
    done = late;
    r.transfer_end = TransferEnd::kTimeout;
  }
  if (site_of(r) == Site::kCloud) {
    const SimTime left = environment_->cloud_link.end(route_segment_);
    if (left < done) {
      done = left;
      r.transfer_end = TransferEnd::kHandover;
    }
  }
  AUTOSCALE_CHECK(done != kNever, "a transfer never ends");
  events_.push(done, Phase::kServiceDone, id, server);
  return done;
}

void Simulator::end_transfer(Request& r, RequestId id, ServerId server, Direction direction) {
  const LinkId link = link_of(server);
  const Component component = component_of(link);
  RadioState& radio = radio_[static_cast<std::size_t>(link)];
  const RadioCost& cost = table_->radios[static_cast<std::size_t>(link)];
  if (options_.timeline != nullptr) show_transfer(r, server);
  if (meter_.running(Slot::promotion(server)))
    r.energy[component] += meter_.end(Slot::promotion(server), now_);
  const double air_mj = meter_.end(Slot::main(server), now_);
  r.energy[component] += air_mj;
  r.radio_mj += air_mj;
  if (r.main_start < now_)  // a radio that is left while it is promoted has sent nothing
    (direction == Direction::kUp ? r.tx_ms : r.rx_ms) += to_millis(now_ - r.main_start).value;
  if (--radio.transfers == 0 && cost.tail_ns > 0) {
    radio.tail_owner = id;
    ++r.tails;
    meter_.begin(Slot::tail(link),
                 {.component = component,
                  .w = cost.tail_w,
                  .from = now_,
                  .until = now_ + Nanos{cost.tail_ns}},
                 now_);
  }
  if (r.transfer_end == TransferEnd::kTimeout) return fall_back(id);
  if (r.transfer_end == TransferEnd::kHandover) {  // sent once more, from the first byte
    ++r.handovers;
    return enqueue_transfer(id, direction);
  }
  if (direction == Direction::kDown) return finish(id, false);
  r.stage = Stage::kToRemote;
  events_.push(now_ + to_nanos(Millis{table_->one_way_ms(r.link, site_of(r))}), Phase::kHopDone, id,
               0);
}

// A transfer has taken too long: the request runs on the phone, or is given up.
void Simulator::fall_back(RequestId id) {
  Request& r = requests_[id];
  r.offload_failed = true;
  const WorkloadCost& w = table_->workloads[r.observation.workload];
  if (w.fallback == kNoTarget) return finish(id, true);
  run_on(r, w.fallback, w.targets[w.fallback]);
  r.stage = Stage::kRun;
  enqueue(id, r.cost->server);
}

// The owner of a tail is settled with its last one, unless it is still on its way.
void Simulator::end_tail(LinkId link) {
  const RequestId owner = radio_[static_cast<std::size_t>(link)].tail_owner;
  Request& r = requests_[owner];
  const double tail_mj = meter_.end(Slot::tail(link), now_);
  r.energy[component_of(link)] += tail_mj;
  if (options_.timeline != nullptr) {
    const Activity& tail = meter_.activity(Slot::tail(link));
    show(SliceKind::kTail, uplink_server(link), r, tail.from, std::min(now_, tail.until), tail_mj);
  }
  if (--r.tails == 0 && r.stage == Stage::kDone) settle(owner);
}

void Simulator::close_tails() {
  for (int l = 0; l < kLinks; ++l) {
    if (!meter_.running(Slot::tail(static_cast<LinkId>(l)))) continue;
    now_ = std::max(now_, meter_.activity(Slot::tail(static_cast<LinkId>(l))).until);
  }
  for (int l = 0; l < kLinks; ++l) {
    if (meter_.running(Slot::tail(static_cast<LinkId>(l)))) end_tail(static_cast<LinkId>(l));
  }
}

}  // namespace autoscale
