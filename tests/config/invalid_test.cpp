// The invalid corpus: every tests/config/invalid/NAME.json is refused with exactly the lines of
// NAME.txt. The first word of NAME says what the file is read as. To write the .txt of a new file,
// run this test with AUTOSCALE_UPDATE_EXPECTED=1 and read what it wrote.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "sim/config/load_model.h"
#include "sim/config/load_scenario.h"
#include "tests/support/catch.h"

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

// As printed, with the folder left out.
std::string printed(const Diagnostics& diagnostics, const fs::path& folder) {
  std::string text;
  for (const Diagnostic& d : diagnostics.list()) text += to_string(d) + "\n";
  const std::string prefix = folder.string() + "/";
  for (std::size_t at = text.find(prefix); at != std::string::npos; at = text.find(prefix)) {
    text.erase(at, prefix.size());
  }
  return text;
}

std::string content(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return (std::ostringstream() << stream.rdbuf()).str();
}

TEST_CASE("invalid files are refused with their message") {
  const fs::path folder = fs::path(AUTOSCALE_SOURCE_DIR) / "tests/config/invalid";
  const bool update = std::getenv("AUTOSCALE_UPDATE_EXPECTED") != nullptr;
  int files = 0;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() != ".json") continue;
    ++files;
    const std::string found = printed(problems_of(entry.path()), folder);
    const fs::path sidecar = fs::path(entry.path()).replace_extension(".txt");
    if (update) std::ofstream(sidecar, std::ios::binary) << found;
    INFO(entry.path().filename().string());
    CHECK_FALSE(found.empty());
    CHECK(found == content(sidecar));
  }
  CHECK(files >= 30);
}

}  // namespace
}  // namespace autoscale
