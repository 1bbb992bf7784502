// Waiting times against queueing theory.
#include "tests/support/catch.h"
#include "tests/support/test_world.h"

using namespace autoscale;
using namespace autoscale::test;

namespace {

double mean_wait_ms(TestWorld& world, double service_ms, std::uint64_t seed) {
  auto policy = always(kCpu);
  SimulatorOptions options;
  options.key.seed = seed;
  Simulator simulator(world.table, world.environment, policy, options);
  const RunResult r = simulator.run(all_streams(world));
  double sum = 0.0;
  for (double latency : r.workloads[0].latency_ms) sum += latency - service_ms;
  return sum / static_cast<double>(r.workloads[0].latency_ms.size());
}

}  // namespace

TEST_CASE("D/D/1 below saturation never waits and above it waits linearly longer") {
  TestWorld world;
  make_plain(world);  // 20 ms of service
  ArrivalProcess& a = world.table.workloads[0].arrivals;
  a.kind = ArrivalKind::kPeriodic;
  a.count = 1000;
  a.period = Millis{25.0};
  CHECK(mean_wait_ms(world, 20.0, 1) == 0.0);
  a.period = Millis{16.0};  // request i waits 4 i ms; the mean of 0..999 is 499.5
  CHECK(mean_wait_ms(world, 20.0, 1) == Approx(4.0 * 499.5));
}

TEST_CASE("M/D/1 waits rho S / (2 (1 - rho))") {
  TestWorld world;
  make_plain(world);
  ArrivalProcess& a = world.table.workloads[0].arrivals;
  a.kind = ArrivalKind::kPoisson;
  a.count = 400'000;
  for (const double rho : {0.3, 0.6, 0.8}) {
    a.rate_hz = rho / 0.020;
    const double theory = rho * 20.0 / (2.0 * (1.0 - rho));
    CHECK(mean_wait_ms(world, 20.0, 3) == Approx(theory).epsilon(0.02));
  }
}

TEST_CASE("Poisson arrivals have exponential gaps") {
  ArrivalProcess a;
  a.kind = ArrivalKind::kPoisson;
  a.rate_hz = 50.0;
  SimTime at{};
  double sum = 0.0;
  double square = 0.0;
  constexpr int kGaps = 200'000;
  for (int i = 0; i < kGaps; ++i) {
    const SimTime next = a.next(static_cast<std::uint64_t>(i), at, {}, 0);
    const double gap = to_millis(next - at).value;
    sum += gap;
    square += gap * gap;
    at = next;
  }
  CHECK(sum / kGaps == Approx(20.0).epsilon(0.01));
  CHECK(square / kGaps == Approx(800.0).epsilon(0.02));  // E[X^2] = 2 / rate^2
}
