#include "sim/policies/layer_regression.h"

#include <cmath>

#include "tests/support/catch.h"

using namespace autoscale;

namespace {

Layer conv(double in, int cout, int stride) {
  Layer layer;
  layer.kind = LayerKind::kConvKxK;
  layer.in_bytes = 4.0 * in;
  layer.out_bytes = 400.0;
  layer.kernel = {3, 3};
  layer.stride = stride;
  layer.cin = 8;
  layer.cout = cout;
  layer.groups = 1;
  return layer;
}

}  // namespace

TEST_CASE(
    "regressors of a layer: its input's values and its filters' windows, or values in and out") {
  CHECK(layer_regressors(conv(100.0, 16, 2)) == std::array<double, 2>{100.0, 36.0});
  Layer pool;
  pool.kind = LayerKind::kPool;
  pool.in_bytes = 80.0;
  pool.out_bytes = 20.0;
  CHECK(layer_regressors(pool) == std::array<double, 2>{20.0, 5.0});
}

TEST_CASE("a regression finds the law that its samples follow") {
  LayerRegression linear(RegressionForm::kLinear);
  LayerRegression logarithmic(RegressionForm::kLogarithmic);
  const auto straight = [](double in, double filters) { return 0.5 + 0.002 * in + 0.03 * filters; };
  const auto product = [](double in, double filters) {
    return 1e-3 * std::pow(1.0 + in, 0.9) * std::pow(1.0 + filters, 1.1);
  };
  for (const double in : {100.0, 700.0, 5000.0, 90000.0}) {
    for (const int cout : {4, 16, 100}) {
      const Layer layer = conv(in, cout, 1);
      linear.add(layer, straight(in, 9.0 * cout));
      logarithmic.add(layer, product(in, 9.0 * cout));
    }
  }
  linear.fit();
  logarithmic.fit();
  const Layer unseen = conv(2000.0, 33, 1);
  CHECK(linear.predict(unseen) == Approx(straight(2000.0, 297.0)).epsilon(1e-9));
  CHECK(logarithmic.predict(unseen) == Approx(product(2000.0, 297.0)).epsilon(1e-9));
}

TEST_CASE("a linear law below zero is cut off there, and one sample is enough to repeat it") {
  LayerRegression steep(RegressionForm::kLinear);
  steep.add(conv(100.0, 1, 1), 1.0);
  steep.add(conv(200.0, 1, 1), 3.0);
  steep.fit();
  CHECK(steep.predict(conv(150.0, 1, 1)) == Approx(2.0));
  CHECK(steep.predict(conv(10.0, 1, 1)) == 0.0);
  LayerRegression single(RegressionForm::kLogarithmic);
  single.add(conv(100.0, 4, 1), 2.5);
  single.fit();
  CHECK(single.predict(conv(100.0, 4, 1)) == Approx(2.5));
}
