// The invalid corpus of sweeps: every tests/sweep/invalid/NAME.json is refused with exactly the lines of
// NAME.txt. To write the .txt of a new file, run this test with AUTOSCALE_UPDATE_EXPECTED=1 and read
// what it wrote.
#include <filesystem>

#include "sim/sweep/validation.h"
#include "tests/support/invalid_corpus.h"
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

TEST_CASE("invalid sweeps are refused with their message") {
  test::check_invalid_corpus("tests/sweep/invalid", 20, problems_of);
}

}  // namespace
}  // namespace autoscale
