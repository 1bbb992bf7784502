// The invalid corpus: every tests/config/invalid/NAME.json is refused with exactly the lines of
// NAME.txt. The first word of NAME says what the file is read as. To write the .txt of a new file,
// run this test with AUTOSCALE_UPDATE_EXPECTED=1 and read what it wrote.
#include <filesystem>
#include <string>

#include "sim/config/load_model.h"
#include "sim/config/load_scenario.h"
#include "tests/support/catch.h"
#include "tests/support/invalid_corpus.h"

namespace autoscale {
namespace {

namespace fs = std::filesystem;

const DataPath kData{AUTOSCALE_SOURCE_DIR};

Diagnostics problems_of(const fs::path& file) {
  Diagnostics diagnostics;
  const Place nowhere{"", "", &diagnostics};
  const std::string name = file.filename().string();
  if (name.starts_with("network_")) {
    load_network(kData, file.string(), nowhere);
  } else if (name.starts_with("device_")) {
    load_device(kData, file.string(), nowhere);
  } else if (name.starts_with("radio_")) {
    load_radio(kData, file.string(), nowhere);
  } else {
    load_scenario(file, {}, kData, diagnostics);
  }
  return diagnostics;
}

TEST_CASE("invalid files are refused with their message") {
  test::check_invalid_corpus("tests/config/invalid", 30, problems_of);
}

}  // namespace
}  // namespace autoscale
