// A saved table, written again and then loaded by policy `autoscale`: as it is, and carried over from
// another device.
#include <sstream>
#include <string>

#include <fmt/format.h>

#include "sim/experiment/load_world.h"
#include "sim/policies/q_file.h"
#include "tests/fuzz/targets.h"
#include "tests/fuzz/try_world.h"

namespace autoscale::fuzz {
namespace {

std::string written(const SavedLearner& saved) {
  std::ostringstream text;
  write(saved, text);
  return text.str();
}

void load(const std::filesystem::path& file, const SavedLearner& saved, bool transfer) {
  Scenario scenario = quickstart();
  PolicySpec spec = scenario.policies.front();
  if (saved.update != UpdateKind::kQLearning) spec.policy = to_string(saved.update);
  spec.config_json = fmt::format(
      R"({{"load": "{}", "transfer": {}, "reward": "{}", "layer_counts": "{}", "tables": "{}"}})",
      file.string(), transfer, to_string(saved.reward), to_string(saved.layer_counts),
      to_string(saved.tables));
  scenario.policies = {spec};
  try_world(*build_world(std::move(scenario), quickstart_inputs(), "quickstart.json"));
}

void read(std::string_view bytes) {
  const auto file = file_with("table.json", bytes);
  const SavedLearner saved = read_q_file(file.string());
  const std::string text = written(saved);
  expect(written(parse_q_file(text, "written")) == text, "a table that was written reads back");
  load(file, saved, true);
  load(file, saved, false);
}

const RegisterTarget registered{"q_table", read};

}  // namespace
}  // namespace autoscale::fuzz
