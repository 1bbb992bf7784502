// What `explain` prints about one decision: a table to read in a terminal, or JSON with everything.
#pragma once

#include <cstdint>
#include <string>

#include "sim/experiment/decision.h"

namespace autoscale {

// Whose decision it was.
struct DecisionOwner {
  std::size_t policy = 0;  // position in the scenario
  std::uint64_t seed = 1;
  std::uint32_t replication = 0;
  Evaluation evaluation = Evaluation::kFrozen;
};

enum class TargetsShown : std::uint8_t {
  kBestSteps,  // the best V/F step of each processor and precision, and those that were chosen
  kAll
};

[[nodiscard]] std::string decision_table(const World& world, const DecisionOwner& owner,
                                         const Decision& decision, TargetsShown shown);

// All targets, always. With `layers`, each supported target also has its layers in order of
// execution: {"name", "kind", "latency_ms", "energy_mj"}; the energy of layers that run elsewhere is
// null, as it is not the phone's. docs/inspecting.md lists the keys.
[[nodiscard]] std::string decision_json(const World& world, const DecisionOwner& owner,
                                        const Decision& decision, bool layers);

// How the policy was judged: as it says itself, else as the run was asked for.
[[nodiscard]] Evaluation evaluation_of(const World& world, const DecisionOwner& owner);

// The cloud is reached over Wi-Fi or LTE, so that a reader wants to know over which.
[[nodiscard]] bool several_cloud_links(const World& world);

// "feasible", "misses QoS", "too inaccurate", both, or "not supported".
[[nodiscard]] std::string verdict(const Cost& cost);

// Why the policy chose as it did: its own words, or what its kind says.
[[nodiscard]] std::string choice_reason(const World& world, const DecisionOwner& owner,
                                        const Decision& decision);

}  // namespace autoscale
