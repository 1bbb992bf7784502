#include "sim/report/manifest.h"

#include "sim/base/version.h"
#include "sim/config/json_access.h"
#include "sim/config/load_scenario.h"
#include "sim/experiment/load_world.h"
#include "sim/report/file_digests.h"

namespace autoscale {

void describe_program(Json& object) {
  set_text(add_member(object, "program"), "autoscale-sim");
  set_text(add_member(object, "version"), kVersion);
  set_text(add_member(object, "commit"), kGitCommit);
  set_bool(add_member(object, "modified"), kGitModified);
  set_text(add_member(object, "compiler"), kCompiler);
  set_text(add_member(object, "build_type"), kBuildType);
}

std::string manifest_json(const World& world, const DataPath& data, const RunDescription& run) {
  JsonDocument document;
  Json& root = document.root();
  set_object(root);
  describe_program(root);
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
  write_digests(add_member(root, "files"), file_digests(files_of(world.scenario, data), data));
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
