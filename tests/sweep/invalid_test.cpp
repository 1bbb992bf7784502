// The invalid corpus of sweeps: every tests/sweep/invalid/NAME.json is refused with exactly the lines of
// NAME.txt. To write the .txt of a new file, run this test with AUTOSCALE_UPDATE_EXPECTED=1 and read
// what it wrote.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "sim/sweep/validation.h"
#include "tests/sweep/small_sweep.h"

namespace autoscale {
namespace {

namespace fs = std::filesystem;

Diagnostics problems_of(const fs::path& file) {
  Diagnostics problems;
  std::optional<SweepSpec> sweep = load_sweep(file.string(), {}, test::shipped_data(), problems);
  if (!sweep) return problems;
  const SweepPlan plan(std::move(*sweep));
  SweepSources sources(plan, test::shipped_data(), problems);
  if (!problems.empty()) return problems;
  const std::atomic<bool> stop{false};
  static_cast<void>(validate_points(plan, Shard{}, sources, 1, stop, nullptr, problems));
  return problems;
}

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

TEST_CASE("invalid sweeps are refused with their message") {
  const fs::path folder = fs::path(AUTOSCALE_SOURCE_DIR) / "tests/sweep/invalid";
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
  CHECK(files >= 20);
}

}  // namespace
}  // namespace autoscale
