#include "sim/config/csv_file.h"

#include "tests/support/catch.h"

namespace autoscale {
namespace {

CsvTable parsed(std::string_view text) {
  Diagnostics problems;
  auto table = parse_csv(text, "x.csv", problems);
  REQUIRE(problems.empty());
  return *table;
}

std::string refused(std::string_view text) {
  Diagnostics problems;
  CHECK_FALSE(parse_csv(text, "x.csv", problems).has_value());
  REQUIRE(problems.list().size() == 1);
  return to_string(problems.list().front());
}

TEST_CASE("CSV: quotes, commas, line ends and lines of records") {
  const CsvTable t = parsed("a,b\r\n1,\"x,\"\"y\"\"\nz\"\n,\n");
  CHECK(t.columns == std::vector<std::string>{"a", "b"});
  REQUIRE(t.rows.size() == 2);
  CHECK(t.rows[0] == std::vector<std::string>{"1", "x,\"y\"\nz"});
  CHECK(t.rows[1] == std::vector<std::string>{"", ""});
  CHECK(t.lines == std::vector<std::size_t>{2, 4});
  CHECK(t.column("b") == std::size_t{1});
  CHECK_FALSE(t.column("c").has_value());
}

TEST_CASE("CSV: the last line may lack its end") {
  CHECK(parsed("a\n1").rows.size() == 1);
  CHECK(parsed("a\n1\n").rows.size() == 1);
  CHECK(parsed("a").rows.empty());
}

TEST_CASE("CSV: what is malformed is named with its line") {
  CHECK(refused("") == "x.csv: is empty; expected a line of column names");
  CHECK(refused("a,b\n1,2\n1\n") == "x.csv: line 3: expected 2 fields, got 1");
  CHECK(refused("a,b\n\"1,2\n") == "x.csv: line 2: a quote is opened and never closed");
  CHECK(refused("a,a\n1,2\n") == "x.csv: line 1: column \"a\" stands there twice");
  CHECK(refused("a,b\n1,caf\xE9\n") == "x.csv: line 2: is not UTF-8");
}

TEST_CASE("CSV: what is no table is given up in time") {
  CHECK(refused(std::string(1 << 24, ',')) == "x.csv: line 1: has more than 10000 columns");
  CHECK(refused(std::string(30'000'000, '\n')) ==
        "x.csv: line 20000001: the file has more than 20 million fields");
  Diagnostics problems;
  CHECK_FALSE(parse_csv("a,b" + std::string(10'000, '\n'), "x.csv", problems).has_value());
  CHECK(problems.list().size() == 100);
}

}  // namespace
}  // namespace autoscale
