#include <cstddef>
#include <random>

#include "sim/workload/timeline_integral.h"
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
  const Segment s = t.segment(at(20 * 1'000'000'000LL + 12));
  CHECK(t.value(s) == 2);
  CHECK(t.start(s) == at(20 * 1'000'000'000LL + 10));
  CHECK(t.end(s) == at(20 * 1'000'000'000LL + 15));
  CHECK(t.value(t.next(s)) == 3);
  CHECK(t.value(t.next(t.next(s))) == 1);
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
  const bool even = GENERATE(true, false);  // else nearly all of it lies in the first instants
  for (int i = 0; i < 1000; ++i) {
    t.append(at(start), i);
    start += even ? 1 + static_cast<std::int64_t>(random() % 100) : i < 900 ? 1 : 977;
  }
  if (GENERATE(false, true)) t.repeat_every(Nanos{start});
  t.begin_at(Nanos{GENERATE(0, 777)});
  for (int i = 0; i < 2000; ++i) {
    const SimTime when = at(static_cast<std::int64_t>(random() % 200'000));
    const Segment plain = t.segment(when);
    REQUIRE(t.start(plain) <= when);
    REQUIRE(when < t.end(plain));
    const Segment hint = t.segment(at(static_cast<std::int64_t>(random() % 200'000)));
    const Segment hinted = t.segment(when, hint);
    REQUIRE(hinted.index == plain.index);
    REQUIRE(hinted.period_start == plain.period_start);
  }
}

TEST_CASE("an integral over any stretch is the sum over its segments") {
  std::mt19937_64 random(2);
  Timeline<double> t;
  std::int64_t start = 0;
  for (int i = 0; i < 50; ++i) {
    t.append(at(start), static_cast<double>(random() % 8));
    start += 1'000'000 * (1 + static_cast<std::int64_t>(random() % 9));
  }
  if (GENERATE(false, true)) t.repeat_every(Nanos{start});
  const TimelineIntegral integral(t, [](double v) { return 0.5 * v; });
  for (int i = 0; i < 500; ++i) {
    const SimTime from = at(static_cast<std::int64_t>(random() % 900'000'000));
    const SimTime to = from + Nanos{static_cast<std::int64_t>(random() % 2'000'000'000)};
    double sum = 0.0;
    SimTime now = from;
    for (Segment s = t.segment(from); now < to; now = t.end(s), s = t.next(s)) {
      sum += 0.5 * t.value(s) * to_millis(std::min(t.end(s), to) - now).value;
      if (t.end(s) == kNever) break;
    }
    REQUIRE(integral.between(t, from, t.segment(from), to, t.segment(to)) ==
            Approx(sum).epsilon(1e-12).margin(1e-9));
  }
}

}  // namespace
}  // namespace autoscale
