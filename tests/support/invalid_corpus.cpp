#include "tests/support/invalid_corpus.h"

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "tests/support/catch.h"

namespace autoscale::test {
namespace {

namespace fs = std::filesystem;

// As printed, with the folders left out.
std::string printed(const Diagnostics& diagnostics, const fs::path& folder) {
  std::string text;
  for (const Diagnostic& d : diagnostics.list()) text += to_string(d) + "\n";
  for (const std::string& prefix :
       {folder.string() + "/", AUTOSCALE_SOURCE_DIR + std::string("/")}) {
    for (std::size_t at = text.find(prefix); at != std::string::npos; at = text.find(prefix))
      text.erase(at, prefix.size());
  }
  return text;
}

}  // namespace

void check_invalid_corpus(const std::string& below, int least,
                          Diagnostics (*problems_of)(const fs::path& file)) {
  const fs::path folder = fs::path(AUTOSCALE_SOURCE_DIR) / below;
  const bool update = std::getenv("AUTOSCALE_UPDATE_EXPECTED") != nullptr;
  int files = 0;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() != ".json") continue;
    ++files;
    const std::string found = printed(problems_of(entry.path()), folder);
    const fs::path sidecar = fs::path(entry.path()).replace_extension(".txt");
    if (update) std::ofstream(sidecar, std::ios::binary) << found;
    std::ifstream expected(sidecar, std::ios::binary);
    INFO(entry.path().filename().string());
    CHECK_FALSE(found.empty());
    CHECK(found == std::string(std::istreambuf_iterator<char>(expected), {}));
  }
  CHECK(files >= least);
}

}  // namespace autoscale::test
