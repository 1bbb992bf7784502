#include "sim/model/network.h"

#include <string>
#include <vector>

#include "tests/support/catch.h"

namespace autoscale {
namespace {

using Lines = std::vector<std::string>;

Layer layer(std::string name, std::vector<int> preds) {
  Layer l;
  l.name = std::move(name);
  l.macs = 100.0;
  l.params = 10.0;
  l.in_bytes = 16.0 * static_cast<double>(preds.size());
  l.out_bytes = 16.0;
  l.out_shape = {1, 1, 4};
  l.preds = std::move(preds);
  return l;
}

// a feeds b and c, which d joins.
Network diamond() {
  Network network;
  network.layers = {layer("a", {}), layer("b", {0}), layer("c", {0}), layer("d", {1, 2})};
  network.published = {400.0, 40.0, 0.0, "test"};
  return network;
}

Lines problems(const Network& network) {
  Lines lines;
  for (const NetworkProblem& p : validate(network)) lines.push_back(p.pointer + ": " + p.message);
  return lines;
}

TEST_CASE("a sound network has no problems") {
  CHECK(problems(diamond()).empty());
  CHECK(diamond().total_macs() == 400.0);
  CHECK(diamond().total_params() == 40.0);
}

TEST_CASE("a cycle names its layers") {
  Network network = diamond();
  network.layers[1].preds = {0, 3};
  network.layers[1].in_bytes = 32.0;
  CHECK(problems(network) ==
        Lines{"/layers/1/preds: layers depend on each other in a cycle: \"b\", \"d\""});
}

TEST_CASE("every cycle is found, also a layer that reads itself") {
  Network network = diamond();
  network.layers[1].preds = {1};
  network.layers[2].preds = {2};
  const Lines found = problems(network);
  REQUIRE(found.size() == 2);
  CHECK(found[0].find("\"b\"") != std::string::npos);
  CHECK(found[1].find("\"c\"") != std::string::npos);
}

TEST_CASE("preds that are no layers or named twice") {
  Network network = diamond();
  network.layers[1].preds = {7};
  network.layers[3].preds = {1, 1};
  CHECK(problems(network) ==
        Lines{"/layers/1/preds/0: there is no layer 7; layers count from 0 to 3",
              "/layers/3/preds/1: layer 1 is named twice"});
}

TEST_CASE("sizes along edges") {
  Network network = diamond();
  network.layers[3].in_bytes = 16.0;
  network.layers[1].cin = 3;
  CHECK(problems(network) == Lines{"/layers/1/cin: is 3, but its pred has 4 channels",
                                   "/layers/3/in_bytes: is 16, but its preds write 32 bytes"});
}

TEST_CASE("totals further from the published ones than stated") {
  Network network = diamond();
  network.published.params = 39.0;
  network.published.tolerance_ratio = 0.02;
  CHECK(problems(network) == Lines{"/published/params: the layers add up to 40, 2.56 % from the "
                                   "published 39; the stated tolerance is 2.00 %"});
}

TEST_CASE("one first layer, at most two outputs") {
  Network network = diamond();
  network.layers.push_back(layer("e", {0}));
  network.published = {};
  CHECK(problems(network).empty());
  network.layers.push_back(layer("f", {0}));
  network.layers.push_back(layer("g", {}));
  CHECK(problems(network) ==
        Lines{"/layers: expected one layer without preds, the first; got 2: a, g",
              "/layers: expected one or two layers that nothing reads, the outputs; got 4: d, e, "
              "f, g"});
}

TEST_CASE("a network without layers") {
  CHECK(problems(Network{}) == Lines{"/layers: must not be empty"});
}

TEST_CASE("execution order follows preds and keeps file order otherwise") {
  CHECK(execution_order(diamond()) == std::vector<int>{0, 1, 2, 3});
  Network network;
  network.layers = {layer("last", {2}), layer("first", {}), layer("middle", {1}),
                    layer("side", {1})};
  CHECK(execution_order(network) == std::vector<int>{1, 2, 0, 3});
}

TEST_CASE("accuracies are found by precision and recipe") {
  Network network;
  network.accuracy.push_back({Precision::kInt8, "ptq", "top1_percent", 68.0, {}});
  CHECK(network.find_accuracy(Precision::kInt8, "ptq")->percent == 68.0);
  CHECK(network.find_accuracy(Precision::kInt8, "qat") == nullptr);
  CHECK(network.find_accuracy(Precision::kFp32, "ptq") == nullptr);
}

}  // namespace
}  // namespace autoscale
