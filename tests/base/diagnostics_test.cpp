#include "sim/base/diagnostics.h"

#include <string>
#include <vector>

#include "tests/support/catch.h"

namespace autoscale {
namespace {

const std::vector<std::string> kNames{"qos_ms", "queue", "replications", "mobilenet_v3"};

TEST_CASE("the nearest name is found through typing errors") {
  CHECK(nearest("qeue", kNames) == "queue");
  CHECK(nearest("quuee", kNames) == "queue");  // two letters swapped
  CHECK(nearest("replicatoins", kNames) == "replications");
  CHECK(nearest("QUEUE", kNames) == "queue");  // case is no difference
  CHECK(nearest("qos", kNames) == "qos_ms");   // the unit was left out
  CHECK(nearest("mobilenet_v3_large", kNames) == "mobilenet_v3");
}

TEST_CASE("far names are not suggested") {
  CHECK(nearest("seed", kNames).empty());
  CHECK(nearest("", kNames).empty());
  CHECK(nearest("x", kNames).empty());
  CHECK(nearest(std::string(100'000, 'q'), kNames).empty());
  CHECK(nearest("queue", {}).empty());
}

TEST_CASE("a diagnostic prints what it has") {
  CHECK(to_string(Diagnostic{"f.json", "/a", "is wrong", "write 5"}) ==
        "f.json: /a: is wrong; write 5");
  CHECK(to_string(Diagnostic{"", "", "is wrong", ""}) == "is wrong");
}

TEST_CASE("all problems are thrown together") {
  Diagnostics diagnostics;
  CHECK_NOTHROW(diagnostics.throw_if_any());
  diagnostics.add({"f", "", "one", ""});
  diagnostics.add({"f", "", "two", ""});
  CHECK_THROWS_WITH(diagnostics.throw_if_any(), "f: one\nf: two");
  CHECK_THROWS_AS(diagnostics.throw_if_any(), InputError);
}

}  // namespace
}  // namespace autoscale
