// What a run tells someone who draws it: decisions, and what every server did when. Asked only when somebody
// listens; the run itself is the same, to the byte.
#pragma once

#include <cstdint>
#include <string_view>

#include "sim/engine/cost_table.h"
#include "sim/engine/environment.h"
#include "sim/engine/observation.h"
#include "sim/engine/run_result.h"

namespace autoscale {

enum class SliceKind : std::uint8_t {
  kPrepare,   // host CPU before an upload; no server
  kHandover,  // host CPU between two processors of the phone; no server
  kWait,      // in the queue of a server
  kDispatch,  // host CPU before the layers of a run
  kLayer,
  kPromotion,  // a link's radio wakes up
  kTransfer,   // bits on the air
  kTail,       // the radio stays up after the last bit
};

// Something that went on from one instant to another for one request.
struct Slice {
  SliceKind kind = SliceKind::kLayer;
  ServerId server = 0;  // a tail: the uplink of its link
  std::uint32_t workload = 0;
  std::uint64_t request = 0;    // within the workload
  TargetId target = kNoTarget;  // chosen; of a run, where it runs
  std::string_view plan;        // name of the request's partition plan; empty: it has none
  int layer = -1;               // position in order of execution
  bool last = false;            // the layer ends its run
  double kbit = 0.0;            // of a transfer
  SimTime from;
  SimTime to;
  double energy_mj = 0.0;  // of the phone, owned by the request; a wait and a remote run have none
};

class TimelineSink {
 public:
  virtual ~TimelineSink() = default;
  // The run begins; `environment` outlives it.
  virtual void on_begin(const Environment& environment) = 0;
  // After the policy chose `target`, or the partition plan of this name; `oracle` is kNoTarget without an evaluator.
  virtual void on_decision(const Observation& observation, TargetId target, std::string_view plan,
                           TargetId oracle) = 0;
  virtual void on_slice(const Slice& slice) = 0;
  // The phone draws `watts` from now on, baseline included.
  virtual void on_power(SimTime now, double watts) = 0;
  // The phone's temperature now, in degrees Celsius; of a scenario with a thermal state only.
  virtual void on_temperature(SimTime now, double celsius) = 0;
  virtual void on_settled(const RequestRecord& record) = 0;
};

}  // namespace autoscale
