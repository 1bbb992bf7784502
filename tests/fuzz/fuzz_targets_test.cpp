// The fuzz targets without a fuzzer: files of the tree go through the same code in every build, and so
// does every input that once was a finding (regressions/TARGET/*).
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "tests/fuzz/targets.h"
#include "tests/support/catch.h"

namespace autoscale::fuzz {
namespace {

namespace fs = std::filesystem;

const FuzzTarget& target(const std::string& name) {
  const auto found = std::ranges::find(targets(), name, &FuzzTarget::name);
  REQUIRE(found != targets().end());
  return *found;
}

std::string content(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return (std::ostringstream() << stream.rdbuf()).str();
}

// Files of a folder of the tree that end in `suffix`, or whose name begins with `prefix`.
std::vector<fs::path> files(const std::string& folder, const std::string& prefix = "") {
  std::vector<fs::path> list;
  for (const auto& entry : fs::recursive_directory_iterator(data().root() / folder)) {
    const std::string name = entry.path().filename().string();
    if (entry.is_regular_file() && name.starts_with(prefix) && !name.ends_with(".md") &&
        !name.ends_with(".txt")) {
      list.push_back(entry.path());
    }
  }
  std::ranges::sort(list);
  return list;
}

TEST_CASE("fuzz targets accept what the tree ships") {
  const std::string name = GENERATE("scenario", "device", "network", "radio", "policy_config",
                                    "sweep", "trace", "trace_model");
  const std::string folder = name == "scenario"      ? "scenarios"
                             : name == "device"      ? "models/devices"
                             : name == "network"     ? "models/networks"
                             : name == "radio"       ? "configs/radios"
                             : name == "sweep"       ? "configs/sweeps"
                             : name == "trace"       ? "traces"
                             : name == "trace_model" ? "traces/models"
                                                     : "configs/policies";
  auto shipped = files(folder);
  if (name == "trace")
    std::erase_if(shipped, [](const fs::path& f) { return f.extension() != ".csv"; });
  CHECK_FALSE(shipped.empty());
  for (const fs::path& file : shipped) {
    INFO(file.string());
    CHECK(accepts(target(name), content(file)));
  }
}

TEST_CASE("fuzz targets refuse the invalid corpus") {
  const std::string name = GENERATE("scenario", "device", "network", "radio");
  const auto invalid = files("tests/config/invalid", name + "_");
  CHECK_FALSE(invalid.empty());
  for (const fs::path& file : invalid) {
    INFO(file.string());
    CHECK_FALSE(accepts(target(name), content(file)));
  }
}

TEST_CASE("fuzz targets tell good options, results, manifests and golden files from bad ones") {
  CHECK(accepts(target("override"), "/workload/0/qos_ms=30"));
  CHECK_FALSE(accepts(target("override"), "/workload/0/qos_ms=-30"));
  const std::string header = "scenario,device,policy,network,replication,energy\n";
  CHECK(accepts(target("results"), header + "s,d,p,all,0,1\ns,d,q,all,0,2\n"));
  CHECK_FALSE(accepts(target("results"), header + "s,d,p,all,0,one\n"));
  CHECK(accepts(target("manifest"), R"({"seed": 1})"));
  CHECK_FALSE(accepts(target("manifest"), R"({"seed": -1})"));
  const std::string golden = R"({"scenario": "s", "device": "d", "seed": 1,
    "replication_numbers": [0], "policies": [{"name": "p", "networks": {},
    "metrics": {"energy": {"by_replication": )";
  CHECK(accepts(target("golden"), golden + "[1]}}}]}"));
  CHECK_FALSE(accepts(target("golden"), golden + "[1, 2]}}}]}"));
  CHECK_FALSE(accepts(target("q_table"), R"({"autoscale_q_table": 1})"));
  CHECK_FALSE(accepts(target("records"), R"({"autoscale_records": 1})"));
}

TEST_CASE("fuzz targets tell recordings from what is none") {
  const std::string ucc = "Timestamp,NetworkMode,RSRP,DL_bitrate,State\n2019.12.16_10.00.0";
  CHECK(accepts(target("import_ucc"), ucc + "0,LTE,-90,1000,D\n"));
  CHECK_FALSE(accepts(target("import_ucc"), ucc + "0,5G,-90,1000,D\n"));
  CHECK_FALSE(accepts(target("import_ucc"), ucc));
  const std::string feup = "senderId,receiverId,systime,isInLap,rssiMean,nBytesReceived\nap2,m1,";
  CHECK(accepts(target("import_feup"), feup + "100,1.0,-60,1\n"));
  CHECK_FALSE(accepts(target("import_feup"), feup + "x,1.0,-60,1\n"));
  const std::string app =
      R"({"quantumSec":0.001,"windowQuantum":10,"coreNum":2,"windowedLoad":[[9,)";
  CHECK(accepts(target("import_wipe"), app + "10,20,0]]}"));
  CHECK_FALSE(accepts(target("import_wipe"), app + "-1,20,0]]}"));
  CHECK(accepts(target("import_mahimahi"), "0\n5\n9000\n;0\n12000\n"));
  CHECK_FALSE(accepts(target("import_mahimahi"), "0\n5\n9000\n"));
  CHECK(accepts(target("import_csv"), "t;level;down;run\n0;-60;1;a\n1;-61;-;a\n0;-62;3;b\n"));
  CHECK_FALSE(accepts(target("import_csv"), "t,level,down\n0,-60,1\n0,-61,2\n"));
}

TEST_CASE("inputs that once were findings are read or refused") {
  const fs::path folder = data().root() / "tests/fuzz/regressions";
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (!entry.is_directory()) continue;
    const FuzzTarget& reader = target(entry.path().filename().string());
    for (const auto& file : fs::directory_iterator(entry.path())) {
      INFO(file.path().string());
      CHECK_NOTHROW(accepts(reader, content(file.path())));
    }
  }
}

}  // namespace
}  // namespace autoscale::fuzz
