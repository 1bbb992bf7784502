#include <filesystem>
#include <fstream>
#include <string>

#include "sim/config/load_scenario.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"

namespace autoscale {
namespace {

namespace fs = std::filesystem;
using Lines = std::vector<std::string>;

const DataPath kData{AUTOSCALE_SOURCE_DIR};

constexpr const char* kMinimal = R"({
  "name": "minimal", "device": "mi8pro",
  "workload": [{"network": "mobilenet_v3", "inferences": 10, "accuracy": {"percent": 50}}]
})";

constexpr const char* kFull = R"({
  "$comment": "every key", "name": "full", "title": "All of it", "device": "mi8pro",
  "edge_peer": "galaxy_tab_s6", "cloud": "xeon_p100",
  "links": {
    "wifi": {"radio": "wifi_5ghz", "signal": {"steps": [{"at_ms": 0, "dbm": -55},
                                                         {"at_ms": 1.5, "dbm": -85}]}},
    "wifi_direct": {"radio": "wifi_direct_5ghz", "signal": {"constant_dbm": -55}},
    "lte": {"radio": "lte", "signal": {"markov": {
       "states": [{"mean_dbm": -85, "sd_db": 6, "lag1": 0.9, "min_dbm": -100},
                  {"mean_dbm": -105, "sd_db": 4, "max_dbm": -100},
                  {"mean_dbm": -120, "sd_db": 1, "outage": true}],
       "transition": [[0.9, 0.1, 0], [0.2, 0.7, 0.1], [0, 0.5, 0.5]], "step_ms": 1000}}},
    "cloud_route": "handover", "handover": {"leave_below_dbm": -90, "return_above_dbm": -85}},
  "offload": {"timeout_ms": 2000, "fallback": "edge_best"},
  "observation": {"sampling_period_ms": 250},
  "co_runner": {"steps": [{"at_ms": 0, "cpu_ratio": 0.2}, {"at_ms": 9, "memory_ratio": 0.8}]},
  "workload": [
    {"network": "mobilenet_v3", "arrivals": {"poisson": {"rate_hz": 20}}, "inferences": 10,
     "qos_ms": 33.3, "accuracy": {"ratio_to_fp32": 0.97}, "queue": "drop_late",
     "payload": "jpeg", "jpeg_ratio": 0.2},
    {"network": "resnet50", "arrivals": {"times": {"at_ms": [0, 10, 20]}},
     "accuracy": {"percent": 65}}],
  "workload_order": "concurrent",
  "training": {"inferences_per_state": 50, "environments": "scenario", "wifi_dbm": [-60]},
  "policies": ["oracle", {"name": "eager", "policy": "autoscale", "config": {"epsilon": 0.3}}],
  "policy": {"load": "table.json"},
  "energy_model": "paper", "power_scale": "measured", "int8_recipe": "qat",
  "service_noise": false, "seed": 18446744073709551615, "replications": 3
})";

class TemporaryFile {
 public:
  TemporaryFile(const std::string& name, std::string_view text) : path_(folder_.path() / name) {
    std::ofstream(path_) << text;
  }
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  test::ScratchFolder folder_;
  fs::path path_;
};

Scenario load(std::string_view text, const Lines& overrides = {}) {
  const TemporaryFile file("scenario_test.json", text);
  return load_scenario(file.path(), overrides, kData);
}

Lines errors(std::string_view text, const Lines& overrides) {
  const TemporaryFile file("scenario_test.json", text);
  Diagnostics diagnostics;
  CHECK_FALSE(load_scenario(file.path(), overrides, kData, diagnostics));
  Lines lines;
  for (Diagnostic d : diagnostics.list()) {
    if (d.file == file.path().string()) d.file = "FILE";
    lines.push_back(to_string(d));
  }
  return lines;
}

