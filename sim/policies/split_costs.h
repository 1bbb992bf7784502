// What it costs to cut a network in two, the first part on one target of the phone, the second on a remote one: what
// neurosurgeon and dads reckon with. Nominal conditions: no co-runner, nobody waits, no noise.
#pragma once

#include <vector>

#include "sim/engine/cost_table.h"
#include "sim/engine/policy.h"
#include "sim/model/partition.h"

namespace autoscale {

// A link at one signal level, and beyond it.
struct LinkLevel {
  double uplink_mbps = 0.0;
  double downlink_mbps = 0.0;
  double tx_w = 0.0;  // over the radio's idle power
  double rx_w = 0.0;
  double silence_w = 0.0;  // over idle, while the answer is awaited: the radio's tail
  double one_way_ms = 0.0;
};
[[nodiscard]] LinkLevel link_level(const PolicyContext& context, LinkId link, Site site, Dbm level);

struct SplitCosts {
  TargetId phone = kNoTarget;
  TargetId remote = kNoTarget;
  std::vector<double> phone_ms;    // [layer]
  std::vector<double> remote_ms;   // [layer]
  double phone_dispatch_ms = 0.0;  // host CPU, once, if anything runs on the phone
  double remote_fixed_ms = 0.0;    // at the remote processor, once
  double prepare_ms = 0.0;         // host CPU, once, if anything is sent
  double phone_w = 0.0;            // while its layers run, over awake power
  double host_w = 0.0;
  double awake_w = 0.0;
  std::vector<double> output_kbit;  // [layer], as the phone computes it
  double input_kbit = 0.0;          // where the first layer is remote
  double result_kbit = 0.0;
};

// [layer], in ms, of a workload on a target at its step.
[[nodiscard]] std::vector<double> layer_times(const WorkloadCost& workload, TargetId target);

// Of the workload's network between two targets that support it.
[[nodiscard]] SplitCosts split_costs(const CostTable& table, std::uint32_t workload, TargetId phone,
                                     TargetId remote);

// Throws PolicyError when moving all tensors of a workload, at `kbit_per_ms` at least, would outlast what is simulated.
void check_tensor_times(const WorkloadInfo& workload, double kbit_per_ms, const char* how);

struct SplitCost {
  double latency_ms = 0.0;
  double energy_mj = 0.0;
};
// Of the cut with `on_phone` first and the rest remote; every tensor that crosses it is sent once. Precondition:
// on_phone is closed (partition.h).
[[nodiscard]] SplitCost cost_of_cut(const Network& network, const SplitCosts& costs,
                                    const LinkLevel& link, const LayerSet& on_phone);

}  // namespace autoscale
