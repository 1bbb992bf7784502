#include "sim/traces/trace_model.h"

#include "tests/support/catch.h"

namespace autoscale {
namespace {

struct Read {
  std::optional<TraceModel> model;
  std::vector<std::string> problems;
};

Read read(const std::string& json) {
  Diagnostics diagnostics;
  Read r;
  r.model = read_trace_model(json, "m.json", diagnostics);
  for (const Diagnostic& d : diagnostics.list()) r.problems.push_back(to_string(d));
  return r;
}

const std::string kWifi =
    R"({"step_ms": 1000, "columns": {"rssi_dbm": {"markov": {"states": [
      {"mean": -60, "sd": 6, "lag1": 0.9, "min": -80, "max": -30}, {"gap": true}],
      "transition": [[0.9, 0.1], [0.5, 0.5]]}},
      "downlink_mbps": {"over_level": {"level_dbm": [-80, -50], "mean_mbps": [1, 40], "spread": 0.5, "lag1": 0.5,
      "max_mbps": 60}}}})";

TEST_CASE("a model reads back as it was written") {
  const Read r = read(kWifi);
  CHECK(r.problems.empty());
  REQUIRE(r.model);
  const Read again = read(trace_model_json(*r.model));
  REQUIRE(again.model);
  CHECK(trace_model_json(*again.model) == trace_model_json(*r.model));
}

TEST_CASE("where nothing is heard the goodput is 0, elsewhere it follows the level") {
  const Trace trace = generate_trace(*read(kWifi).model, 5000, 1);
  const auto& level = trace.find(TraceColumn::kRssi)->values;
  const auto& downlink = trace.find(TraceColumn::kDownlink)->values;
  CHECK(trace.time_ns[3] == 3'000'000'000);
  double gaps = 0.0;
  for (std::size_t i = 0; i < level.size(); ++i) {
    gaps += is_gap(level[i]) ? 1.0 : 0.0;
    CHECK((is_gap(level[i]) ? downlink[i] == 0.0 : downlink[i] > 0.0 && downlink[i] <= 60.0));
    if (!is_gap(level[i])) CHECK(std::abs(level[i] * 100.0 - std::round(level[i] * 100.0)) < 1e-6);
  }
  CHECK(gaps / 5000.0 == Approx(1.0 / 6.0).margin(0.03));
}

TEST_CASE("seeds and columns are courses of their own, a longer trace begins with the shorter") {
  TraceModel load;
  load.step_ms = 10.0;
  load.columns["cpu_ratio"] = Ar1Model{0.5, 0.1, 0.5};
  load.columns["memory_ratio"] = Ar1Model{0.5, 0.1, 0.5};
  const Trace a = generate_trace(load, 100, 1);
  CHECK(a.series[0].values != a.series[1].values);
  CHECK(a.series[0].values != generate_trace(load, 100, 2).series[0].values);
  const Trace b = generate_trace(load, 200, 1);
  CHECK(
      std::equal(a.series[0].values.begin(), a.series[0].values.end(), b.series[0].values.begin()));
}

TEST_CASE("models that cannot be are refused") {
  const auto with = [](const std::string& columns) {
    return read(R"({"step_ms": 1000, "columns": {)" + columns + "}}").problems;
  };
  const std::string level = R"("rssi_dbm": {"ar1": {"mean": -60, "sd": 5, "lag1": 0.9}})";
  CHECK(with(level).empty());
  const std::vector<std::pair<std::string, std::string>> cases{
      {"", "m.json: /columns: has neither a signal nor a load"},
      {R"("rssi": {"gaussian": {"mean": -60, "sd": 5}})",
       "m.json: /columns/rssi: there is no column \"rssi\""},
      {R"("rssi_dbm": {"gaussian": {"mean": -60, "sd": -5}})",
       "m.json: /columns/rssi_dbm/gaussian/sd: "},
      {R"("rssi_dbm": {"gaussian": {"mean": -60}})", "m.json: /columns/rssi_dbm/gaussian"},
      {R"("rssi_dbm": {"normal": {"mean": -60, "sd": 5}})", "m.json: /columns/rssi_dbm"},
      {R"("rssi_dbm": {"ar1": {"mean": -60, "sd": 5, "lag1": 1}})",
       "m.json: /columns/rssi_dbm: lag1 is 1, expected a number in (-1, 1)"},
      {R"("rssi_dbm": {"markov": {"states": [{"mean": -60}], "transition": [[0.5]]}})",
       "m.json: /columns/rssi_dbm: row 1 of transition sums to 0.5, expected 1"},
      {R"("rssi_dbm": {"markov": {"states": [], "transition": []}})",
       "m.json: /columns/rssi_dbm/markov/states: "},
      {R"("cpu_ratio": {"gaussian": {"mean": 0.5, "sd": 0.1}})",
       "m.json: /columns: has one of cpu_ratio and memory_ratio, expected both"},
      {level + R"(, "cpu_ratio": {"gaussian": {"mean": 0.5, "sd": 0.1}})",
       "m.json: /columns: has columns of a signal and of a co-runner"},
      {level +
           R"(, "uplink_mbps": {"over_level": {"level_dbm": [-50, -60], "mean_mbps": [1, 2], "spread": 0, "lag1": 0, "max_mbps": 9}})",
       "m.json: /columns/uplink_mbps: level_dbm does not ascend"},
      {level +
           R"(, "uplink_mbps": {"over_level": {"level_dbm": [-60], "mean_mbps": [1, 2], "spread": 0, "lag1": 0, "max_mbps": 9}})",
       "m.json: /columns/uplink_mbps: level_dbm has 1 numbers, mean_mbps 2"},
      {R"("rssi_dbm": {"over_level": {"level_dbm": [-60], "mean_mbps": [1], "spread": 0, "lag1": 0, "max_mbps": 9}})",
       "m.json: /columns/rssi_dbm: over_level is for uplink_mbps and downlink_mbps"},
  };
  for (const auto& [columns, message] : cases) {
    const std::vector<std::string> problems = with(columns);
    INFO(message);
    REQUIRE_FALSE(problems.empty());
    INFO(problems.front());
    CHECK(problems.front().starts_with(message));
  }
  CHECK(
      read(R"({"step_ms": 0, "columns": {}})").problems.front().starts_with("m.json: /step_ms: "));
  CHECK(read("{").problems.front().starts_with("m.json:1:"));
  CHECK(read("").problems ==
        std::vector<std::string>{"m.json: is empty, expected a JSON document"});
  const std::vector<std::string> problems = read("{\"title\": \"\xff\"}").problems;
  REQUIRE(problems.size() == 1);
  CHECK(problems.front().starts_with("m.json:1:12: byte 0xFF is not UTF-8"));
}

}  // namespace
}  // namespace autoscale
