// A network, tried in place of the first one of scenarios/quickstart.json.
#include <utility>

#include "sim/config/load_model.h"
#include "tests/fuzz/targets.h"
#include "tests/fuzz/try_world.h"

namespace autoscale::fuzz {
namespace {

void read(std::string_view bytes) {
  ScenarioInputs inputs = quickstart_inputs();
  inputs.networks.front() = load_network(data(), file_with("network.json", bytes).string());
  try_inputs(std::move(inputs));
}

const RegisterTarget registered{"network", read};

}  // namespace
}  // namespace autoscale::fuzz
