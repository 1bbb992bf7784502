// What predictors learn from and how they choose: the sample of records, labels, sweeps, the rule.
#include "sim/policies/records.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "sim/policies/classification_policy.h"
#include "sim/policies/target_choice.h"
#include "tests/policies/small_world.h"
#include "tests/support/catch.h"

namespace autoscale {
namespace {

using test::SmallWorld;

TEST_CASE("a new episode sweeps over all targets anew") {
  const SmallWorld world;
  TargetSweep sweep(supported_targets(world.context()), {.seed = 4});
  const std::size_t candidates = world.targets.size();
  for (int episode = 0; episode < 20; ++episode) {
    std::set<TargetId> tried;
    for (std::size_t i = 0; i < candidates; ++i) tried.insert(sweep.next(0));
    CHECK(tried.size() == candidates);
    sweep.next(0);
    sweep.restart();
  }
}

TEST_CASE("the sample of records is uniform and the same every time") {
  constexpr std::size_t kKept = 50;
  constexpr int kSeen = 400;
  std::vector<int> kept(kSeen, 0);
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    RecordSample sample(kKept, {.seed = seed});
    RecordSample again(kKept, {.seed = seed});
    for (int i = 0; i < kSeen; ++i) {
      const bool expected = sample.keeps_next();
      std::size_t place = kKept;
      CHECK(sample.add({.latency_ms = static_cast<double>(i)}, &place) == expected);
      CHECK((place < kKept) == expected);
      again.add({.latency_ms = static_cast<double>(i)});
    }
    REQUIRE(sample.records().size() == kKept);
    for (std::size_t k = 0; k < kKept; ++k) {
      ++kept[static_cast<std::size_t>(sample.records()[k].latency_ms)];
      REQUIRE(sample.records()[k].latency_ms == again.records()[k].latency_ms);
    }
  }
  // Binomial(400, 1/8): mean 50, sd 6.6. Tenths of the sequence: mean 2000, sd about 42.
  for (int tenth = 0; tenth < 10; ++tenth) {
    int sum = 0;
    for (int i = 0; i < kSeen / 10; ++i)
      sum += kept[static_cast<std::size_t>(tenth * kSeen / 10 + i)];
    CHECK(std::abs(sum - 2000) < 200);
  }
  CHECK(*std::ranges::min_element(kept) > 20);
  CHECK(*std::ranges::max_element(kept) < 80);
}

Record record(double load, TargetId target, double latency_ms, double energy_mj,
              bool accurate = true) {
  Record r{.target = target,
           .meets_accuracy = accurate,
           .qos_ms = 50.0,
           .latency_ms = latency_ms,
           .energy_mj = energy_mj};
  at(r.state, Feature::kCpu) = load;
  return r;
}

TEST_CASE("the label of a context is its best target by means") {
  // 1 is cheapest but inaccurate, 2 is late on average, 3 costs (10 + 20) / 2, 4 costs 16.
  const std::vector<Record> records{record(0.1, 1, 10, 1, false), record(0.1, 2, 20, 2),
                                    record(0.1, 2, 100, 2),       record(0.1, 3, 49, 10),
                                    record(0.2, 3, 49, 20),       record(0.2, 4, 10, 16),
                                    record(0.5, 2, 60, 5),        record(0.5, 3, 70, 4)};
  const auto contexts = label_contexts(records);
  REQUIRE(contexts.size() == 2);  // 0.1 and 0.2 are one bin
  CHECK(contexts[0].best == 3);
  CHECK(at(contexts[0].state, Feature::kCpu) == Approx(0.8 / 6));
  CHECK(contexts[1].best == 3);  // none is in time: the cheapest, as the oracle has it
}

TEST_CASE("the cheapest in time, else the fastest") {
  const SmallWorld world;
  const CheapestInTime choose(world.context());
  std::vector<Prediction> predicted(world.targets.size(), {60.0, 10.0});
  predicted[0] = {49.0, 9.0};
  predicted[1] = {50.0, 8.0};
  predicted[2] = {50.1, 1.0};
  CHECK(choose(0, predicted) == 1);
  predicted[0].latency_ms = predicted[1].latency_ms = 51.0;
  CHECK(choose(0, predicted) == 2);
  // Network 1 needs more than INT8 gives.
  const auto int8 = static_cast<TargetId>(
      std::ranges::find(world.targets, "cpu/int8", &Target::place) - world.targets.begin());
  predicted[int8] = {1.0, 0.1};
  CHECK(choose(0, predicted) == int8);
  CHECK(choose(1, predicted) != int8);
}

}  // namespace
}  // namespace autoscale
