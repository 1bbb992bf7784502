// A radio profile, tried in place of both radios of scenarios/quickstart.json.
#include <utility>

#include "sim/config/load_model.h"
#include "tests/fuzz/targets.h"
#include "tests/fuzz/try_world.h"

namespace autoscale::fuzz {
namespace {

void read(std::string_view bytes) {
  const RadioProfile radio = load_radio(data(), file_with("radio.json", bytes).string());
  for (const LinkId link : {LinkId::kWifi, LinkId::kWifiDirect}) {
    ScenarioInputs inputs = quickstart_inputs();
    inputs.radios[static_cast<std::size_t>(link)] = radio;
    try_inputs(std::move(inputs));
  }
}

const RegisterTarget registered{"radio", read};

}  // namespace
}  // namespace autoscale::fuzz
