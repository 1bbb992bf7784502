// A scenario file to a Scenario, and back.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>

#include "sim/config/data_path.h"
#include "sim/config/json_access.h"
#include "sim/config/scenario.h"

namespace autoscale {

// Reads `file`, changed by `overrides` (each "POINTER=VALUE", see overrides.h). Policy
// configurations given by name are loaded; devices, networks and radios are not.
// Nothing is returned when there was a problem; `so_far`, when given, is then what could be read.
std::optional<Scenario> load_scenario(const std::filesystem::path& file,
                                      std::span<const std::string> overrides, const DataPath& data,
                                      Diagnostics& diagnostics, Scenario* so_far = nullptr);

// The same of a document that is loaded already; `file` is where it came from.
std::optional<Scenario> read_scenario(const Json& document, const std::string& file,
                                      const DataPath& data, Diagnostics& diagnostics,
                                      Scenario* so_far = nullptr);

// The same, throwing InputError with everything found.
Scenario load_scenario(const std::filesystem::path& file, std::span<const std::string> overrides,
                       const DataPath& data);

// All of it, defaults included, as JSON; reading this again gives the same scenario.
[[nodiscard]] std::string effective_json(const Scenario& scenario);

}  // namespace autoscale
