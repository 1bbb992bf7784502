// Loading profiles by name, with everything that can be checked about them.
#pragma once

#include <filesystem>
#include <optional>
#include <string_view>

#include "sim/config/data_path.h"
#include "sim/model/device.h"
#include "sim/model/network.h"
#include "sim/model/radio.h"

namespace autoscale {

// `named_at` is where the name stands (file, pointer), for "there is no device ..."; it also brings
// the Diagnostics that all problems go to. Nothing is returned when there was one.
std::optional<Network> load_network(const DataPath& data, std::string_view name,
                                    const Place& named_at);
std::optional<DeviceProfile> load_device(const DataPath& data, std::string_view name,
                                         const Place& named_at);
std::optional<RadioProfile> load_radio(const DataPath& data, std::string_view name,
                                       const Place& named_at);

// The same, throwing InputError.
Network load_network(const DataPath& data, std::string_view name);
DeviceProfile load_device(const DataPath& data, std::string_view name);
RadioProfile load_radio(const DataPath& data, std::string_view name);

}  // namespace autoscale
