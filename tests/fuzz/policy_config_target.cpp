// A policy configuration (configs/policies), read by every registered policy as a file that a scenario
// names and as the scenario's own "/policy" object.
#include <string>
#include <utility>
#include <vector>

#include "sim/config/load_scenario.h"
#include "sim/experiment/load_world.h"
#include "sim/policies/registry.h"
#include "tests/fuzz/targets.h"
#include "tests/fuzz/try_world.h"

namespace autoscale::fuzz {
namespace {

const World& world() {
  static const std::unique_ptr<const World> built = load_world(quickstart(), data());
  return *built;
}

void read_by(const PolicyEntry& entry, const std::string& file) {
  const std::string option =
      "/policies=[{\"policy\": \"" + entry.name + "\", \"config\": \"" + file + "\"}]";
  Scenario scenario =
      load_scenario(data().root() / "scenarios/quickstart.json", {&option, 1}, data());
  expect(!effective_json(scenario).empty(), "a scenario can be printed");
  scenario.training.reset();
  try_world(*build_world(std::move(scenario), world().inputs, "quickstart.json"));
}

// Refused when every learner refuses it: each has keys of its own.
void read(std::string_view bytes) {
  const auto file = file_with("config.json", bytes);
  std::size_t accepted = 0;
  std::vector<Diagnostic> refusals;
  for (const PolicyEntry& entry : registered_policies()) {
    if (!entry.is_learner()) continue;
    try {
      read_by(entry, file.string());
      ++accepted;
    } catch (const InputError& error) {
      refusals.assign(error.diagnostics().begin(), error.diagnostics().end());
    }
  }
  if (accepted == 0) throw InputError(std::move(refusals));
}

const RegisterTarget registered{"policy_config", read};

}  // namespace
}  // namespace autoscale::fuzz
