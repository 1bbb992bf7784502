// Policy `fastest`: the target of least latency in the offline profile, whatever it costs.
#include <sim/policies/registry.h>

namespace {

using namespace autoscale;

struct FastestConfig {
  bool local = false;
};
template <class Visitor>
void describe(FastestConfig& self, Visitor& field) {
  field(self.local, {.key = "local", .doc = "Whether to stay on the phone."});
}

class Fastest final : public Policy {
 public:
  using Config = FastestConfig;
  Fastest(const Config& config, const PolicyContext& context) {
    for (const WorkloadInfo& workload : context.workloads) {
      TargetId best = kNoTarget;
      for (TargetId t = 0; t < workload.profile.size(); ++t) {
        const ProfileEntry& entry = workload.profile[t];
        if (!entry.supported || (config.local && context.targets[t].site != Site::kPhone)) continue;
        if (best == kNoTarget || entry.latency < workload.profile[best].latency) best = t;
      }
      if (best == kNoTarget) throw PolicyError("nothing runs on the phone");
      choice_.push_back(best);
    }
  }
  TargetId choose(const Observation& now) override { return choice_[now.workload]; }

 private:
  std::vector<TargetId> choice_;  // [workload]
};

const RegisterPolicy<Fastest> registered{"fastest", "The target of least profile latency."};

}  // namespace
