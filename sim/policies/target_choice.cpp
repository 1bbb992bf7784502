#include "sim/policies/target_choice.h"

#include <utility>

#include "sim/policies/records.h"

namespace autoscale {
namespace {

template <class Test>
std::vector<TargetId> targets_that(std::span<const ProfileEntry> profile, const Test& test) {
  std::vector<TargetId> list;
  for (TargetId t = 0; t < profile.size(); ++t) {
    if (test(profile[t])) list.push_back(t);
  }
  return list;
}

bool is_supported(const ProfileEntry& e) { return e.supported; }
bool is_accurate(const ProfileEntry& e) { return e.supported && e.meets_accuracy; }

}  // namespace

TargetLists supported_targets(const PolicyContext& context) {
  TargetLists lists;
  for (const WorkloadInfo& w : context.workloads)
    lists.push_back(targets_that(w.profile, is_supported));
  return lists;
}

TargetLists allowed_targets(const PolicyContext& context) {
  TargetLists lists;
  for (const WorkloadInfo& w : context.workloads) {
    lists.push_back(targets_that(w.profile, is_accurate));
    if (lists.back().empty()) lists.back() = targets_that(w.profile, is_supported);
  }
  return lists;
}

TargetSweep::TargetSweep(TargetLists candidates, StreamKey rng)
    : order_(std::move(candidates)), drawn_(order_.size(), 0), rng_(rng) {
  rng_.stream = Stream::kPolicy;
  rng_.training = true;
}

// One step of Fisher and Yates' shuffle.
TargetId TargetSweep::next(std::uint32_t workload) {
  std::vector<TargetId>& order = order_[workload];
  std::size_t& drawn = drawn_[workload];
  if (drawn == order.size()) drawn = 0;
  const std::uint64_t bits =
      draw_bits(rng_, static_cast<std::uint32_t>(PredictorDraws::kTargets), draws_++)[0];
  std::swap(order[drawn], order[drawn + (bits * (order.size() - drawn) >> 32)]);
  return order[drawn++];
}

void TargetSweep::restart() { drawn_.assign(drawn_.size(), 0); }

CheapestInTime::CheapestInTime(const PolicyContext& context) : allowed_(allowed_targets(context)) {
  for (const WorkloadInfo& w : context.workloads) qos_ms_.push_back(w.qos.value);
}

TargetId CheapestInTime::operator()(std::uint32_t workload,
                                    std::span<const Prediction> predicted) const {
  TargetId cheapest = kNoTarget;
  TargetId fastest = allowed_[workload].front();
  for (const TargetId t : allowed_[workload]) {
    const Prediction& p = predicted[t];
    if (p.latency_ms < predicted[fastest].latency_ms) fastest = t;
    if (p.latency_ms > qos_ms_[workload]) continue;
    if (cheapest == kNoTarget || p.energy_mj < predicted[cheapest].energy_mj) cheapest = t;
  }
  return cheapest == kNoTarget ? fastest : cheapest;
}

}  // namespace autoscale