TEST_CASE("a scenario with every key is read") {
  const Scenario s = load(kFull);
  CHECK(s.links.wifi->signal.steps.at(1).dbm == -85.0);
  CHECK(s.links.lte->radio == "lte");
  CHECK(s.co_runner.steps.at(1).memory_ratio == 0.8);
  CHECK(std::get<Poisson>(s.workload.at(0).arrivals).rate_hz == 20.0);
  CHECK(s.workload[0].queue == QueueDiscipline::kDropLate);
  CHECK(s.workload[1].inferences == 3);  // as many as there are times
  CHECK(s.training->environments == TrainingEnvironments::kScenario);
  CHECK(s.training->wifi_dbm == std::vector<double>{-60.0});
  CHECK(s.policies.at(0).name == "oracle");
  CHECK(s.policies.at(1).policy == "autoscale");
  CHECK(s.policies[1].config_json == R"({"epsilon":0.3})");
  CHECK(s.policies[1].config_pointer == "/policies/1/config");
  CHECK(s.policy_config_json == R"({"load":"table.json"})");
  CHECK(s.seed == 18446744073709551615U);
}

TEST_CASE("the effective configuration reads back as the same scenario") {
  for (const char* text : {kMinimal, kFull}) {
    const std::string effective = effective_json(load(text));
    CHECK(effective_json(load(effective)) == effective);
  }
}

TEST_CASE("defaults are spelt out in the effective configuration") {
  CHECK(effective_json(load(kMinimal)) == R"({
  "name": "minimal",
  "device": "mi8pro",
  "co_runner": {
    "constant": {
      "cpu_ratio": 0,
      "memory_ratio": 0
    }
  },
  "offload": {
    "fallback": "cpu"
  },
  "observation": {
    "sampling_period_ms": 0
  },
  "workload": [
    {
      "network": "mobilenet_v3",
      "arrivals": {
        "closed_loop": {
          "think_ms": 0
        }
      },
      "inferences": 10,
      "qos_ms": 50,
      "accuracy": {
        "percent": 50
      },
      "queue": "fifo",
      "payload": "uint8",
      "jpeg_ratio": 0.1
    }
  ],
  "workload_order": "sequential",
  "energy_model": "full",
  "power_scale": "paper",
  "int8_recipe": "ptq",
  "service_noise": true,
  "seed": 1,
  "replications": 10
}
)");
}

TEST_CASE("the option --set changes the scenario before it is read") {
  const Scenario s =
      load(kMinimal, {"/seed=7", "/workload/0/qos_ms=20", "/policies=[]", "/policies/-=oracle",
                      "/policies/0/config/depth=2", "/policy/load=q.json"});
  CHECK(s.seed == 7);
  CHECK(s.workload[0].qos_ms == 20.0);
  CHECK(s.policies.at(0).config_json == R"({"depth":2})");
  CHECK(s.policy_config_json == R"({"load":"q.json"})");
}

TEST_CASE("errors of --set and of the file come together and name their origin") {
  CHECK(
      errors(R"({"name": "n", "devise": "mi8pro", "workload": [
                   {"network": "n", "inferences": 1, "accuracy": {"percent": 50}}]})",
             {"/qos=5", "/workload/0/qos_ms=fast", "/workload/1/qos_ms=5", "/policies=oracle"}) ==
      Lines{"--set /workload/1/qos_ms=5: /workload: is a list of 1 and has no element \"1\"; "
            "'-' appends",
            "FILE: /device: is required",
            "--set /workload/0/qos_ms=fast: /workload/0/qos_ms: expected a number, got \"fast\"",
            "--set /policies=oracle: /policies: expected a list, got \"oracle\"",
            "FILE: /devise: unknown key; did you mean 'device'?",
            "--set /qos=5: /qos: unknown key; known keys: name, title, device, edge_peer, cloud, "
            "links, co_runner, offload, observation, thermal, workload, workload_order, training, "
            "policies, policy, "
            "energy_model, power_scale, int8_recipe, service_noise, seed, replications"});
}

TEST_CASE("a policy configuration may stand in a file of its own") {
  const TemporaryFile config("policy_config.json", R"({"$comment": "x", "epsilon": 0.2})");
  const std::string set =
      "/policies=[{\"policy\":\"autoscale\",\"config\":\"" + config.path().string() + "\"}]";
  const Scenario s = load(kMinimal, {set});
  CHECK(s.policies.at(0).config_json == R"({"$comment":"x","epsilon":0.2})");
  CHECK(s.policies[0].config_file == config.path().string());
  CHECK(s.policies[0].config_pointer.empty());
}

}  // namespace
}  // namespace autoscale
