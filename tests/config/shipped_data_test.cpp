// Every profile and scenario in the repository loads, and is named like its file.
#include <string>

#include "sim/config/figures.h"
#include "sim/config/load_model.h"
#include "sim/config/load_scenario.h"
#include "tests/support/catch.h"

namespace autoscale {
namespace {

const DataPath kData{AUTOSCALE_SOURCE_DIR};

template <class Profile, class Load>
void check_all(DataKind kind, Load load) {
  const std::vector<std::string> names = kData.available(kind);
  REQUIRE_FALSE(names.empty());
  for (const std::string& name : names) {
    INFO(name);
    Diagnostics diagnostics;
    const std::optional<Profile> profile = load(kData, name, Place{"", "", &diagnostics});
    for (const Diagnostic& d : diagnostics.list()) UNSCOPED_INFO(to_string(d));
    REQUIRE(profile);
    CHECK(profile->name == name);
    const std::vector<SourcedFigure> figures = sourced_figures(*profile);
    CHECK_FALSE(figures.empty());
    for (const SourcedFigure& figure : figures) CHECK_FALSE(figure.source.empty());
  }
}

TEST_CASE("all networks load") {
  check_all<Network>(DataKind::kNetwork, [](auto&&... args) { return load_network(args...); });
}

TEST_CASE("all devices load") {
  check_all<DeviceProfile>(DataKind::kDevice, [](auto&&... args) { return load_device(args...); });
}

TEST_CASE("all radios load") {
  check_all<RadioProfile>(DataKind::kRadio, [](auto&&... args) { return load_radio(args...); });
}

TEST_CASE("all scenarios load, and their effective configuration is stable") {
  for (const std::string& name : kData.available(DataKind::kScenario)) {
    INFO(name);
    Diagnostics diagnostics;
    const auto path = kData.resolve(DataKind::kScenario, name, Place{"", "", &diagnostics});
    REQUIRE(path);
    const auto scenario = load_scenario(*path, {}, kData, diagnostics);
    for (const Diagnostic& d : diagnostics.list()) UNSCOPED_INFO(to_string(d));
    REQUIRE(scenario);
  }
}

}  // namespace
}  // namespace autoscale
