#include "sim/engine/run_result.h"

namespace autoscale {

void WorkloadTally::add(const RequestRecord& r) {
  ++inferences;
  dropped += r.dropped;
  qos_violations += r.violates_qos;
  accuracy_violations += r.violates_accuracy;
  oracle_matches += r.oracle_match;
  near_oracle += r.near_oracle;
  energy_mj += r.energy_mj;
  oracle_energy_mj += r.oracle_energy_mj;
  by_component += r.by_component;
  ++target_counts[r.target];
  if (r.dropped) return;
  useful += !r.violates_qos && !r.violates_accuracy;
  accuracy_percent_sum += r.accuracy_percent;
  latency_ms.push_back(r.latency_ms);
}

}  // namespace autoscale
