// Service noise against its formula, request by request.
#include "sim/engine/service_noise.h"

#include <cmath>

#include "tests/support/catch.h"

using namespace autoscale;

namespace {

constexpr double kSigma = 0.08;

CostTable table() {
  CostTable t;
  t.targets.resize(3);
  t.workloads.resize(2);
  return t;
}

TargetCost noisy() {
  TargetCost t;
  t.noise_sigma = kSigma;
  t.noise_mean_shift = -0.5 * kSigma * kSigma;
  return t;
}

}  // namespace

TEST_CASE("the noise factor is exp(sigma z - sigma^2 / 2) of the request's own normal") {
  const StreamKey key{.seed = 7, .replication = 3};
  ServiceNoise noise(table(), key);
  StreamKey stream = key;
  stream.stream = Stream::kServiceNoise;
  for (std::uint64_t request : {0ULL, 1ULL, 6ULL, 7ULL, 1'000'001ULL}) {
    const auto bits = draw_bits(stream, 1 * 3 + 2, request / 2);
    const std::size_t half = 2 * (request % 2);
    const double z = normal_quantile(uniform01(bits[half], bits[half + 1]));
    CHECK(noise.factor(noisy(), 1, 2, request) ==
          Approx(std::exp(kSigma * z - 0.5 * kSigma * kSigma)).epsilon(1e-14));
  }
}

TEST_CASE("a request's noise does not depend on who was asked about before") {
  const StreamKey key{.seed = 7};
  ServiceNoise forwards(table(), key);
  ServiceNoise backwards(table(), key);
  std::vector<double> a;
  std::vector<double> b;
  for (std::uint64_t i = 0; i < 20; ++i) a.push_back(forwards.factor(noisy(), 0, 1, i));
  for (std::uint64_t i = 20; i-- > 0;) {
    static_cast<void>(backwards.factor(noisy(), 1, 1, i));  // another workload in between
    b.insert(b.begin(), backwards.factor(noisy(), 0, 1, i));
  }
  CHECK(a == b);
  for (std::size_t i = 1; i < a.size(); ++i) CHECK(a[i] != a[i - 1]);
}

TEST_CASE("noise has mean 1 and the sigma it is given, and workload, target and training differ") {
  ServiceNoise noise(table(), {.seed = 11});
  double sum = 0.0;
  double sum_log = 0.0;
  double sum_log2 = 0.0;
  constexpr int kDraws = 200'000;
  for (std::uint64_t i = 0; i < kDraws; ++i) {
    const double f = noise.factor(noisy(), 0, 0, i);
    sum += f;
    sum_log += std::log(f);
    sum_log2 += std::log(f) * std::log(f);
  }
  const double mean_log = sum_log / kDraws;
  CHECK(sum / kDraws == Approx(1.0).margin(5.0 * kSigma / std::sqrt(kDraws)));
  CHECK(std::sqrt(sum_log2 / kDraws - mean_log * mean_log) == Approx(kSigma).epsilon(0.01));
  ServiceNoise training(table(), {.seed = 11, .training = true});
  CHECK(noise.factor(noisy(), 0, 0, 5) != noise.factor(noisy(), 0, 1, 5));
  CHECK(noise.factor(noisy(), 0, 0, 5) != noise.factor(noisy(), 1, 0, 5));
  CHECK(noise.factor(noisy(), 0, 0, 5) != training.factor(noisy(), 0, 0, 5));
}

TEST_CASE("without noise the factor is 1") {
  ServiceNoise noise(table(), {});
  CHECK(noise.factor(TargetCost{}, 0, 0, 0) == 1.0);
  CostTable quiet = table();
  quiet.service_noise = false;
  ServiceNoise off(quiet, {});
  CHECK(off.factor(noisy(), 1, 2, 9) == 1.0);
}
