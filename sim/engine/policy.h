// The interface of a scheduler. One policy is one file in sim/policies/.
#pragma once

#include <cstddef>
#include <iosfwd>
#include <optional>

#include "sim/base/check.h"
#include "sim/engine/observation.h"
#include "sim/engine/partition_plan.h"

namespace autoscale {

class Policy {
 public:
  enum class Mode : unsigned char {
    kTraining,  // explores and learns
    kFrozen,    // greedy, learns nothing: how a trained policy is judged
    kOnline,    // keeps exploring and learning while it is judged
  };

  Policy() = default;
  Policy(const Policy&) = delete;
  Policy& operator=(const Policy&) = delete;
  virtual ~Policy() = default;

  // Called once per request, at its arrival. Must return a target that is supported for the request's
  // network (WorkloadInfo::profile[target].supported), or kPartitioned.
  virtual TargetId choose(const Observation& now) = 0;
  // The plan of the decision that choose() has just taken, when that was kPartitioned. It outlives the policy's use.
  [[nodiscard]] virtual const PartitionPlan& plan() const {
    check_failed("plan()", "a policy without partition plans was asked for one", __FILE__,
                 __LINE__);
  }

  // Called once per request, when it has finished or was dropped.
  virtual void learn(const Outcome&) {}

  // What an outcome is worth to it, for the log of requests. Policies without a reward: nothing.
  [[nodiscard]] virtual std::optional<double> reward(const Outcome&) const { return std::nullopt; }

  virtual void set_mode(Mode) {}
  // Whether the training campaign is for it: it learns, and has not been trained yet.
  [[nodiscard]] virtual bool needs_training() const { return false; }
  // Memory of what it has learned, in bytes.
  [[nodiscard]] virtual std::size_t footprint_bytes() const { return 0; }
  // The request sequence breaks off here (the end of a training block, of a run): updates that wait for a
  // next decision have to be finished without one.
  virtual void end_episode() {}
  // Writes what was learned as JSON; policies that learn nothing write nothing and return false.
  virtual bool save(std::ostream&) const { return false; }
};

}  // namespace autoscale
