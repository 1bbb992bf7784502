#include "sim/workload/timeline.h"

#include "tests/support/catch.h"

using namespace autoscale;

TEST_CASE("a timeline holds each value until the next starts") {
  Timeline<int> t;
  t.append(SimTime{0}, 1);
  t.append(SimTime{10}, 2);
  t.append(SimTime{25}, 3);
  for (const std::size_t hint : {std::size_t{0}, std::size_t{1}}) {
    CHECK(t.value(t.segment(SimTime{10}, hint)) == 2);
    CHECK(t.value(t.segment(SimTime{24}, hint)) == 2);
    CHECK(t.value(t.segment(SimTime{25}, hint)) == 3);
    CHECK(t.value(t.segment(SimTime{1'000'000}, hint)) == 3);
  }
  CHECK(t.value(t.segment(SimTime{9})) == 1);
  CHECK(t.end(1) == SimTime{25});
  CHECK(t.end(2) == kNever);
}

TEST_CASE("hints find the same segment as a search from the start") {
  Timeline<int> t;
  for (int i = 0; i < 500; ++i) t.append(SimTime{i * i * 3}, i);
  for (std::int64_t at = 0; at < 750'000; at += 97) {
    const std::size_t found = t.segment(SimTime{at});
    REQUIRE(t.start(found) <= SimTime{at});
    REQUIRE(SimTime{at} < t.end(found));
    for (std::size_t hint = found > 4 ? found - 4 : 0; hint <= found; ++hint) {
      REQUIRE(t.segment(SimTime{at}, hint) == found);
    }
  }
}
