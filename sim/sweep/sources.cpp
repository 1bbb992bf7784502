#include "sim/sweep/sources.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "sim/config/json_file.h"
#include "sim/config/load_scenario.h"
#include "sim/config/overrides.h"
#include "sim/experiment/experiment.h"
#include "sim/experiment/policy_selection.h"

namespace autoscale {
namespace {

void add_all(const InputError& error, Diagnostics& diagnostics) {
  for (const Diagnostic& d : error.diagnostics()) diagnostics.add(d);
}

// A saved table or sample that a policy's configuration names.
void add_loaded_file(std::string_view config_json, std::set<std::filesystem::path>& files) {
  const Json config = Json::parse(config_json, nullptr, false);
  if (!config.is_object() || !config.contains("load") || !config["load"].is_string()) return;
  const auto name = config["load"].get<std::string>();
  if (!name.empty()) files.insert(name);
}

std::uint64_t seed_of(const Json& scenario) {
  const Json* seed = find_member(scenario, "seed");
  return seed != nullptr && seed->is_number_unsigned() ? seed->get<std::uint64_t>()
                                                       : Scenario{}.seed;
}

}  // namespace

SweepSources::SweepSources(const SweepPlan& plan, const DataPath& data, Diagnostics& diagnostics)
    : plan_(plan), store_(data) {
  const SweepSpec& sweep = plan.spec();
  const Place root{sweep.file, "", &diagnostics};
  for (std::size_t s = 0; s < sweep.scenarios.size(); ++s) {
    documents_.emplace_back();
    scenario_files_.emplace_back();
    const auto file =
        data.resolve(DataKind::kScenario, sweep.scenarios[s], root.child("scenarios").child(s));
    if (!file) continue;
    scenario_files_[s] = file->string();
    files_.insert(*file);
    std::optional<JsonDocument> document = load_json_file(*file, diagnostics);
    if (!document) continue;
    documents_[s] = std::move(*document);
    for (const auto& [pointer, value] : sweep.set) {
      JsonDocument parsed;
      set_parsed(parsed.root(), value.text);
      static_cast<void>(set_at(documents_[s].root(), pointer, parsed.root(),
                               Place{scenario_files_[s], "", &diagnostics}));
    }
  }
}

std::uint64_t SweepSources::seed(Diagnostics& diagnostics) const {
  if (plan_.spec().seed) return *plan_.spec().seed;
  const std::uint64_t first = seed_of(documents_.front().root());
  for (std::size_t s = 1; s < documents_.size(); ++s) {
    const std::uint64_t other = seed_of(documents_[s].root());
    if (other == first) continue;
    Place{plan_.spec().file, "/scenarios", &diagnostics}.child(s).error(
        fmt::format("has seed {}, but the first scenario has {}", other, first),
        "give the sweep a \"seed\"");
  }
  return first;
}

std::unique_ptr<const World> SweepSources::world(const Point& point, Policies policies,
                                                 Diagnostics& diagnostics) {
  Diagnostics found;
  std::unique_ptr<const World> world = build(point, policies, found);
  if (found.empty()) return world;
  blame(found, point, diagnostics);
  return nullptr;
}

std::unique_ptr<const World> SweepSources::build(const Point& point, Policies policies,
                                                 Diagnostics& found) {
  const SweepSpec& sweep = plan_.spec();
  const std::string& file = scenario_files_[point.scenario];
  Json document = documents_[point.scenario].root();
  for (std::size_t c = 0; c < plan_.columns().size(); ++c) {
    const Column& column = plan_.columns()[c];
    static_cast<void>(set_at(document, column.pointer, Json::parse(point.values[c]),
                             Place{sweep.file, "", &found}));
  }
  if (!found.empty()) return nullptr;
  Scenario so_far;
  std::optional<Scenario> scenario = read_scenario(document, file, store_.data(), found, &so_far);
  if (!scenario) {
    check_partly_read(std::move(so_far), sweep.policies, store_, found);
    return nullptr;
  }
  if (sweep.seed) scenario->seed = *sweep.seed;
  if (sweep.replications) scenario->replications = *sweep.replications;
  if (!sweep.policies.empty()) {
    select_policies(*scenario, sweep.policies, [&](std::size_t p) {
      return Place{sweep.file, "/policies", &found}.child(p);
    });
  }
  if (scenario->policies.empty()) {
    found.add({sweep.file, "/policies", fmt::format("scenario '{}' has none", scenario->name),
               "name those that run"});
  }
  if (!found.empty()) return nullptr;
  remember_files(*scenario);
  std::unique_ptr<const World> world;
  try {
    world = load_world(std::move(*scenario), store_);
  } catch (const InputError& error) {
    add_all(error, found);
    return nullptr;
  }
  if (policies == Policies::kCheck) check_policies(*world, file, found);
  return world;
}

void SweepSources::remember_files(const Scenario& scenario) {
  const std::scoped_lock lock(mutex_);
  add_loaded_file(scenario.policy_config_json, files_);
  for (const PolicySpec& policy : scenario.policies) {
    if (!policy.config_file.empty()) files_.insert(policy.config_file);
    add_loaded_file(policy.config_json, files_);
  }
}

void SweepSources::blame(const Diagnostics& found, const Point& point,
                         Diagnostics& diagnostics) const {
  const std::string& file = scenario_files_[point.scenario];
  const auto is_below = [](const std::string& pointer, const std::string& outer) {
    return pointer == outer || pointer.starts_with(outer + "/");
  };
  for (Diagnostic d : found.list()) {
    std::string place;
    for (const Column& column : plan_.columns())
      if (is_below(d.pointer, column.pointer)) place = column.place;
    for (const auto& [pointer, value] : plan_.spec().set)
      if (is_below(d.pointer, pointer)) place = "/set/" + escape_pointer(pointer);
    if (!place.empty() && (d.file == file || d.file == plan_.spec().file)) {
      d.message = fmt::format("{} of scenario {}: {}", d.pointer,
                              plan_.spec().scenarios[point.scenario], d.message);
      d.file = plan_.spec().file;
      d.pointer = place;
    }
    diagnostics.add(std::move(d));
  }
}

std::vector<std::filesystem::path> SweepSources::files() const {
  std::set<std::filesystem::path> all;
  {
    const std::scoped_lock lock(mutex_);
    all = files_;
  }
  for (const std::filesystem::path& file : store_.files()) all.insert(file);
  return {all.begin(), all.end()};
}

}  // namespace autoscale
