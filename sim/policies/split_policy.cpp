#include "sim/policies/split_policy.h"

#include <algorithm>
#include <cmath>

#include "sim/base/check.h"
#include "sim/policies/fixed_choice.h"
#include "sim/policies/registry.h"

namespace autoscale {

SplitPolicy::SplitPolicy(const PolicyContext& context)
    : context_(context), decisions_(context.workloads.size()), known_(context.workloads.size()) {
  AUTOSCALE_CHECK(context.table != nullptr, "a policy that cuts networks needs the layer profile");
  for (auto& links : decisions_) {
    for (auto& levels : links) levels.resize(kLevels);
  }
  for (const LinkId link : {LinkId::kWifi, LinkId::kLte}) {
    const RadioProfile* radio = context.radios[static_cast<std::size_t>(link)];
    if (radio == nullptr) continue;
    for (const WorkloadInfo& workload : context.workloads) {
      check_tensor_times(workload, std::ranges::min(radio->uplink_mbps.values),
                         "at the weakest signal, sending");
    }
  }
}

TargetId SplitPolicy::choose(const Observation& now) {
  const Dbm level = now.rssi[static_cast<std::size_t>(now.cloud_link)];
  const int dbm = std::clamp(static_cast<int>(std::lround(level.value)), kWeakestDbm, 0);
  Decision& known = decisions_[now.workload][static_cast<std::size_t>(now.cloud_link)]
                              [static_cast<std::size_t>(dbm - kWeakestDbm)];
  if (known.target == kNoTarget) known = decide(now.workload, now.cloud_link, dbm);
  chosen_ = known.plan;
  return known.target;
}

SplitPolicy::Decision SplitPolicy::decide(std::uint32_t workload, LinkId link, int dbm) {
  const LinkLevel at = link_level(context_, link, Site::kCloud, Dbm{static_cast<double>(dbm)});
  const SplitCosts& c = costs(workload);
  const bool dead = !(at.uplink_mbps > 0.0) || !(at.downlink_mbps > 0.0);  // nothing gets through
  LayerSet on_phone = dead ? LayerSet(c.phone_ms.size(), 1) : cut(workload, at);
  const auto local = std::ssize(on_phone) - std::ranges::count(on_phone, 0);
  if (local == std::ssize(on_phone)) return {c.phone, nullptr};
  if (local == 0) return {c.remote, nullptr};
  const auto [entry, is_new] = known_[workload].try_emplace(std::move(on_phone), nullptr);
  if (is_new) {
    PartitionPlan& plan = plans_.emplace_back();
    plan.id = static_cast<std::uint32_t>(plans_.size() - 1);
    plan.workload = workload;
    plan.slices = {{c.phone, {}}, {c.remote, {}}};
    for (const int layer : execution_order(*context_.workloads[workload].network)) {
      plan.slices[entry->first[static_cast<std::size_t>(layer)] != 0 ? 0 : 1].layers.push_back(
          layer);
    }
    entry->second = &plan;
  }
  return {kPartitioned, entry->second};
}

SplitTargets split_targets(const PolicyContext& context, bool by_latency) {
  const auto on_phone = [](const Target& t) {
    return t.site == Site::kPhone && t.processor != ProcessorKind::kDsp &&
           t.precision != Precision::kInt8 && is_top_step(t);
  };
  const auto on_cloud = [](const Target& t) { return t.site == Site::kCloud; };
  const auto least_energy = [](const WorkloadInfo&, const ProfileEntry& a, const ProfileEntry& b) {
    return a.energy < b.energy;
  };
  return {best_targets(context, on_phone,
                       by_latency ? ProfileOrder(faster_by_profile) : ProfileOrder(least_energy),
                       "on the phone's CPU or GPU in floating point"),
          best_targets(context, on_cloud, faster_by_profile, "on the cloud")};
}

}  // namespace autoscale
