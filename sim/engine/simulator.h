// The event loop: one phone, its processors and links, the edge peer and the cloud, one policy. The walk
// of a request is
//   on_arrive (observe, decide) -> enqueue -> serve -> on_service_done -> ... -> finish -> settle,
// over the processor for a local target, and over uplink, hop, remote processor, hop, downlink for a
// remote one (simulator_transfers.cpp); a partitioned request takes that walk slice by slice
// (simulator_plans.cpp). Nothing is allocated once the pools have grown.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "sim/engine/cost_evaluator.h"
#include "sim/engine/event_queue.h"
#include "sim/engine/policy.h"
#include "sim/engine/power_meter.h"
#include "sim/engine/request.h"
#include "sim/engine/run_plan.h"
#include "sim/engine/run_result.h"
#include "sim/engine/service_noise.h"
#include "sim/engine/thermal_state.h"
#include "sim/engine/timeline_sink.h"

namespace autoscale {

// One stream of requests of one workload.
struct RequestStream {
  std::uint32_t workload = 0;
  ArrivalProcess arrivals;
  std::uint64_t first_request = 0;  // number of its first request (keys the noise)
};

struct SimulatorOptions {
  StreamKey key;                        // seed and replication
  bool concurrent = false;              // streams side by side; otherwise one after the other
  std::int64_t sampling_period_ns = 0;  // of observations; 0: they are of the present
  bool layer_events = false;            // an event per layer instead of prefix sums; same results
  CostEvaluator* evaluator = nullptr;   // measures regret when given
  RequestObserver* observer = nullptr;
  TimelineSink* timeline = nullptr;
};

class Simulator final : private QueueView {
 public:
  // The arguments outlive the simulator. `environment` has a load timeline and the links of the table.
  Simulator(const CostTable& table, const Environment& environment, Policy& policy,
            const SimulatorOptions& options);
  ~Simulator() override;  // the evaluator outlives it, and must not ask it for queues any more
  Simulator(const Simulator&) = delete;
  Simulator& operator=(const Simulator&) = delete;

  // Runs all streams to their last request.
  RunResult run(std::span<const RequestStream> streams);

 private:
  struct StreamState {
    SimTime base;  // streams that follow another start later than 0
    SimTime last_arrival;
    std::uint64_t arrived = 0;
    std::uint64_t ended = 0;
  };

  void reset(std::span<const RequestStream> streams);
  void start_stream(std::uint32_t stream);
  void schedule_arrival(std::uint32_t stream);
  void on_arrive(std::uint32_t stream);
  void observe(std::uint32_t stream, Observation& o);
  void decide(RequestId id);
  void judge(Request& r) const;
  void run_on(Request& r, TargetId target, const TargetCost& cost);
  // Of partitioned requests (simulator_plans.cpp).
  const PlanCosts& costs_of(const PartitionPlan& plan);
  void begin_slice(RequestId id);
  void end_slice(Request& r) const;
  [[nodiscard]] const TargetCost& cost_at(const Request& r, std::size_t level) const;
  [[nodiscard]] double uplink_kbit(const Request& r) const {
    return r.plan != nullptr ? r.plan->uplink_kbit
                             : table_->workloads[r.observation.workload].uplink_kbit;
  }
  void enqueue(RequestId id, ServerId server);
  [[nodiscard]] bool drop_instead(RequestId id) const;
  bool serve(RequestId id, ServerId server);
  void serve_next(ServerId server);
  SimTime start_run(RequestId id, ServerId server);
  [[gnu::noinline]] void start_layers(RequestId id, ServerId server);  // event by event
  void throttle(Request& r);
  SimTime start_transfer(RequestId id, ServerId server, Direction direction);
  void start_host_work(RequestId id, Stage stage, double ms);
  SimTime wake_radio(LinkId link, ServerId server);
  void on_layer_done(RequestId id, ServerId server);
  void on_service_done(RequestId id, ServerId server);
  void end_run(Request& r, RequestId id, ServerId server);
  void end_transfer(Request& r, RequestId id, ServerId server, Direction direction);
  void enqueue_transfer(RequestId id, Direction direction);
  bool reroute(RequestId id, Direction direction);
  void fall_back(RequestId id);
  void on_hop_done(RequestId id);
  void finish(RequestId id, bool dropped);
  void end_tail(LinkId link);
  void settle(RequestId id);
  [[nodiscard]] RequestRecord record_of(const Request& r) const;
  void report(const Request& r) const;
  void close_tails();
  void check_conservation() const;
  // For a timeline (simulator_timeline.cpp).
  void show(SliceKind kind, ServerId server, const Request& r, SimTime from, SimTime to,
            double energy_mj, int layer = -1, bool last = false) const;
  void show_run(const Request& r, ServerId server) const;
  void show_transfer(const Request& r, ServerId server) const;
  [[nodiscard]] EnergyAccount paper_energy(const Request& r) const;
  [[nodiscard]] Site site_of(const Request& r) const { return table_->targets[r.running].site; }
  [[nodiscard]] std::size_t throttling_level() const {  // as of the last change of power
    return thermal_ ? thermal_->level() : 0;
  }
  [[nodiscard]] LinkId link_in_use(const Request& r);
  [[nodiscard]] double expected_service_ms(const Request& r, ServerId server) const;
  [[nodiscard]] double waiting_ms(ServerId server, std::uint32_t workload) const override;

  const CostTable* table_;
  const Environment* environment_;
  Policy* policy_;
  SimulatorOptions options_;
  ServiceNoise noise_;
  PowerMeter meter_;
  std::optional<ThermalState> thermal_;
  EventQueue events_;
  RequestPool requests_;
  std::array<Server, kServers> servers_;
  std::array<RadioState, kLinks> radio_{};
  std::vector<LayerStepper> steppers_;             // [request], layer-event mode only
  std::vector<std::unique_ptr<PlanCosts>> plans_;  // [plan], of those that the policy has chosen
  std::span<const RequestStream> streams_;
  std::vector<StreamState> state_;
  SimTime now_{};
  Segment load_segment_;
  std::array<Segment, kLinks> link_segment_{};
  Segment route_segment_;
  std::array<CompensatedSum, kComponents> requests_mj_;
  RunResult result_;
};

}  // namespace autoscale
