#include "sim/workload/timeline.h"

#include <cstddef>
#include <random>

#include "tests/support/catch.h"

namespace autoscale {
namespace {

constexpr SimTime at(std::int64_t ns) { return SimTime{ns}; }

Timeline<int> three() {  // 1 on [0, 10), 2 on [10, 15), 3 from 15 on
  Timeline<int> t;
  t.append(at(0), 1);
  t.append(at(10), 2);
  t.append(at(15), 3);
  return t;
}

TEST_CASE("the last value of a timeline holds") {
  const Timeline<int> t = three();
  CHECK(t.value(t.segment(at(0))) == 1);
  CHECK(t.value(t.segment(at(9))) == 1);
  CHECK(t.value(t.segment(at(10))) == 2);
  CHECK(t.value(t.segment(at(1'000'000))) == 3);
  CHECK(t.end(2) == kNever);
}

TEST_CASE("a timeline that repeats goes on for ever") {
  Timeline<int> t = three();
  t.repeat_every(Nanos{20});
  const std::size_t s = t.segment(at(20 * 1'000'000'000LL + 12));
  CHECK(t.value(s) == 2);
  CHECK(t.start(s) == at(20 * 1'000'000'000LL + 10));
  CHECK(t.end(s) == at(20 * 1'000'000'000LL + 15));
  CHECK(t.value(s + 1) == 3);
  CHECK(t.value(s + 2) == 1);
}

TEST_CASE("a timeline can begin later in its course") {
  Timeline<int> t = three();
  t.repeat_every(Nanos{20});
  t.begin_at(Nanos{12});
  CHECK(t.value(t.segment(at(0))) == 2);
  CHECK(t.end(t.segment(at(0))) == at(3));
  CHECK(t.value(t.segment(at(8))) == 1);
}

TEST_CASE("equal neighbours are one segment, and equal values are kept once") {
  Timeline<int> t;
  const auto a = t.share(7);
  const auto b = t.share(8);
  t.append_shared(at(0), a);
  t.append_shared(at(5), a);
  t.append_shared(at(9), b);
  t.append_shared(at(12), a);
  CHECK(t.size() == 3);
  CHECK(t.values().size() == 2);
  CHECK(t.end(0) == at(9));
}

TEST_CASE("any hint gives the same segment") {
  Timeline<int> t;
  std::mt19937_64 random(1);
  std::int64_t start = 0;
  for (int i = 0; i < 1000; ++i) {
    t.append(at(start), i);
    start += 1 + static_cast<std::int64_t>(random() % 100);
  }
  if (GENERATE(false, true)) t.repeat_every(Nanos{start});
  t.begin_at(Nanos{GENERATE(0, 777)});
  for (int i = 0; i < 2000; ++i) {
    const SimTime when = at(static_cast<std::int64_t>(random() % 200'000));
    const std::size_t plain = t.segment(when);
    REQUIRE(t.start(plain) <= when);
    REQUIRE(when < t.end(plain));
    const std::size_t hint = t.repeats() ? random() % 5000 : random() % t.size();
    REQUIRE(t.segment(when, hint) == plain);
  }
}

}  // namespace
}  // namespace autoscale
