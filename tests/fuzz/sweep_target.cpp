// Sweep files: what is accepted can be planned, read back, and its points described.
#include <string>
#include <utility>

#include "sim/sweep/plan.h"
#include "tests/fuzz/targets.h"

namespace autoscale::fuzz {
namespace {

void read(std::string_view bytes) {
  const auto file = file_with("sweep.json", bytes);
  Diagnostics problems;
  std::optional<SweepSpec> sweep = load_sweep(file.string(), {}, data(), problems);
  problems.throw_if_any();
  const std::string text = effective_json(*sweep);
  std::optional<SweepSpec> again =
      load_sweep(file_with("again.json", text).string(), {}, data(), problems);
  problems.throw_if_any();
  expect(effective_json(*again) == text, "a sweep that was written reads back");
  const SweepPlan plan(std::move(*sweep));
  for (const std::uint64_t number : {std::uint64_t{0}, plan.combinations() - 1}) {
    const Point point = plan.point(number);
    expect(!describe_point(plan, point).empty(), "points can be described");
    const std::uint32_t shard = plan.shard_of(point, 3);
    expect(shard >= 1 && shard <= 3, "a point has a shard");
    static_cast<void>(plan.is_excluded(point));
  }
}

const RegisterTarget registered{"sweep", read};

}  // namespace
}  // namespace autoscale::fuzz
