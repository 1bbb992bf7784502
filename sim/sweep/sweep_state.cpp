#include "sim/sweep/sweep_state.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "sim/base/digest.h"
#include "sim/base/version.h"
#include "sim/config/json_file.h"
#include "sim/config/reader.h"
#include "sim/config/writer.h"

namespace autoscale {
namespace {

constexpr std::int64_t kFormat = 1;
constexpr const char* kWayOut =
    "finish it with what it began with, or begin anew in another folder";

std::string digest_of_program() {
  std::ifstream file("/proc/self/exe", std::ios::binary);
  std::string part(std::size_t{1} << 20, '\0');
  std::uint64_t digest = kFnvOffset;
  while (file) {
    file.read(part.data(), static_cast<std::streamsize>(part.size()));
    digest =
        fnv1a64(std::string_view(part).substr(0, static_cast<std::size_t>(file.gcount())), digest);
  }
  return fmt::format("{:016x}", digest);
}

// Where two sweeps differ, as JSON pointers.
std::string differences(const std::string& a, const std::string& b) {
  constexpr std::size_t kMost = 5;
  std::vector<std::string> pointers;
  for (const auto& change :
       nlohmann::json::diff(nlohmann::json::parse(a), nlohmann::json::parse(b)))
    pointers.push_back(change["path"].get<std::string>());
  const std::size_t left = pointers.size() > kMost ? pointers.size() - kMost : 0;
  if (left > 0) pointers.resize(kMost);
  return fmt::format("{}{}", fmt::join(pointers, ", "),
                     left > 0 ? fmt::format(" and {} more", left) : "");
}

void report_files(const SweepState& stored, const SweepState& now, Diagnostics& diagnostics) {
  for (const FileDigest& file : stored.files) {
    const auto same = std::ranges::find(now.files, file.file, &FileDigest::file);
    if (same != now.files.end() && *same == file) continue;
    diagnostics.add({file.file, "",
                     same == now.files.end() ? "is gone since the sweep began"
                                             : "has changed since the sweep began",
                     kWayOut});
  }
}

}  // namespace

template <class Visitor>
void describe(ProgramIdentity& self, Visitor& field) {
  field(self.version, {.key = "version", .doc = "Of the program.", .required = true});
  field(self.commit, {.key = "commit", .doc = "It was built from.", .required = true});
  field(self.modified, {.key = "modified", .doc = "Since that commit.", .required = true});
  field(self.compiler, {.key = "compiler", .doc = "Its compiler.", .required = true});
  field(self.build_type, {.key = "build_type", .doc = "Its build type.", .required = true});
  field(self.fnv1a64, {.key = "fnv1a64", .doc = "Digest of its file.", .required = true});
}

template <class Visitor>
void describe(Shard& self, Visitor& field) {
  field(self.index, {.key = "index", .doc = "Which, from 1.", .min = 1, .required = true});
  field(self.count, {.key = "count", .doc = "Of how many.", .min = 1, .required = true});
}

template <class Visitor>
void describe(FileDigest& self, Visitor& field) {
  field(self.file, {.key = "file", .doc = "Its name.", .required = true});
  field(self.bytes, {.key = "bytes", .doc = "Its size.", .required = true});
  field(self.fnv1a64, {.key = "fnv1a64", .doc = "Its digest.", .required = true});
}

template <class Visitor>
void describe(SweepState& self, Visitor& field) {
  field(self.sweep_format, {.key = "sweep_format",
                            .doc = "Version of this file.",
                            .min = kFormat,
                            .max = kFormat,
                            .required = true});
  field(self.program, {.key = "program", .doc = "That simulates.", .required = true});
  field(self.seed, {.key = "seed", .doc = "Of all random streams.", .required = true});
  field(self.shard, {.key = "shard", .doc = "Of an unfinished sweep."});
  field(self.points, {.key = "points", .doc = "How many.", .required = true});
  field(self.failed_points, {.key = "failed_points", .doc = "Of a finished sweep."});
  field(self.files, {.key = "files", .doc = "That were read.", .required = true});
  JsonText sweep{.text = self.sweep_json};
  field(sweep, {.key = "sweep", .doc = "With all defaults.", .required = true});
}

ProgramIdentity this_program() {
  static const std::string digest = digest_of_program();
  return {std::string(kVersion),  std::string(kGitCommit), kGitModified,
          std::string(kCompiler), std::string(kBuildType), digest};
}

std::string state_json(const SweepState& state) { return json_text(state) + '\n'; }

std::optional<SweepState> read_state(const std::filesystem::path& file, Diagnostics& diagnostics) {
  const std::size_t before = diagnostics.list().size();
  const auto document = load_json_file(file, diagnostics);
  if (!document) return std::nullopt;
  if (!is_object(document->root()) || find_member(document->root(), "sweep_format") == nullptr) {
    diagnostics.add({file.string(), "", "is not of a sweep", "choose another folder"});
    return std::nullopt;
  }
  SweepState state;
  read_json(document->root(), state, Place{file.string(), "", &diagnostics});
  if (diagnostics.list().size() != before) return std::nullopt;
  return state;
}

std::vector<FileDigest> digests_now(const SweepState& stored, const DataPath& data) {
  std::vector<std::filesystem::path> paths;
  for (const FileDigest& file : stored.files) paths.push_back(path_of(file, data));
  return file_digests(paths, data);
}

void report_changes(const SweepState& stored, const SweepState& now, const std::string& what,
                    Diagnostics& diagnostics) {
  const auto canonical = [](const std::string& text) { return nlohmann::json::parse(text).dump(); };
  if (canonical(stored.sweep_json) != canonical(now.sweep_json)) {
    diagnostics.add({what, "",
                     fmt::format("is of another sweep; they differ in {}",
                                 differences(stored.sweep_json, now.sweep_json)),
                     kWayOut});
  }
  if (stored.program.fnv1a64 != now.program.fnv1a64) {
    diagnostics.add(
        {what, "",
         fmt::format("was begun by another program: version {}, commit {}, {}, {} build, "
                     "digest {}; this one is version {}, commit {}, {}, {} build, digest {}",
                     stored.program.version, stored.program.commit, stored.program.compiler,
                     stored.program.build_type, stored.program.fnv1a64, now.program.version,
                     now.program.commit, now.program.compiler, now.program.build_type,
                     now.program.fnv1a64),
         kWayOut});
  }
  if (stored.seed != now.seed) {
    diagnostics.add({what, "", fmt::format("has seed {}, not {}", stored.seed, now.seed), kWayOut});
  }
  report_files(stored, now, diagnostics);
}

std::string journal_identity(const SweepState& state) {
  return fmt::format("autoscale-sim journal {} {}", kFormat, hex_digest(state_json(state)));
}

}  // namespace autoscale
