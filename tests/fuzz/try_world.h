// From a scenario that was read to results, in a few milliseconds: what is not the reader's is cut short.
#pragma once

#include "sim/config/scenario.h"
#include "sim/engine/world.h"

namespace autoscale::fuzz {

// scenarios/quickstart.json without its training, and the files it names, each read once.
[[nodiscard]] const Scenario& quickstart();
[[nodiscard]] const ScenarioInputs& quickstart_inputs();

// Checks the policies as `check` does, lets each (three at most) decide about three requests of each
// workload while it learns and as it is judged, and writes the results in every format. Throws InputError.
void try_world(const World& world);

// The same of quickstart with other inputs.
void try_inputs(ScenarioInputs inputs);

// The same of a scenario, whose files are kept where it names shipped ones.
void try_scenario(const Scenario& scenario);

}  // namespace autoscale::fuzz
