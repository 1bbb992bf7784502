// What a folder of a sweep says about itself: plan.json while it goes on, manifest.json when it is done.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "sim/report/file_digests.h"
#include "sim/sweep/plan.h"

namespace autoscale {

struct ProgramIdentity {
  std::string version;
  std::string commit;
  bool modified = false;
  std::string compiler;
  std::string build_type;
  std::string fnv1a64;  // of the executable file
};
[[nodiscard]] ProgramIdentity this_program();

struct SweepState {
  std::int64_t sweep_format = 1;
  ProgramIdentity program;
  std::uint64_t seed = 1;
  std::optional<Shard> shard;                  // of plan.json
  std::uint64_t points = 0;                    // of the shard
  std::optional<std::uint64_t> failed_points;  // of manifest.json
  std::vector<FileDigest> files;               // that its points rest on
  std::string sweep_json = "{}";               // with all defaults
};

[[nodiscard]] std::string state_json(const SweepState& state);
[[nodiscard]] std::optional<SweepState> read_state(const std::filesystem::path& file,
                                                   Diagnostics& diagnostics);

// The same of every file of `stored`, as they are now; those that are gone are left out.
[[nodiscard]] std::vector<FileDigest> digests_now(const SweepState& stored, const DataPath& data);

// Reports what is not as it was when a sweep began: the sweep, the program, the files. `what` is the folder
// or sweep that `now` does not belong to.
void report_changes(const SweepState& stored, const SweepState& now, const std::string& what,
                    Diagnostics& diagnostics);

// First line of the journal of this state.
[[nodiscard]] std::string journal_identity(const SweepState& state);

}  // namespace autoscale
