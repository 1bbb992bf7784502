// From a scenario to a world: loads the files it names, each once, checks that they fit their part,
// and builds the world.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "sim/config/data_path.h"
#include "sim/engine/world.h"

namespace autoscale {

// Throws InputError with the problems of all files together; those of the whole come after that.
std::unique_ptr<const World> load_world(Scenario scenario, const DataPath& data);

// The files that the scenario rests on: itself, policy configurations, devices, radios, networks;
// each once, in this order. Names that stand for no file are left out.
std::vector<std::filesystem::path> files_of(const Scenario& scenario, const DataPath& data);

}  // namespace autoscale
