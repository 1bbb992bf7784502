// Policy `cpu_only`: the paper's Edge (CPU FP32), to which its results are normalised.
#include "sim/policies/fixed_choice.h"
#include "sim/policies/registry.h"

namespace autoscale {
namespace {

bool is_cpu_fp32_at_top_step(const Target& t) {
  return t.site == Site::kPhone && t.processor == ProcessorKind::kCpu &&
         t.precision == Precision::kFp32 && is_top_step(t);
}

class CpuOnly final : public FixedChoice {
 public:
  using Config = NoConfig;
  CpuOnly(const Config&, const PolicyContext& context)
      : FixedChoice(best_targets(context, is_cpu_fp32_at_top_step, better_by_profile,
                                 "on the phone's CPU in FP32")) {}
};

const RegisterPolicy<CpuOnly> registered{"cpu_only",
                                         "Always the phone's CPU, FP32, at its highest frequency."};

}  // namespace
}  // namespace autoscale
