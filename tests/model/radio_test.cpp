#include "sim/model/radio.h"

#include "tests/support/catch.h"

namespace autoscale {
namespace {

TEST_CASE("a signal table is linear inside and constant outside") {
  const SignalTable table{{-90.0, -80.0, -60.0}, {1.0, 3.0, 43.0}, {}};
  CHECK(table.at(Dbm{-100.0}) == 1.0);
  CHECK(table.at(Dbm{-90.0}) == 1.0);
  CHECK(table.at(Dbm{-85.0}) == 2.0);
  CHECK(table.at(Dbm{-80.0}) == 3.0);
  CHECK(table.at(Dbm{-65.0}) == 33.0);
  CHECK(table.at(Dbm{-60.0}) == 43.0);
  CHECK(table.at(Dbm{0.0}) == 43.0);
}

TEST_CASE("a table of one level is constant") {
  const SignalTable table{{-70.0}, {5.0}, {}};
  CHECK(table.at(Dbm{-90.0}) == 5.0);
  CHECK(table.at(Dbm{-70.0}) == 5.0);
  CHECK(table.at(Dbm{-50.0}) == 5.0);
}

}  // namespace
}  // namespace autoscale
