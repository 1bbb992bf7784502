#include "sim/policies/mosaic_slices.h"

#include <cmath>
#include <random>

#include "tests/support/catch.h"

using namespace autoscale;

namespace {

double uniform(std::mt19937_64& random, double high) {
  return high * (static_cast<double>(random() >> 11) * 0x1p-53);
}

SlicingProblem random_problem(std::mt19937_64& random, std::size_t blocks, std::size_t candidates) {
  SlicingProblem p;
  p.candidates = candidates;
  p.memory_bytes.fill(std::numeric_limits<double>::infinity());
  const auto any = [&](double high) { return Spent{uniform(random, high), uniform(random, high)}; };
  for (std::size_t k = 0; k < candidates; ++k) {
    p.start.push_back(any(1.0));
    p.weight_scale.push_back(k == 0 ? 1.0 : 0.5);
    p.processor.push_back(static_cast<ProcessorKind>(k % 3));
  }
  for (std::size_t b = 0; b < blocks; ++b) {
    p.weight_bytes.push_back(uniform(random, 4.0));
    p.block.emplace_back();
    p.handover.emplace_back();
    for (std::size_t k = 0; k < candidates; ++k) p.block.back().push_back(any(5.0));
    for (std::size_t k = 0; b > 0 && k < candidates * candidates; ++k)
      p.handover.back().push_back(any(2.0));
  }
  return p;
}

bool fits(const SlicingProblem& p, const std::vector<std::size_t>& slicing) {
  std::array<double, kProcessorKinds> mb{};
  for (std::size_t b = 0; b < slicing.size(); ++b) {
    mb[static_cast<std::size_t>(p.processor[slicing[b]])] +=
        p.weight_bytes[b] * p.weight_scale[slicing[b]];
  }
  for (std::size_t k = 0; k < mb.size(); ++k) {
    if (mb[k] > p.memory_bytes[k]) return false;
  }
  return true;
}

double value(const SlicingProblem& p, const Spent& s, SlicingObjective objective) {
  switch (objective) {
    case SlicingObjective::kEnergy: return s.mj;
    case SlicingObjective::kLatency: return s.ms;
    case SlicingObjective::kEdp: return s.mj * s.ms;
    case SlicingObjective::kEnergyWithinQos: return s.ms <= p.qos_ms ? s.mj : 1e6 + s.ms;
  }
  return 0.0;
}

// Of all slicings that fit.
double least(const SlicingProblem& p, SlicingObjective objective) {
  double best = std::numeric_limits<double>::infinity();
  std::vector<std::size_t> slicing(p.block.size(), 0);
  while (true) {
    if (fits(p, slicing)) best = std::min(best, value(p, spent(p, slicing), objective));
    std::size_t b = 0;
    while (b < slicing.size() && ++slicing[b] == p.candidates) slicing[b++] = 0;
    if (b == slicing.size()) return best;
  }
}

}  // namespace

TEST_CASE("a slicing is the least of all, for every objective") {
  std::mt19937_64 random(23);
  for (int i = 0; i < 200; ++i) {
    SlicingProblem p = random_problem(random, 1 + random() % 6, 1 + random() % 3);
    p.qos_ms = uniform(random, 20.0);
    for (const auto objective : {SlicingObjective::kEnergy, SlicingObjective::kLatency,
                                 SlicingObjective::kEdp, SlicingObjective::kEnergyWithinQos}) {
      const auto slicing = best_slicing(p, objective);
      REQUIRE(value(p, spent(p, slicing), objective) == Approx(least(p, objective)).epsilon(1e-12));
    }
  }
}

TEST_CASE("weights that a processor cannot hold run elsewhere") {
  std::mt19937_64 random(29);
  int limited = 0;
  for (int i = 0; i < 100; ++i) {
    SlicingProblem p = random_problem(random, 2 + random() % 5, 3);
    const double free = least(p, SlicingObjective::kEnergy);
    p.memory_bytes[1] = uniform(random, 3.0);
    p.memory_bytes[2] = uniform(random, 3.0);
    const auto slicing = best_slicing(p, SlicingObjective::kEnergy);
    REQUIRE(fits(p, slicing));
    REQUIRE(spent(p, slicing).mj == Approx(least(p, SlicingObjective::kEnergy)).epsilon(1e-12));
    limited += spent(p, slicing).mj > free * 1.000001;
  }
  CHECK(limited > 20);
}

TEST_CASE("a hand-over is worth it when the next processor saves more than it costs") {
  SlicingProblem p;
  p.candidates = 2;
  p.memory_bytes.fill(std::numeric_limits<double>::infinity());
  p.block = {{{1.0, 1.0}, {9.0, 9.0}}, {{9.0, 9.0}, {1.0, 1.0}}};
  p.start = {{0.0, 0.0}, {2.0, 2.0}};
  p.weight_bytes = {1.0, 1.0};
  p.weight_scale = {1.0, 1.0};
  p.processor = {ProcessorKind::kCpu, ProcessorKind::kGpu};
  p.handover = {{}, {{0.0, 0.0}, {5.9, 5.9}, {5.9, 5.9}, {0.0, 0.0}}};
  CHECK(best_slicing(p, SlicingObjective::kEnergy) == std::vector<std::size_t>{0, 1});  // 9.9 < 10
  p.handover[1][1] = {6.1, 6.1};
  CHECK(best_slicing(p, SlicingObjective::kEnergy) == std::vector<std::size_t>{0, 0});
}
