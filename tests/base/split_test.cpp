#include "sim/base/split.h"

#include "tests/support/catch.h"

namespace autoscale {
namespace {

using Parts = std::vector<std::string_view>;

TEST_CASE("a text has one part more than separators") {
  CHECK(split("", '/') == Parts{""});
  CHECK(split("a", '/') == Parts{"a"});
  CHECK(split("a/b//c", '/') == Parts{"a", "b", "", "c"});
  CHECK(split("/a/", '/') == Parts{"", "a", ""});
}

}  // namespace
}  // namespace autoscale
