#include "sim/report/text_table.h"

#include <array>

#include "tests/support/catch.h"

namespace autoscale {
namespace {

TEST_CASE("columns are aligned by characters, not bytes") {
  TextTable table;
  table.add_column("name", TextTable::Align::kLeft);
  table.add_column("energy\nmJ", TextTable::Align::kRight);
  table.add_row({"a", "1 ±2"});
  table.add_row({"long name", "10 ±20"});
  CHECK(table.text() ==
        "           energy\n"
        "name           mJ\n"
        "a            1 ±2\n"
        "long name  10 ±20\n");
}

TEST_CASE("a column's decimals follow its smallest value") {
  using Values = std::vector<std::optional<double>>;
  CHECK(decimals_for(Values{412.3, 4123.0}) == 0);
  CHECK(decimals_for(Values{41.23, 4123.0}) == 1);
  CHECK(decimals_for(Values{4.1, std::nullopt}) == 2);
  CHECK(decimals_for(Values{0.00041}) == 3);
  CHECK(decimals_for(Values{0.0, std::nullopt}) == 0);
  CHECK(decimals_for(Values{}) == 0);
  CHECK(fixed(41.26, 1) == "41.3");
  CHECK(fixed(std::nullopt, 1) == "-");
}

TEST_CASE("long texts are broken between words, long lists between items") {
  CHECK(wrapped("aa bb cc", 5, 2) == "aa bb\n  cc");
  CHECK(wrapped("unbreakable", 3, 2) == "unbreakable");
  CHECK(wrapped("", 3, 2).empty());
  const std::array<std::string, 3> items{"x 1 %", "y 2 %", "z 3 %"};
  CHECK(wrapped(items, ", ", 13, 1, 1) == "x 1 %,\n y 2 %, z 3 %");
}

}  // namespace
}  // namespace autoscale
