// Shards of a sweep to the results of the whole.
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "sim/sweep/sweep_folder.h"

namespace autoscale {

struct Merged {
  std::uint64_t points = 0;
  std::uint64_t failed = 0;
};

// Checks that the folders are the shards of one sweep, each complete, none missing or twice, and writes to
// `out` the bytes that one process would have written. Throws InputError with everything that is wrong; the
// shards stay as they are.
Merged merge_shards(const std::vector<std::filesystem::path>& shards, const SweepFolder& out);

}  // namespace autoscale
