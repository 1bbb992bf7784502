#include "sim/report/manifest.h"

#include <algorithm>
#include <filesystem>
#include <string_view>

#include <fmt/format.h>

#include "sim/base/version.h"
#include "sim/config/json_file.h"
#include "sim/config/load_scenario.h"
#include "sim/experiment/load_world.h"

namespace autoscale {
namespace {

// FNV-1a, 64 bits: tells whether a file has changed, not whether somebody meant harm.
std::uint64_t fnv1a64(std::string_view bytes) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  return hash;
}

// Data files by their name below the data folder, so that manifests of two machines agree.
std::string shown_name(const std::filesystem::path& file, const DataPath& data) {
  const std::filesystem::path relative = file.lexically_relative(data.root());
  const bool inside = !relative.empty() && !relative.native().starts_with("..");
  return (inside ? relative : file).generic_string();
}

void add_files(Json& list, const World& world, const DataPath& data) {
  set_array(list);
  for (const std::filesystem::path& file : files_of(world.scenario, data)) {
    Diagnostics ignored;
    const auto content = read_text_file(file, ignored);
    if (!content) continue;
    Json& entry = append(list);
    set_object(entry);
    set_text(add_member(entry, "file"), shown_name(file, data));
    set(add_member(entry, "bytes"), std::uint64_t{content->size()});
    set_text(add_member(entry, "fnv1a64"), fmt::format("{:016x}", fnv1a64(*content)));
  }
}

}  // namespace

std::string manifest_json(const World& world, const DataPath& data, const RunDescription& run) {
  JsonDocument document;
  Json& root = document.root();
  set_object(root);
  set_text(add_member(root, "program"), "autoscale-sim");
  set_text(add_member(root, "version"), kVersion);
  set_text(add_member(root, "commit"), kGitCommit);
  set_bool(add_member(root, "modified"), kGitModified);
  set_text(add_member(root, "compiler"), kCompiler);
  set_text(add_member(root, "build_type"), kBuildType);
  Json& command = add_member(root, "command");
  set_array(command);
  for (const std::string& word : run.command) set_text(append(command), word);
  const bool frozen = run.evaluation == Evaluation::kFrozen;
  set_text(add_member(root, "evaluation"), frozen ? "frozen" : "online");
  set(add_member(root, "seed"), world.scenario.seed);
  const auto finished = static_cast<std::int64_t>(run.finished_replications);
  set_bool(add_member(root, "complete"), finished == world.scenario.replications);
  set(add_member(root, "replications"), world.scenario.replications);
  set(add_member(root, "finished_replications"), finished);
  add_files(add_member(root, "files"), world, data);
  set_parsed(add_member(root, "scenario"), effective_json(world.scenario));
  return dump(root) + '\n';
}

std::string timing_json(const ExperimentResult& result, const RunDescription& run) {
  JsonDocument document;
  Json& root = document.root();
  set_object(root);
  set(add_member(root, "wall_seconds"), result.wall_seconds);
  set(add_member(root, "jobs"), std::uint64_t{run.jobs});
  Json& policies = add_member(root, "policies");
  set_array(policies);
  for (const PolicyResult& policy : result.policies) {
    double seconds = 0.0;
    std::uint64_t events = 0;
    for (const PolicyRun& r : policy.runs) {
      seconds += r.wall_seconds;
      events += r.result.events;
    }
    Json& entry = append(policies);
    set_object(entry);
    set_text(add_member(entry, "name"), policy.name);
    set(add_member(entry, "wall_seconds"), seconds);
    set(add_member(entry, "events"), events);
    if (policy.runs.empty()) continue;
    set(add_member(entry, "decision_ns"), policy.runs.front().decision_ns);
    set(add_member(entry, "update_ns"), policy.runs.front().update_ns);
    set(add_member(entry, "training_inferences"), policy.runs.front().training.inferences);
  }
  return dump(root) + '\n';
}

}  // namespace autoscale
