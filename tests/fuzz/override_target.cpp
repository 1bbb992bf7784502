// The text of one --set option, applied to scenarios/quickstart.json.
#include <string>

#include "sim/config/load_scenario.h"
#include "tests/fuzz/targets.h"
#include "tests/fuzz/try_world.h"

namespace autoscale::fuzz {
namespace {

void read(std::string_view bytes) {
  const std::string option(bytes.substr(0, bytes.find('\0')));  // as a shell passes it
  const Scenario scenario =
      load_scenario(data().root() / "scenarios/quickstart.json", {&option, 1}, data());
  expect(!effective_json(scenario).empty(), "a scenario can be printed");
  try_scenario(scenario);
}

const RegisterTarget registered{"override", read};

}  // namespace
}  // namespace autoscale::fuzz
