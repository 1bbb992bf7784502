// What a policy can say about a decision it would take; `autoscale-sim explain` asks for it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/engine/observation.h"

namespace autoscale {

struct TargetOpinion {
  TargetId target = kNoTarget;
  bool allowed = false;
  double value = 0.0;        // the policy's own estimate: greater is better
  std::uint32_t visits = 0;  // learning steps behind it
};

struct ChoiceExplanation {
  std::string state;                    // in words
  std::vector<TargetOpinion> opinions;  // by target
};

// A policy that can explain itself derives from this as well.
class Explainer {
 public:
  virtual ~Explainer() = default;
  // Does not change what the policy will decide.
  [[nodiscard]] virtual ChoiceExplanation explain(const Observation& now) const = 0;
};

}  // namespace autoscale
