#include "sim/config/overrides.h"

#include <string>
#include <vector>

#include "sim/config/json_file.h"
#include "tests/support/catch.h"

namespace autoscale {
namespace {

using Lines = std::vector<std::string>;

struct Result {
  std::string json;
  Lines errors;
  Lines pointers;
};

Result apply(std::string_view text, const Lines& overrides) {
  Diagnostics diagnostics;
  auto document = parse_json(text, "f", diagnostics);
  Result result;
  for (const auto& applied : apply_overrides(document->root(), overrides, diagnostics)) {
    result.pointers.push_back(applied.pointer);
  }
  for (const Diagnostic& d : diagnostics.list()) result.errors.push_back(to_string(d));
  result.json = dump(document->root(), -1);
  return result;
}

TEST_CASE("values are JSON, or strings when they are not") {
  CHECK(apply(R"({"a": 0})",
              {"/a=1.5", "/b=text", "/c=\"quoted\"", "/d=[1,2]", "/e=x=y", "/f=", "/g=NaN"})
            .json == R"({"a":1.5,"b":"text","c":"quoted","d":[1,2],"e":"x=y","f":"","g":"NaN"})");
}

TEST_CASE("missing members are created, list elements are not") {
  const Result result = apply(
      R"({"list": [1, 2]})",
      {"/policy/load=t.json", "/list/1=5", "/list/2=9", "/list/-=7", "/list/x=1", "/list/0/a=1"});
  CHECK(result.json == R"({"list":[1,5,7],"policy":{"load":"t.json"}})");
  CHECK(result.pointers == Lines{"/policy/load", "/list/1", "/list/2"});
  CHECK(result.errors ==
        Lines{"--set /list/2=9: /list: is a list of 2 and has no element \"2\"; '-' appends",
              "--set /list/x=1: /list: is a list of 3 and has no element \"x\"; '-' appends",
              "--set /list/0/a=1: /list/0: is 1, which has no member \"a\""});
}

TEST_CASE("pointers are escaped as RFC 6901 says") {
  CHECK(apply("{}", {"/a~1b~0c=1"}).json == R"({"a/b~c":1})");
}

TEST_CASE("a policy in its short form has room for members") {
  CHECK(
      apply(R"({"policies": ["oracle", "autoscale"]})", {"/policies/1/config/epsilon=0.2"}).json ==
      R"({"policies":["oracle",{"policy":"autoscale","config":{"epsilon":0.2}}]})");
}

TEST_CASE("malformed overrides are refused") {
  CHECK(apply("{}", {"qos_ms=5", "/qos_ms", ""}).errors ==
        Lines{"--set qos_ms=5: expected POINTER=VALUE, such as /workload/0/qos_ms=30",
              "--set /qos_ms: expected POINTER=VALUE, such as /workload/0/qos_ms=30",
              "--set : expected POINTER=VALUE, such as /workload/0/qos_ms=30"});
}

TEST_CASE("overrides that JSON cannot hold are refused") {
  CHECK(apply("{}", {"/name=caf\xE9", "/\xFF=1"}).errors ==
        Lines{"--set /name=caf\xE9: byte 10 of it is not UTF-8",
              "--set /\xFF=1: byte 2 of it is not UTF-8"});
  std::string deep;
  for (std::size_t i = 0; i < kDeepestNesting; ++i) deep += "/a";
  CHECK(apply("{}", {deep + "=1"}).errors.empty());
  CHECK(apply("{}", {deep + "/a=1"}).errors ==
        Lines{"--set " + deep + "/a=1: nests deeper than 64 levels"});
}

}  // namespace
}  // namespace autoscale
