#include "sim/policies/split_costs.h"

#include <algorithm>

#include <fmt/format.h>

#include "sim/policies/registry.h"

namespace autoscale {
namespace {

std::size_t index_of(int layer) { return static_cast<std::size_t>(layer); }

}  // namespace

LinkLevel link_level(const PolicyContext& context, LinkId link, Site site, Dbm level) {
  const auto l = static_cast<std::size_t>(link);
  const RadioProfile& radio = *context.radios[l];
  LinkLevel at;
  at.uplink_mbps = radio.uplink_mbps.at(level);
  at.downlink_mbps = radio.downlink_mbps.at(level);
  at.tx_w = std::max(0.0, radio.tx_power_w.at(level) - radio.idle_w.value);
  at.rx_w = std::max(0.0, radio.rx_power_w.at(level) - radio.idle_w.value);
  at.silence_w = context.table->radios[l].tail_w;
  at.one_way_ms = context.table->one_way_ms(link, site);
  return at;
}

std::vector<double> layer_times(const WorkloadCost& workload, TargetId target) {
  const TargetCost& t = workload.targets[target];
  const std::vector<int> positions = execution_positions(*workload.graph);
  std::vector<double> times;
  for (const int position : positions) {
    const std::size_t p = index_of(position);
    times.push_back(t.frequency_scale *
                        (t.layers->compute_prefix[p + 1] - t.layers->compute_prefix[p]) +
                    (t.layers->memory_prefix[p + 1] - t.layers->memory_prefix[p]));
  }
  return times;
}

void check_tensor_times(const WorkloadInfo& workload, double kbit_per_ms, const char* how) {
  constexpr double kLongestMs = 1e7;  // 2.8 hours, as of a figure in a profile
  double bytes = 0.0;
  for (const Layer& layer : workload.network->layers) bytes += layer.out_bytes;
  const double ms = kilobits_of_bytes(bytes).value / kbit_per_ms;
  if (ms <= kLongestMs) return;
  throw PolicyError(fmt::format("{} all tensors of \"{}\" would take {:.4g} ms, more than {:.4g}",
                                how, workload.network->name, ms, kLongestMs),
                    "leave this policy out, or check the network's out_bytes");
}

SplitCosts split_costs(const CostTable& table, std::uint32_t workload, TargetId phone,
                       TargetId remote) {
  const WorkloadCost& w = table.workloads[workload];
  SplitCosts c;
  c.phone = phone;
  c.remote = remote;
  c.phone_ms = layer_times(w, phone);
  c.remote_ms = layer_times(w, remote);
  c.phone_dispatch_ms = w.targets[phone].layers->dispatch_ms;
  c.remote_fixed_ms = w.targets[remote].layers->dispatch_ms;
  c.prepare_ms = table.phone.offload_dispatch_ms;
  c.phone_w = w.targets[phone].busy_w;
  c.host_w = table.phone.host_w;
  c.awake_w = table.phone.awake_w;
  for (const Layer& layer : w.graph->layers) {
    const double bytes = output_bytes(layer, table.targets[phone].precision);
    c.output_kbit.push_back(kilobits_of_bytes(bytes).value);
  }
  c.input_kbit = w.uplink_kbit;
  c.result_kbit = w.downlink_kbit;
  return c;
}

SplitCost cost_of_cut(const Network& network, const SplitCosts& c, const LinkLevel& link,
                      const LayerSet& on_phone) {
  LayerSet remote(on_phone.size());
  double phone_ms = 0.0;
  double remote_ms = 0.0;
  double kbit = 0.0;
  for (std::size_t i = 0; i < on_phone.size(); ++i) {
    remote[i] = on_phone[i] == 0;
    (on_phone[i] != 0 ? phone_ms : remote_ms) += on_phone[i] != 0 ? c.phone_ms[i] : c.remote_ms[i];
    if (remote[i] != 0 && network.layers[i].preds.empty()) kbit += c.input_kbit;
  }
  for (const int layer : crossing(network, on_phone, remote))
    kbit += c.output_kbit[index_of(layer)];
  const bool any_local = std::ranges::count(on_phone, 0) < std::ssize(on_phone);
  const bool any_remote = std::ranges::count(remote, 0) < std::ssize(remote);
  double host_ms = any_local ? c.phone_dispatch_ms : 0.0;
  SplitCost cost;
  cost.latency_ms = phone_ms;
  cost.energy_mj = c.phone_w * phone_ms;
  if (any_remote) {
    host_ms += c.prepare_ms;
    const double up = kbit / link.uplink_mbps;
    const double down = c.result_kbit / link.downlink_mbps;
    const double silence = 2.0 * link.one_way_ms + c.remote_fixed_ms + remote_ms;
    cost.latency_ms += up + silence + down;
    cost.energy_mj += link.tx_w * up + link.silence_w * silence + link.rx_w * down;
  }
  cost.latency_ms += host_ms;
  cost.energy_mj += c.host_w * host_ms + c.awake_w * cost.latency_ms;
  return cost;
}

}  // namespace autoscale
