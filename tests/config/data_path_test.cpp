#include "sim/config/data_path.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "sim/config/load_model.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"

namespace autoscale {
namespace {

namespace fs = std::filesystem;

// A small data folder of its own.
class DataFolder {
 public:
  DataFolder() : root_(scratch_.path()) {
    fs::create_directories(root_ / "models/devices");
    fs::create_directories(root_ / "configs/radios");
    fs::create_directories(root_ / "scenarios/paper");
    for (const char* file : {"models/devices/mi8pro.json", "models/devices/moto.json",
                             "scenarios/paper/s1.json", "scenarios/README.md"}) {
      std::ofstream(root_ / file) << "{}";
    }
  }
  [[nodiscard]] const fs::path& root() const { return root_; }

 private:
  test::ScratchFolder scratch_;
  fs::path root_;
};

std::string resolve_error(const DataPath& data, DataKind kind, std::string_view name) {
  Diagnostics diagnostics;
  CHECK_FALSE(data.resolve(kind, name, Place{"s.json", "/device", &diagnostics}));
  return to_string(diagnostics.list().at(0));
}

TEST_CASE("names are files of the data folder") {
  const DataFolder folder;
  const DataPath data(folder.root());
  Diagnostics diagnostics;
  const Place place{"", "", &diagnostics};
  CHECK(data.available(DataKind::kDevice) == std::vector<std::string>{"mi8pro", "moto"});
  CHECK(data.available(DataKind::kScenario) == std::vector<std::string>{"paper/s1"});
  CHECK(data.available(DataKind::kNetwork).empty());
  CHECK(data.resolve(DataKind::kDevice, "moto", place) ==
        folder.root() / "models/devices/moto.json");
  CHECK(data.resolve(DataKind::kScenario, "paper/s1", place) ==
        folder.root() / "scenarios/paper/s1.json");
}

TEST_CASE("paths are relative to the file that mentions them") {
  const DataFolder folder;
  const DataPath data(folder.root());
  Diagnostics diagnostics;
  const Place place{(folder.root() / "scenarios/x.json").string(), "", &diagnostics};
  CHECK(data.resolve(DataKind::kDevice, "../models/devices/moto.json", place) ==
        folder.root() / "models/devices/moto.json");
}

TEST_CASE("unknown names") {
  const DataFolder folder;
  const DataPath data(folder.root());
  CHECK(
      resolve_error(data, DataKind::kDevice, "mi8") ==
      "s.json: /device: there is no device \"mi8\"; did you mean 'mi8pro'? devices: mi8pro, moto");
  CHECK(resolve_error(data, DataKind::kDevice, "pixel") ==
        "s.json: /device: there is no device \"pixel\"; devices: mi8pro, moto");
  CHECK(resolve_error(data, DataKind::kDevice, "./mi8pro") ==
        "s.json: /device: there is no file \"./mi8pro\"");
  CHECK(resolve_error(data, DataKind::kNetwork, "vgg") ==
        "s.json: /device: there is no network \"vgg\"; there are no networks in " +
            (folder.root() / "models/networks").string());
}

TEST_CASE("the folder that the user names is taken or refused") {
  const DataFolder folder;
  CHECK(DataPath::find(folder.root().string()).root() == folder.root());
  CHECK_THROWS_WITH(DataPath::find("/no/such"),
                    "--data: \"/no/such\" has no folders models/ and configs/");
  REQUIRE(setenv("AUTOSCALE_SIM_DATA", folder.root().c_str(), 1) == 0);
  CHECK(DataPath::find().root() == folder.root());
  REQUIRE(setenv("AUTOSCALE_SIM_DATA", "/no/such", 1) == 0);
  CHECK_THROWS_WITH(DataPath::find(),
                    "AUTOSCALE_SIM_DATA: \"/no/such\" has no folders models/ and configs/");
  REQUIRE(unsetenv("AUTOSCALE_SIM_DATA") == 0);
  CHECK(fs::exists(DataPath::find().root() / "models"));
}

TEST_CASE("loading by an unknown name throws what is wrong") {
  const DataFolder folder;
  CHECK_THROWS_AS(load_device(DataPath(folder.root()), "mi8"), InputError);
}

}  // namespace
}  // namespace autoscale
