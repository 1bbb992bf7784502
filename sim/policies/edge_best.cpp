// Policy `edge_best`: the paper's Edge (Best), the most efficient on-phone processor of the
// device. Which one that is depends on the network, so it is decided per workload, from the
// offline profile.
#include "sim/policies/fixed_choice.h"
#include "sim/policies/registry.h"

namespace autoscale {

enum class EdgeBestSteps : unsigned char { kAll, kHighest };
inline const char* to_string(EdgeBestSteps s) {
  return s == EdgeBestSteps::kAll ? "all" : "highest";
}
template <>
inline constexpr std::size_t kEnumCount<EdgeBestSteps> = 2;

namespace {

struct EdgeBestConfig {
  EdgeBestSteps steps = EdgeBestSteps::kAll;
};
template <class Visitor>
void describe(EdgeBestConfig& self, Visitor& field) {
  field(self.steps, {.key = "edge_best_steps",
                     .doc = "V/F steps it may pin: all, which makes the stronger baseline, or "
                            "highest."});
}

class EdgeBest final : public FixedChoice {
 public:
  using Config = EdgeBestConfig;
  EdgeBest(const Config& config, const PolicyContext& context)
      : FixedChoice(best_targets(
            context,
            [&](const Target& t) {
              return t.site == Site::kPhone &&
                     (config.steps == EdgeBestSteps::kAll || is_top_step(t));
            },
            better_by_profile, "on the phone")) {}
};

const RegisterPolicy<EdgeBest> registered{
    "edge_best",
    "The phone's processor and step of least profile energy that meets accuracy and QoS."};

}  // namespace
}  // namespace autoscale
