#include "sim/engine/workload_arrivals.h"

#include <variant>

namespace autoscale {

ArrivalProcess arrival_process(const WorkloadSpec& spec) {
  ArrivalProcess a;
  a.count = static_cast<std::uint64_t>(spec.inferences);
  struct Visitor {
    ArrivalProcess& a;
    void operator()(const ClosedLoop& c) const {
      a.kind = ArrivalKind::kClosedLoop;
      a.think = Millis{c.think_ms};
    }
    void operator()(const Periodic& p) const {
      a.kind = ArrivalKind::kPeriodic;
      a.period = Millis{p.period_ms};
      a.offset = Millis{p.offset_ms};
    }
    void operator()(const Poisson& p) const {
      a.kind = ArrivalKind::kPoisson;
      a.rate_hz = p.rate_hz;
    }
    void operator()(const ArrivalTimes& t) const {
      a.kind = ArrivalKind::kTimes;
      for (double ms : t.at_ms) a.times.push_back(SimTime{} + to_nanos(Millis{ms}));
      a.count = a.times.size();
    }
  };
  std::visit(Visitor{a}, spec.arrivals);
  return a;
}

}  // namespace autoscale
