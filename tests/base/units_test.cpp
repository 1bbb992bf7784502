#include "sim/base/units.h"

#include "sim/base/sim_time.h"
#include "tests/support/catch.h"

using namespace autoscale;

namespace {
template <class A, class B>
concept Addable = requires(A a, B b) {
  a + b;
};
}  // namespace

static_assert(Addable<Watts, Watts>);
static_assert(!Addable<Watts, Millijoules>);
static_assert(!Addable<Dbm, Dbm>, "levels in dBm cannot be added");
static_assert(!Addable<SimTime, SimTime>, "instants cannot be added");
static_assert(Addable<SimTime, Nanos>);
static_assert(sizeof(Watts) == sizeof(double));

TEST_CASE("the unit set is coherent: no formula needs a factor") {
  CHECK((Watts{2.0} * Millis{5.0}).value == 10.0);
  CHECK((Kilobits{80.0} / Mbps{10.0}).value == 8.0);
  CHECK(kilobits_of_bytes(150'528.0).value == Approx(1204.224));
}

TEST_CASE("milliseconds become nanoseconds by rounding half away from zero") {
  CHECK(to_nanos(Millis{1.5}).count == 1'500'000);
  CHECK(to_nanos(Millis{0.0000005}).count == 1);
  CHECK(to_nanos(Millis{0.00000049}).count == 0);
}
