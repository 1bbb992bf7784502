// From a scenario to a world: loads the files it names, each once, checks that they fit their part,
// and builds the world.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "sim/config/data_path.h"
#include "sim/engine/world.h"

namespace autoscale {

// What scenarios name, each file read once however many name it. Any thread may ask.
class InputStore {
 public:
  explicit InputStore(const DataPath& data) : data_(data) {}

  // As load_device() and so on, resolved from where `at` is; nothing after reporting there.
  std::optional<Shared<DeviceProfile>> device(const std::string& name, const Place& at);
  std::optional<RadioProfile> radio(const std::string& name, const Place& at);
  std::optional<Shared<Network>> network(const std::string& name, const Place& at);
  std::optional<Shared<Trace>> trace(const std::string& name, const Place& at);

  // Of the networks on the devices.
  [[nodiscard]] LayerCostStore& layer_costs() { return layer_costs_; }
  [[nodiscard]] const DataPath& data() const { return data_; }
  // Read so far, in the order of their names.
  [[nodiscard]] std::vector<std::filesystem::path> files() const;

 private:
  template <class T>
  using Kept = std::map<std::pair<std::filesystem::path, std::string>, T>;
  template <class T, class Load>
  std::optional<T> get(Kept<T>& kept, DataKind kind, const std::string& name, const Place& at,
                       Load load);

  const DataPath& data_;
  mutable std::mutex mutex_;
  Kept<Shared<DeviceProfile>> devices_;
  Kept<RadioProfile> radios_;
  Kept<Shared<Network>> networks_;
  Kept<Shared<Trace>> traces_;
  std::set<std::filesystem::path> files_;
  LayerCostStore layer_costs_;
};

// Throws InputError with the problems of all files together; those of the whole come after that.
std::unique_ptr<const World> load_world(Scenario scenario, InputStore& store);
std::unique_ptr<const World> load_world(Scenario scenario, const DataPath& data);

// Reports what else is wrong with a scenario that could only be read in part: its policies (`selected`, or all)
// and the files it names. What could not be read has its default, an empty name, and is passed over.
void check_partly_read(Scenario scenario, std::span<const std::string> selected, InputStore& store,
                       Diagnostics& problems);

// The files that the scenario rests on: itself, policy configurations, devices, radios, networks;
// each once, in this order. Names that stand for no file are left out.
std::vector<std::filesystem::path> files_of(const Scenario& scenario, const DataPath& data);

}  // namespace autoscale
