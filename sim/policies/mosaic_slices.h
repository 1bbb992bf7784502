// MOSAIC's slicing (Han et al., PACT 2019, as policies.md section 2.4 gives it): a network as a chain of blocks, each
// on one of the phone's processors, at least cost; hand-overs between processors included, memory limited.
#pragma once

#include <array>
#include <limits>
#include <optional>
#include <vector>

#include "sim/model/device.h"

namespace autoscale {

enum class SlicingObjective : unsigned char { kEnergy, kLatency, kEnergyWithinQos, kEdp };

struct Spent {
  double mj = 0.0;
  double ms = 0.0;
};

// What there is to choose from. Candidates are numbered from 0; blocks run one after the other.
struct SlicingProblem {
  std::size_t candidates = 0;
  std::vector<std::vector<Spent>> block;  // [block][candidate]
  std::vector<Spent> start;               // [candidate], whenever it takes over: its dispatch
  // [block][from * candidates + to]: hand-over of what the block before wrote; of block 0: nothing.
  std::vector<std::vector<Spent>> handover;
  std::vector<double> weight_bytes;      // [block], FP32
  std::vector<double> weight_scale;      // [candidate], of its precision
  std::vector<ProcessorKind> processor;  // [candidate]
  std::array<double, kProcessorKinds>
      memory_bytes{};  // of each processor, for weights; infinity: no limit
  double qos_ms = std::numeric_limits<double>::infinity();
};

// [block] -> candidate. By shortest paths with resources (Boost.Graph); where nothing is in time, the fastest.
// Precondition: some candidate has no memory limit.
[[nodiscard]] std::vector<std::size_t> best_slicing(const SlicingProblem& problem,
                                                    SlicingObjective objective);

// What a slicing spends.
[[nodiscard]] Spent spent(const SlicingProblem& problem, const std::vector<std::size_t>& slicing);

}  // namespace autoscale
