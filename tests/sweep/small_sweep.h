// A sweep of a few short runs, for tests.
#pragma once

#include <fstream>
#include <string>
#include <vector>

#include "sim/sweep/sources.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"

namespace autoscale::test {

inline const DataPath& shipped_data() {
  static const DataPath data{AUTOSCALE_SOURCE_DIR};
  return data;
}

// What every test's sweep begins with; `rest` are further members, such as "\"axes\": [...]".
inline std::string sweep_text(const std::string& rest) {
  return R"({"name": "small", "scenarios": ["quickstart"], "policies": ["cpu_only", "random"],
    "replications": 2, "set": {"/training": {"inferences_per_state": 1}, "/workload/0/inferences": 5,
    "/workload/1/inferences": 5})" +
         (rest.empty() ? "" : ", " + rest) + "}";
}

inline SweepSpec read_sweep(const std::string& text) {
  const ScratchFolder folder;
  const auto file = folder.path() / "sweep.json";
  std::ofstream(file) << text;
  Diagnostics problems;
  std::optional<SweepSpec> sweep = load_sweep(file.string(), {}, shipped_data(), problems);
  problems.throw_if_any();
  return std::move(*sweep);
}

inline SweepPlan small_plan(const std::string& rest = "") {
  return SweepPlan(read_sweep(sweep_text(rest)));
}

inline const std::string kTwoAxes =
    R"("axes": [{"pointer": "/links/wifi/signal/constant_dbm", "name": "rssi_dbm", "list": [-55, -85]},
                {"pointer": "/workload/0/qos_ms", "list": [20, 50, 100]}])";

}  // namespace autoscale::test
