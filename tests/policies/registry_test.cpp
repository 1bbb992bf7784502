#include "sim/policies/registry.h"

#include <algorithm>
#include <stdexcept>

#include "sim/config/json_file.h"
#include "tests/policies/small_world.h"
#include "tests/support/catch.h"

namespace autoscale {
namespace {

using test::SmallWorld;

PolicySpec spec_of(const std::string& policy, const std::string& config = "{}") {
  PolicySpec spec;
  spec.name = policy;
  spec.policy = policy;
  spec.config_json = config;
  spec.pointer = "/policies/0";
  spec.config_file = "s.json";
  spec.config_pointer = "/policies/0/config";
  return spec;
}

std::vector<std::string> check(const std::vector<PolicySpec>& specs, const std::string& shared) {
  Diagnostics diagnostics;
  check_policies(specs, shared, "s.json", diagnostics);
  std::vector<std::string> lines;
  for (const Diagnostic& d : diagnostics.list()) lines.push_back(to_string(d));
  return lines;
}

TEST_CASE("the policies of the project are registered, sorted") {
  std::vector<std::string> names;
  for (const PolicyEntry& entry : registered_policies()) {
    names.push_back(entry.name);
    CHECK_FALSE(entry.doc.empty());
    CHECK(entry.doc.ends_with('.'));
  }
  CHECK(std::ranges::is_sorted(names));
  for (const char* name : {"autoscale", "cloud_only", "connected_edge", "cpu_only", "edge_best",
                           "oracle", "oracle_queue_aware", "random", "static_profile"}) {
    CHECK(std::ranges::find(names, name) != names.end());
  }
  CHECK(find_policy("oracle")->is_oracle());
  CHECK(find_policy("autoscale")->is_learner());
  CHECK(find_policy("nothing") == nullptr);
}

TEST_CASE("a name is registered once") {
  CHECK_THROWS_WITH(register_policy({.name = "random",
                                     .doc = "",
                                     .keys = {},
                                     .make = {},
                                     .check = {},
                                     .effective_config = {},
                                     .schema = {}}),
                    Catch::Contains("\"random\""));
}

TEST_CASE("keys of /policy: each policy takes those it knows, its own config wins") {
  const std::string shared = R"({"epsilon": 0.5, "edge_best_steps": "highest"})";
  CHECK(check({spec_of("autoscale"), spec_of("edge_best")}, shared).empty());
  const std::string effective = effective_config(spec_of("autoscale", R"({"epsilon": 0.25})"),
                                                 R"({"epsilon": 0.5, "discount": 0})");
  CHECK_THAT(effective, Catch::Contains("\"epsilon\": 0.25") && Catch::Contains("\"discount\": 0"));
}

TEST_CASE("a key of /policy that no policy of the scenario knows is an error") {
  const auto lines = check({spec_of("autoscale"), spec_of("random")}, R"({"epsilo": 0.5})");
  REQUIRE(lines.size() == 1);
  CHECK_THAT(lines[0], Catch::Contains("/policy/epsilo") && Catch::Contains("epsilon"));
  CHECK(check({spec_of("random")}, R"({"epsilon": 0.5})").size() == 1);
}

TEST_CASE("a wrong value of /policy is said once, however many policies know the key") {
  PolicySpec other = spec_of("autoscale");
  other.name = "second";
  CHECK(check({spec_of("autoscale"), other}, R"({"epsilon": 2})").size() == 1);
}

TEST_CASE("own config: unknown keys and policies get a suggestion") {
  const auto lines =
      check({spec_of("autoscale", R"({"learnin_rate": 1})"), spec_of("autoscal")}, "{}");
  REQUIRE(lines.size() == 2);
  CHECK_THAT(lines[0], Catch::Contains("s.json: /policies/0/config/learnin_rate") &&
                           Catch::Contains("learning_rate"));
  CHECK_THAT(lines[1], Catch::Contains("did you mean") && Catch::Contains("autoscale"));
}

TEST_CASE("a fixed policy without its place is an error of the scenario") {
  SmallWorld world;
  for (auto& profile : world.profiles) {
    for (std::size_t t = 0; t < profile.size(); ++t) {
      if (world.targets[t].site == Site::kCloud) profile[t].supported = false;
    }
  }
  Diagnostics diagnostics;
  CHECK(make_policy(spec_of("cloud_only"), "{}", world.context(), "s.json", diagnostics) ==
        nullptr);
  REQUIRE(diagnostics.list().size() == 1);
  CHECK_THAT(to_string(diagnostics.list()[0]),
             Catch::Contains("/policies/0") && Catch::Contains("on the cloud") &&
                 Catch::Contains("\"light\", \"heavy\", \"recurrent\""));
}

TEST_CASE("a table that cannot be read is an error of the scenario") {
  const SmallWorld world;
  Diagnostics diagnostics;
  const auto policy = make_policy(spec_of("autoscale", R"({"load": "no/such/file.json"})"), "{}",
                                  world.context(), "s.json", diagnostics);
  CHECK(policy == nullptr);
  REQUIRE(diagnostics.list().size() == 1);
  CHECK_THAT(to_string(diagnostics.list()[0]), Catch::Contains("no/such/file.json"));
}

TEST_CASE("the paper's settings are valid and say what they should") {
  Diagnostics diagnostics;
  const auto text = read_text_file(
      std::string(AUTOSCALE_SOURCE_DIR) + "/configs/policies/autoscale_paper.json", diagnostics);
  REQUIRE(text.has_value());
  const PolicySpec spec = spec_of("autoscale", *text);
  CHECK(check({spec}, "{}").empty());
  CHECK_THAT(effective_config(spec, "{}"),
             Catch::Contains("\"reward\": \"paper\"") && Catch::Contains("uniform01") &&
                 Catch::Contains("\"epsilon_schedule\": \"constant\"") &&
                 Catch::Contains("\"learning_rate\": 0.9") && Catch::Contains("\"discount\": 0.1"));
}

}  // namespace
}  // namespace autoscale
