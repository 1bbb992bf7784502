#include "sim/base/random.h"

#include "tests/support/catch.h"

using namespace autoscale;

TEST_CASE("Philox4x32-10 gives the published known answers") {
  // Random123 kat_vectors: counter and key all ones.
  const r123::Philox4x32::ctr_type counter{{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}};
  const r123::Philox4x32::key_type key{{0xffffffff, 0xffffffff}};
  const auto r = r123::Philox4x32{}(counter, key);
  CHECK(r[0] == 0x408f276d);
  CHECK(r[1] == 0x41c83b0e);
  CHECK(r[2] == 0xa20bc7c6);
  CHECK(r[3] == 0x6d5451fd);
}

TEST_CASE("a draw depends on every part of its key and on nothing else") {
  const StreamKey key{.seed = 3, .replication = 1, .stream = Stream::kArrivals};
  const double x = draw_uniform(key, 5, 9);
  CHECK(draw_uniform(key, 5, 9) == x);
  CHECK(draw_uniform({.seed = 4, .replication = 1, .stream = Stream::kArrivals}, 5, 9) != x);
  CHECK(draw_uniform({.seed = 3, .replication = 2, .stream = Stream::kArrivals}, 5, 9) != x);
  CHECK(draw_uniform({.seed = 3, .replication = 1, .stream = Stream::kPolicy}, 5, 9) != x);
  CHECK(draw_uniform({.seed = 3, .replication = 1, .stream = Stream::kArrivals, .training = true},
                     5, 9) != x);
  CHECK(draw_uniform(key, 6, 9) != x);
  CHECK(draw_uniform(key, 5, 10) != x);
  CHECK(draw_uniform(key, 5, 9 + (std::uint64_t{1} << 32)) != x);
}

TEST_CASE("a uniform draw is never 0 nor 1") {
  CHECK(uniform01(0, 0) > 0.0);
  CHECK(uniform01(0xffffffff, 0xffffffff) < 1.0);
}

TEST_CASE("distributions have their moments") {
  const StreamKey key{.seed = 1};
  constexpr int kDraws = 200'000;
  double sum = 0.0, square = 0.0, cube = 0.0, uniform = 0.0, exponential = 0.0;
  for (std::uint64_t i = 0; i < kDraws; ++i) {
    const double z = draw_normal(key, 0, i);
    sum += z;
    square += z * z;
    cube += z * z * z;
    uniform += draw_uniform(key, 1, i);
    exponential += draw_exponential(key, 2, i);
  }
  CHECK(std::abs(sum / kDraws) < 0.01);  // about 4 standard errors
  CHECK(std::abs(square / kDraws - 1.0) < 0.015);
  CHECK(std::abs(cube / kDraws) < 0.04);
  CHECK(std::abs(uniform / kDraws - 0.5) < 0.003);
  CHECK(std::abs(exponential / kDraws - 1.0) < 0.01);
}
