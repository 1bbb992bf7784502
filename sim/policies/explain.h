// What a policy can say about a decision it took; `autoscale-sim explain` asks for it.
#pragma once

#include <cstdint>
#include <optional>
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

// One discretised feature of a policy's state.
struct StateFeature {
  std::string name;
  int bin = 0;  // 0 to bins - 1
  int bins = 1;
  std::string label;  // of the bin: "weak"
};

struct StateDescription {
  std::uint32_t index = 0;
  std::vector<StateFeature> features;
};

struct ChoiceExplanation {
  StateDescription state;
  std::optional<StateDescription> answered_by;  // another state, whose values decided in its place
  std::string reason;                           // in words: greedy, exploring, ...
  std::vector<TargetOpinion> opinions;          // [target], as they were when the policy decided
};

// A policy that can explain itself derives from this as well.
class Explainer {
 public:
  virtual ~Explainer() = default;
  // Of the decision that choose(now) has just taken; nothing may have been learned in between. Does not
  // change what the policy will decide.
  [[nodiscard]] virtual ChoiceExplanation explain(const Observation& now) const = 0;
};

}  // namespace autoscale
