#include "sim/workload/arrivals.h"

#include "tests/support/catch.h"

namespace autoscale {
namespace {

TEST_CASE("periodic arrivals begin at their offset and never drift") {
  ArrivalProcess a;
  a.kind = ArrivalKind::kPeriodic;
  a.period = Millis{33.3};
  a.offset = Millis{5.0};
  CHECK(a.next(0, SimTime{}, {}, 0) == SimTime{5'000'000});
  CHECK(a.next(1'000'000, SimTime{}, {}, 0) == SimTime{33'300'005'000'000});
}

TEST_CASE("Poisson draws are numbered on from the stream's first request") {
  ArrivalProcess a;
  a.kind = ArrivalKind::kPoisson;
  a.rate_hz = 10.0;
  const StreamKey key{.seed = 4};
  CHECK(a.next(7, SimTime{}, key, 0, 0) == a.next(2, SimTime{}, key, 0, 5));
  CHECK(a.next(7, SimTime{}, key, 0, 0) != a.next(7, SimTime{}, key, 0, 5));
  CHECK(a.next(7, SimTime{}, key, 0, 0) != a.next(7, SimTime{}, key, 1, 0));
}

}  // namespace
}  // namespace autoscale
