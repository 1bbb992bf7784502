// JSON Schemas of the files that the simulator reads; their descriptions are the field reference.
#pragma once

#include <string>

namespace autoscale {

[[nodiscard]] std::string scenario_schema();
[[nodiscard]] std::string device_schema();
[[nodiscard]] std::string network_schema();
[[nodiscard]] std::string radio_schema();

}  // namespace autoscale
