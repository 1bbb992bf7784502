#include "sim/engine/plan_costs.h"

#include <algorithm>

#include <fmt/format.h>

#include "sim/base/check.h"
#include "sim/model/partition.h"

namespace autoscale {
namespace {

std::size_t index_of(int layer) { return static_cast<std::size_t>(layer); }

LayerSet set_of(const Network& network, std::span<const int> layers) {
  LayerSet set(network.layers.size(), 0);
  for (const int layer : layers) set[index_of(layer)] = 1;
  return set;
}

// Which slice each layer runs in; checks that the plan can be executed.
std::vector<int> slice_of_layer(const CostTable& table, const PartitionPlan& plan) {
  const WorkloadCost& w = table.workloads[plan.workload];
  AUTOSCALE_CHECK(plan.slices.size() >= 2, "a partition plan needs two slices");
  std::vector<int> slice_of(w.graph->layers.size(), -1);
  std::vector<char> done(slice_of.size(), 0);
  for (std::size_t s = 0; s < plan.slices.size(); ++s) {
    const PlanSlice& slice = plan.slices[s];
    AUTOSCALE_CHECK(slice.target < table.targets.size() && w.targets[slice.target].supported,
                    "a slice runs where the network cannot");
    AUTOSCALE_CHECK(s + 1 == plan.slices.size() || w.targets[slice.target].local,
                    "a remote slice is the last one");
    AUTOSCALE_CHECK(s == 0 || plan.slices[s - 1].target != slice.target,
                    "neighbouring slices run on different targets");
    AUTOSCALE_CHECK(!slice.layers.empty(), "a slice has layers");
    for (const int layer : slice.layers) {
      AUTOSCALE_CHECK(done[index_of(layer)] == 0, "a layer runs once");
      for (const int pred : w.graph->layers[index_of(layer)].preds)
        AUTOSCALE_CHECK(done[index_of(pred)] != 0, "a layer runs after those that it reads");
      done[index_of(layer)] = 1;
      slice_of[index_of(layer)] = static_cast<int>(s);
    }
  }
  AUTOSCALE_CHECK(std::ranges::count(done, 0) == 0, "every layer runs");
  return slice_of;
}

// Tensors that slice `s` reads from other processors of the phone, each handed over to a processor once.
double handovers_before(const CostTable& table, const PartitionPlan& plan,
                        const std::vector<int>& slice_of, std::size_t s) {
  const Network& network = *table.workloads[plan.workload].graph;
  const Target& to = table.targets[plan.slices[s].target];
  LayerSet here(network.layers.size(), 0);
  LayerSet there_before(network.layers.size(),
                        0);  // earlier slices of the same processor and precision
  for (std::size_t i = 0; i < here.size(); ++i) {
    const auto k = static_cast<std::size_t>(slice_of[i]);
    here[i] = k == s;
    there_before[i] = k < s && table.targets[plan.slices[k].target].place == to.place;
  }
  double ms = 0.0;
  for (std::size_t from = 0; from < s; ++from) {
    const Target& source = table.targets[plan.slices[from].target];
    if (source.place == to.place) continue;
    const LayerSet part = set_of(network, plan.slices[from].layers);
    const std::vector<int> known = crossing(network, part, there_before);
    double bytes_from = 0.0;
    double bytes_to = 0.0;
    for (const int layer : crossing(network, part, here)) {
      if (std::ranges::binary_search(known, layer)) continue;
      bytes_from += output_bytes(network.layers[index_of(layer)], source.precision);
      bytes_to += output_bytes(network.layers[index_of(layer)], to.precision);
    }
    if (bytes_from > 0.0) ms += handover_ms(table.phone, source, to, bytes_from, bytes_to);
  }
  return ms;
}

double upload_kbit(const CostTable& table, const PartitionPlan& plan) {
  const Network& network = *table.workloads[plan.workload].graph;
  const LayerSet remote = set_of(network, plan.slices.back().layers);
  double bytes = 0.0;
  for (std::size_t s = 0; s + 1 < plan.slices.size(); ++s) {
    const Precision precision = table.targets[plan.slices[s].target].precision;
    for (const int layer : crossing(network, set_of(network, plan.slices[s].layers), remote))
      bytes += output_bytes(network.layers[index_of(layer)], precision);
  }
  double kbit = kilobits_of_bytes(bytes).value;
  for (const int layer : plan.slices.back().layers) {  // the input, where it is read there too
    if (network.layers[index_of(layer)].preds.empty())
      kbit += table.workloads[plan.workload].uplink_kbit;
  }
  return kbit;
}

}  // namespace

double handover_ms(const PhoneCost& phone, const Target& from, const Target& to, double bytes_from,
                   double bytes_to) {
  constexpr double kBytesPerMsOfGbPerS = 1e6;
  return phone.handover_ms[static_cast<std::size_t>(from.processor)] +
         phone.handover_ms[static_cast<std::size_t>(to.processor)] +
         (bytes_from + bytes_to) / (phone.copy_gb_per_s * kBytesPerMsOfGbPerS);
}

void make_plan_costs(const CostTable& table, const PartitionPlan& plan, PlanCosts& out) {
  const WorkloadCost& w = table.workloads[plan.workload];
  AUTOSCALE_CHECK(w.graph != nullptr, "a plan needs the layers of its network");
  const std::vector<int> slice_of = slice_of_layer(table, plan);
  const std::vector<int> positions = execution_positions(*w.graph);
  const std::size_t levels = table.thermal ? table.thermal->at_c.size() + 1 : 1;
  out.slices.resize(plan.slices.size());
  out.accuracy_percent = 100.0;
  out.meets_accuracy = true;
  for (std::size_t s = 0; s < plan.slices.size(); ++s) {
    const PlanSlice& slice = plan.slices[s];
    const TargetCost& whole = w.targets[slice.target];
    SliceCosts& costs = out.slices[s];
    costs.target = slice.target;
    costs.layers = part_costs(*whole.layers, positions, slice.layers);
    for (const int layer : slice.layers) costs.positions.push_back(positions[index_of(layer)]);
    for (std::size_t level = 0; level < levels; ++level) {
      costs.by_level.push_back(w.targets[table.throttled(level, slice.target)]);
      costs.by_level.back().layers = &costs.layers;
    }
    if (whole.local) costs.handover_ms = handovers_before(table, plan, slice_of, s);
    out.accuracy_percent = std::min(out.accuracy_percent, whole.accuracy_percent);
    out.meets_accuracy = out.meets_accuracy && whole.meets_accuracy;
    out.name += fmt::format("{}{}:{}", s == 0 ? "" : "+", table.targets[slice.target].place,
                            slice.layers.size());
  }
  if (out.is_remote()) out.uplink_kbit = upload_kbit(table, plan);
}

}  // namespace autoscale
