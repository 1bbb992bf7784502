// Policy `random`: any supported target, all equally likely. A floor for the others.
#include "sim/base/random.h"

#include "sim/policies/registry.h"

namespace autoscale {
namespace {

class Random final : public Policy {
 public:
  using Config = NoConfig;
  Random(const Config&, const PolicyContext& context) : rng_(context.rng) {
    rng_.stream = Stream::kPolicy;
    for (const WorkloadInfo& workload : context.workloads) {
      std::vector<TargetId>& list = supported_.emplace_back();
      for (TargetId t = 0; t < workload.profile.size(); ++t) {
        if (workload.profile[t].supported) list.push_back(t);
      }
    }
  }

  TargetId choose(const Observation& now) override {
    const std::vector<TargetId>& list = supported_[now.workload];
    const std::uint64_t scaled = std::uint64_t{draw_bits(rng_, 0, decisions_++)[0]} * list.size();
    return list[scaled >> 32];
  }

 private:
  StreamKey rng_;
  std::uint64_t decisions_ = 0;
  std::vector<std::vector<TargetId>> supported_;  // [workload]
};

const RegisterPolicy<Random> registered{"random", "A supported target at random."};

}  // namespace
}  // namespace autoscale
