#include "sim/policies/reward.h"

#include "tests/policies/small_world.h"
#include "tests/support/catch.h"

namespace autoscale {
namespace {

using test::SmallWorld;

constexpr RewardInput kInTime{.energy_mj = 40.0, .latency_ms = 45.0, .accuracy_percent = 70.0};

RewardFunction make(const SmallWorld& world, RewardKind kind) {
  AutoScaleConfig config;
  config.reward = kind;
  return {config, world.context()};
}

TEST_CASE("reward paper: the three branches") {
  const SmallWorld world;
  const RewardFunction reward = make(world, RewardKind::kPaper);
  CHECK(reward(0, kInTime) == Approx(-40.0 + 0.1 * 45.0 + 0.1 * 70.0));
  RewardInput late = kInTime;
  late.latency_ms = 50.0;  // the QoS is 50 ms and has to be undercut
  CHECK(reward(0, late) == Approx(-40.0 + 0.1 * 70.0));
  RewardInput inaccurate = kInTime;
  inaccurate.meets_accuracy = false;
  inaccurate.accuracy_percent = 45.0;
  CHECK(reward(0, inaccurate) == Approx(-55.0));
}

TEST_CASE("reward penalised: energy by that of the CPU, late runs pay w0 and w") {
  const SmallWorld world;
  const RewardFunction reward = make(world, RewardKind::kPenalised);
  const double reference = 30.0 * 5.0;  // CPU FP32, top step, of the light network
  REQUIRE(reference_energy(world.workloads[0], world.targets).value == Approx(reference));
  CHECK(reward(0, kInTime) == Approx(-40.0 / reference));
  RewardInput late = kInTime;
  late.latency_ms = 75.0;  // half the QoS too long
  const double w0 = reward.violation_penalty(0);
  CHECK(reward(0, late) == Approx(-40.0 / reference - w0 - 0.5));
  late.latency_ms = 50.0;
  CHECK(reward(0, late) == Approx(-40.0 / reference));
}

TEST_CASE("reward penalised: a missed accuracy costs twice what a missed QoS does") {
  const SmallWorld world;
  const RewardFunction reward = make(world, RewardKind::kPenalised);
  RewardInput inaccurate = kInTime;
  inaccurate.meets_accuracy = false;
  CHECK(reward(0, kInTime) - reward(0, inaccurate) == Approx(2.0 * reward.violation_penalty(0)));
}

TEST_CASE("w0 is twice the greatest energy of the profile, relative to the CPU") {
  SmallWorld world;
  const double reference = reference_energy(world.workloads[0], world.targets).value;
  world.profiles[0].back().energy = Millijoules{7.0 * reference};
  REQUIRE(world.profiles[0].back().supported);
  CHECK(make(world, RewardKind::kPenalised).violation_penalty(0) == Approx(14.0));
}

// AutoScale's reward does not punish a late run: it only withholds alpha * L, less than 0.1 * 50
// ms = 5 mJ.
TEST_CASE("a late run that saves more than 5 mJ wins under reward paper, not under penalised") {
  const SmallWorld world;
  RewardInput late = kInTime;
  late.energy_mj = kInTime.energy_mj - 5.1;
  late.latency_ms = 500.0;
  const RewardFunction paper = make(world, RewardKind::kPaper);
  CHECK(paper(0, late) > paper(0, kInTime));
  const RewardFunction penalised = make(world, RewardKind::kPenalised);
  CHECK(penalised(0, late) < penalised(0, kInTime));
  late.energy_mj = 0.0;
  CHECK(penalised(0, late) < penalised(0, kInTime));
}

TEST_CASE("under reward penalised any feasible target of the profile beats any other") {
  const SmallWorld world;
  const RewardFunction reward = make(world, RewardKind::kPenalised);
  for (std::uint32_t w = 0; w < world.workloads.size(); ++w) {
    const WorkloadInfo& workload = world.workloads[w];
    for (const ProfileEntry& good : workload.profile) {
      if (!good.supported || !good.meets_accuracy || good.latency > workload.qos) continue;
      for (const ProfileEntry& bad : workload.profile) {
        if (!bad.supported || (bad.meets_accuracy && bad.latency <= workload.qos)) continue;
        CHECK(reward.predicted(w, good) > reward.predicted(w, bad));
      }
    }
  }
}

TEST_CASE("a drop is never better than an accurate run in time") {
  const SmallWorld world;
  RewardInput drop{.energy_mj = 0.0, .latency_ms = 1.0, .accuracy_percent = 0.0, .dropped = true};
  for (const RewardKind kind : {RewardKind::kPaper, RewardKind::kPenalised}) {
    const RewardFunction reward = make(world, kind);
    CHECK(reward(0, drop) < reward(0, kInTime));
  }
}

RewardFunction without(const SmallWorld& world, RewardKind kind, std::vector<RewardTerm> terms) {
  AutoScaleConfig config;
  config.reward = kind;
  config.reward_terms_left_out = std::move(terms);
  return {config, world.context()};
}

TEST_CASE("reward paper without a term") {
  const SmallWorld world;
  const auto of = [&](RewardTerm term, const RewardInput& input) {
    return without(world, RewardKind::kPaper, {term})(0, input);
  };
  RewardInput late = kInTime;
  late.latency_ms = 75.0;
  RewardInput inaccurate = kInTime;
  inaccurate.meets_accuracy = false;
  CHECK(of(RewardTerm::kEnergy, kInTime) == Approx(0.1 * 45.0 + 0.1 * 70.0));
  CHECK(of(RewardTerm::kEnergy, late) == Approx(0.1 * 70.0));
  CHECK(of(RewardTerm::kEnergy, inaccurate) == Approx(-30.0));
  CHECK(of(RewardTerm::kQos, kInTime) == Approx(-40.0 + 0.1 * 70.0));
  CHECK(of(RewardTerm::kQos, late) == of(RewardTerm::kQos, kInTime));
  CHECK(of(RewardTerm::kAccuracy, kInTime) == Approx(-40.0 + 0.1 * 45.0));
  CHECK(of(RewardTerm::kAccuracy, inaccurate) == of(RewardTerm::kAccuracy, kInTime));
}

TEST_CASE("reward penalised without a term") {
  const SmallWorld world;
  const auto of = [&](RewardTerm term, const RewardInput& input) {
    return without(world, RewardKind::kPenalised, {term})(0, input);
  };
  const double reference = 30.0 * 5.0;
  const double w0 = make(world, RewardKind::kPenalised).violation_penalty(0);
  RewardInput late = kInTime;
  late.latency_ms = 75.0;
  RewardInput inaccurate = kInTime;
  inaccurate.meets_accuracy = false;
  CHECK(of(RewardTerm::kEnergy, kInTime) == 0.0);
  CHECK(of(RewardTerm::kEnergy, late) == Approx(-w0 - 0.5));
  CHECK(of(RewardTerm::kEnergy, inaccurate) == Approx(-2.0 * w0));
  CHECK(of(RewardTerm::kQos, late) == Approx(-40.0 / reference));
  CHECK(of(RewardTerm::kAccuracy, inaccurate) == Approx(-40.0 / reference));
  CHECK(of(RewardTerm::kAccuracy, late) == Approx(-40.0 / reference - w0 - 0.5));
}

// A drop costs no energy: without its penalty it would be the best that can happen.
TEST_CASE("a drop stays punished whatever is left out") {
  const SmallWorld world;
  const RewardInput drop{
      .energy_mj = 0.0, .latency_ms = 1.0, .accuracy_percent = 0.0, .dropped = true};
  for (const RewardKind kind : {RewardKind::kPaper, RewardKind::kPenalised}) {
    const RewardFunction reward =
        without(world, kind, {RewardTerm::kEnergy, RewardTerm::kQos, RewardTerm::kAccuracy});
    CHECK(reward(0, drop) < reward(0, kInTime));
  }
}

TEST_CASE("no reward is greater than the greatest") {
  const SmallWorld world;
  const RewardInput best{.energy_mj = 0.0, .latency_ms = 50.0 - 1e-9, .accuracy_percent = 100.0};
  for (const RewardKind kind : {RewardKind::kPaper, RewardKind::kPenalised}) {
    const RewardFunction reward = make(world, kind);
    CHECK(reward(0, best) == Approx(reward.greatest(0)).margin(1e-6));
    CHECK(reward(0, kInTime) < reward.greatest(0));
  }
}

TEST_CASE("a fixed w0 is taken as it is") {
  const SmallWorld world;
  AutoScaleConfig config;
  config.violation_penalty = 123.0;
  CHECK(RewardFunction(config, world.context()).violation_penalty(0) == 123.0);
}

}  // namespace
}  // namespace autoscale
