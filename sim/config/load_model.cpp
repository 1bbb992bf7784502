#include "sim/config/load_model.h"

#include <utility>

#include "sim/config/device_fields.h"
#include "sim/config/json_file.h"
#include "sim/config/network_fields.h"
#include "sim/config/radio_fields.h"
#include "sim/config/reader.h"

namespace autoscale {
namespace {

template <class T>
std::optional<T> load(const DataPath& data, DataKind kind, std::string_view name,
                      const Place& named_at) {
  const std::size_t errors_before = named_at.errors();
  const auto path = data.resolve(kind, name, named_at);
  if (!path) return std::nullopt;
  const std::optional<JsonDocument> document = load_json_file(*path, *named_at.diagnostics);
  if (!document) return std::nullopt;
  T profile;
  read_json(document->root(), profile, Place{path->string(), "", named_at.diagnostics});
  if (named_at.errors() != errors_before) return std::nullopt;
  return profile;
}

template <class T>
T load_or_throw(const DataPath& data, DataKind kind, std::string_view name) {
  Diagnostics diagnostics;
  std::optional<T> profile = load<T>(data, kind, name, Place{"", "", &diagnostics});
  diagnostics.throw_if_any();
  return std::move(*profile);
}

}  // namespace

std::optional<Network> load_network(const DataPath& data, std::string_view name,
                                    const Place& named_at) {
  return load<Network>(data, DataKind::kNetwork, name, named_at);
}

std::optional<DeviceProfile> load_device(const DataPath& data, std::string_view name,
                                         const Place& named_at) {
  return load<DeviceProfile>(data, DataKind::kDevice, name, named_at);
}

std::optional<RadioProfile> load_radio(const DataPath& data, std::string_view name,
                                       const Place& named_at) {
  return load<RadioProfile>(data, DataKind::kRadio, name, named_at);
}

Network load_network(const DataPath& data, std::string_view name) {
  return load_or_throw<Network>(data, DataKind::kNetwork, name);
}

DeviceProfile load_device(const DataPath& data, std::string_view name) {
  return load_or_throw<DeviceProfile>(data, DataKind::kDevice, name);
}

RadioProfile load_radio(const DataPath& data, std::string_view name) {
  return load_or_throw<RadioProfile>(data, DataKind::kRadio, name);
}

}  // namespace autoscale
