#include "sim/base/normal_quantile.h"

#include <boost/math/distributions/normal.hpp>

#include "tests/support/catch.h"

using namespace autoscale;

TEST_CASE("the normal quantile agrees with Boost.Math over the whole range") {
  const boost::math::normal normal;
  for (double p = 1e-300; p < 0.5; p *= 1.07) {
    REQUIRE(normal_quantile(p) == Approx(boost::math::quantile(normal, p)).epsilon(1e-14));
  }
  for (int i = 1; i < 20'000; ++i) {
    const double p = i / 20'000.0;
    REQUIRE(normal_quantile(p) ==
            Approx(boost::math::quantile(normal, p)).epsilon(1e-13).margin(1e-15));
  }
  CHECK(normal_quantile(0.5) == 0.0);
  CHECK(normal_quantile(1.0 - 0x1p-53) > 8.0);
}
