// A decision and its update allocate nothing once their states have been seen.
#include <atomic>
#include <cstdlib>
#include <new>

#include "sim/policies/q_learner.h"
#include "sim/policies/registry.h"
#include "tests/policies/small_world.h"
#include "tests/support/catch.h"

namespace {
std::atomic<std::size_t> allocations{0};
}

void* operator new(std::size_t size) {
  ++allocations;
  if (void* p = std::malloc(size)) return p;
  throw std::bad_alloc();
}
// Sanitizers bring a nothrow form of their own, which the deletes below would not match.
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  ++allocations;
  return std::malloc(size);
}
void operator delete(void* p) noexcept { std::free(p); }
void operator delete(void* p, std::size_t) noexcept { std::free(p); }

namespace autoscale {
namespace {

using test::observe;
using test::outcome_of;
using test::SmallWorld;

void serve(QLearner& learner, const SmallWorld& world, int rounds) {
  constexpr int kInFlight = 8;
  for (int i = 0; i < rounds; ++i) {
    Observation in_flight[kInFlight];
    TargetId chosen[kInFlight];
    for (int k = 0; k < kInFlight; ++k) {
      in_flight[k] = observe(static_cast<std::uint32_t>(k % 3), i % 4 * 0.3, i % 3 * 0.4);
      chosen[k] = learner.choose(in_flight[k]);
    }
    for (int k = 0; k < kInFlight; ++k) {
      learner.learn(outcome_of(world, in_flight[k], chosen[k]));
    }
  }
}

TEST_CASE("choose and learn do not allocate in the steady state") {
  const SmallWorld world;
  for (const UpdateRule rule :
       {UpdateRule{}, UpdateRule{UpdateKind::kSarsa, 0.8}, UpdateRule{UpdateKind::kDoubleQ, 0.0}}) {
    for (const QValueBits bits : {QValueBits::k32, QValueBits::k16, QValueBits::k8}) {
      AutoScaleConfig config;
      config.q_value_bits = bits;
      QLearner learner(config, world.context(), rule);
      for (const auto mode : {Policy::Mode::kTraining, Policy::Mode::kFrozen}) {
        learner.set_mode(mode);
        serve(learner, world, 12);
        const std::size_t before = allocations;
        serve(learner, world, 1000);
        CHECK(allocations - before == 0);
      }
    }
  }
}

// LIBSVM and Eigen take theirs by malloc, which is not counted; policies call them to fit only.
TEST_CASE("once trained, no policy allocates to decide") {
  const SmallWorld world;
  for (const PolicyEntry& entry : registered_policies()) {
    if (entry.is_oracle()) continue;
    PolicySpec spec{.name = entry.name, .policy = entry.name};
    Diagnostics diagnostics;
    const auto policy = make_policy(spec, "{}", world.context(), "", diagnostics);
    REQUIRE(policy != nullptr);
    policy->set_mode(Policy::Mode::kTraining);
    const auto serve_one = [&](int i) {
      const Observation now =
          observe(static_cast<std::uint32_t>(i % 3), i % 5 * 0.2, 0.0, -60.0 - i % 4 * 9);
      policy->learn(outcome_of(world, now, policy->choose(now)));
    };
    for (int i = 0; i < 300; ++i) serve_one(i);
    policy->end_episode();
    // The one that learns online factorises in place.
    policy->set_mode(entry.name == "bayesian_optimization" ? Policy::Mode::kOnline
                                                           : Policy::Mode::kFrozen);
    for (int i = 0; i < 60; ++i) serve_one(i);  // rows that answer for unseen states are found once
    const std::size_t before = allocations;
    for (int i = 0; i < 1000; ++i) serve_one(i);
    const std::size_t used = allocations - before;
    INFO(entry.name);
    CHECK(used == 0);
  }
}

}  // namespace
}  // namespace autoscale
