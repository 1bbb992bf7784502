#include "sim/experiment/load_world.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "sim/config/load_model.h"
#include "sim/experiment/policy_selection.h"
#include "sim/policies/registry.h"
#include "sim/traces/trace_file.h"

namespace autoscale {
namespace {

const std::optional<LinkSpec>& link_of(const LinksSpec& links, LinkId id) {
  switch (id) {
    case LinkId::kWifi: return links.wifi;
    case LinkId::kWifiDirect: return links.wifi_direct;
    case LinkId::kLte: break;
  }
  return links.lte;
}

constexpr std::array kEveryLink{LinkId::kWifi, LinkId::kWifiDirect, LinkId::kLte};

const char* words(DeviceRole role) {
  switch (role) {
    case DeviceRole::kPhone: return "a phone";
    case DeviceRole::kEdgePeer: return "an edge peer";
    case DeviceRole::kCloud: return "a cloud";
  }
  return "";
}

// Loads what a scenario names, keeping on after a problem. Without `all_read`, empty names have been reported.
class Loader {
 public:
  Loader(const Scenario& scenario, InputStore& store, Diagnostics& problems, bool all_read)
      : scenario_(scenario),
        store_(store),
        all_read_(all_read),
        root_{scenario.file, "", &problems} {}

  ScenarioInputs load() {
    ScenarioInputs inputs;
    if (auto phone = device("device", scenario_.device, DeviceRole::kPhone)) {
      inputs.device = *phone;
    }
    inputs.edge_peer = device("edge_peer", scenario_.edge_peer, DeviceRole::kEdgePeer);
    inputs.cloud = device("cloud", scenario_.cloud, DeviceRole::kCloud);
    for (const LinkId link : kEveryLink) {
      inputs.radios[static_cast<std::size_t>(link)] = radio(link);
      if (const auto& spec = link_of(scenario_.links, link); spec && spec->signal.trace) {
        inputs.signals[static_cast<std::size_t>(link)] =
            trace(*spec->signal.trace,
                  root_.child("links").child(to_string(link)).child("signal").child("trace"));
      }
    }
    if (const auto& replay = scenario_.co_runner.trace)
      inputs.load = trace(*replay, root_.child("co_runner").child("trace"));
    load_networks(inputs);
    return inputs;
  }

 private:
  [[nodiscard]] bool passed_over(const std::string& name) const {
    return !all_read_ && name.empty();
  }

  std::optional<Shared<DeviceProfile>> device(std::string_view key, const std::string& name,
                                              DeviceRole role) {
    if (name.empty()) return std::nullopt;
    const Place at = root_.child(key);
    std::optional<Shared<DeviceProfile>> loaded = store_.device(name, at);
    if (loaded && (*loaded)->role != role) {
      at.error(fmt::format("\"{}\" is {}, not {}", name, words((*loaded)->role), words(role)),
               suggested_devices(role));
    }
    return loaded;
  }

  // Said only where a role is wrong, so that reading every device costs nothing in the usual case.
  [[nodiscard]] std::string suggested_devices(DeviceRole role) const {
    std::vector<std::string> fitting;
    for (const std::string& name : store_.data().available(DataKind::kDevice)) {
      Diagnostics ignored;
      const auto profile = store_.device(name, Place{"", "", &ignored});
      if (profile && (*profile)->role == role) fitting.push_back(name);
    }
    return fitting.empty() ? "" : fmt::format("known: {}", fmt::join(fitting, ", "));
  }

  std::optional<RadioProfile> radio(LinkId link) {
    const std::optional<LinkSpec>& spec = link_of(scenario_.links, link);
    if (!spec || passed_over(spec->radio)) return std::nullopt;
    const Place at = root_.child("links").child(to_string(link)).child("radio");
    return store_.radio(spec->radio, at);
  }

  std::optional<Shared<Trace>> trace(const TraceReplay& replay, const Place& at) {
    if (passed_over(replay.file)) return std::nullopt;
    return store_.trace(replay.file, at.child("file"));
  }

  void load_networks(ScenarioInputs& inputs) {
    std::vector<std::string> names;
    for (std::size_t w = 0; w < scenario_.workload.size(); ++w) {
      const std::string& name = scenario_.workload[w].network;
      if (passed_over(name)) continue;
      const auto known = std::ranges::find(names, name) - names.begin();
      inputs.workload_network.push_back(static_cast<std::uint32_t>(known));
      if (static_cast<std::size_t>(known) < names.size()) continue;
      names.push_back(name);
      const Place at = root_.child("workload").child(w).child("network");
      auto network = store_.network(name, at);
      inputs.networks.push_back(network ? *network : Shared<Network>());
    }
  }

  const Scenario& scenario_;
  InputStore& store_;
  bool all_read_;
  Place root_;
};

}  // namespace

// By name and by where it is named; the file is kept, too, as what results rest on.
template <class T, class Load>
std::optional<T> InputStore::get(Kept<T>& kept, DataKind kind, const std::string& name,
                                 const Place& at, Load load) {
  const std::scoped_lock lock(mutex_);
  const auto key = std::pair(std::filesystem::path(at.file).parent_path(), name);
  const auto known = kept.find(key);
  if (known != kept.end()) return known->second;
  const auto path = data_.resolve(kind, name, at);
  std::optional<T> loaded = path ? load(*path) : std::nullopt;
  if (!loaded) return std::nullopt;
  files_.insert(*path);
  return kept.emplace(key, std::move(*loaded)).first->second;
}

std::optional<Shared<DeviceProfile>> InputStore::device(const std::string& name, const Place& at) {
  return get(devices_, DataKind::kDevice, name, at,
             [&](const auto&) { return load_device(data_, name, at); });
}

std::optional<RadioProfile> InputStore::radio(const std::string& name, const Place& at) {
  return get(radios_, DataKind::kRadio, name, at,
             [&](const auto&) { return load_radio(data_, name, at); });
}

std::optional<Shared<Network>> InputStore::network(const std::string& name, const Place& at) {
  return get(networks_, DataKind::kNetwork, name, at,
             [&](const auto&) { return load_network(data_, name, at); });
}

std::optional<Shared<Trace>> InputStore::trace(const std::string& name, const Place& at) {
  return get(traces_, DataKind::kTrace, name, at,
             [&](const auto& path) { return read_trace_file(path, *at.diagnostics); });
}

std::vector<std::filesystem::path> InputStore::files() const {
  const std::scoped_lock lock(mutex_);
  return {files_.begin(), files_.end()};
}

std::unique_ptr<const World> load_world(Scenario scenario, InputStore& store) {
  Diagnostics problems;
  ScenarioInputs inputs = Loader(scenario, store, problems, true).load();
  problems.throw_if_any();
  const std::string file = scenario.file;
  return build_world(std::move(scenario), std::move(inputs), store.layer_costs(), file);
}

std::unique_ptr<const World> load_world(Scenario scenario, const DataPath& data) {
  InputStore store(data);
  return load_world(std::move(scenario), store);
}

void check_partly_read(Scenario scenario, std::span<const std::string> selected, InputStore& store,
                       Diagnostics& problems) {
  Diagnostics ignored;  // the policy that is selected may be what could not be read
  if (!selected.empty())
    select_policies(scenario, selected, [&](std::size_t) { return Place{"", "", &ignored}; });
  check_policies(scenario.policies, scenario.policy_config_json, scenario.file, problems, false);
  static_cast<void>(Loader(scenario, store, problems, false).load());
}

std::vector<std::filesystem::path> files_of(const Scenario& scenario, const DataPath& data) {
  std::vector<std::filesystem::path> files;
  const auto add = [&](const std::filesystem::path& file) {
    if (std::ranges::find(files, file) == files.end()) files.push_back(file);
  };
  Diagnostics ignored;
  const Place at{scenario.file, "", &ignored};
  const auto add_named = [&](DataKind kind, const std::string& name) {
    if (name.empty()) return;
    if (const auto file = data.resolve(kind, name, at)) add(*file);
  };
  add(scenario.file);
  for (const PolicySpec& policy : scenario.policies) {
    if (!policy.config_file.empty()) add(policy.config_file);
  }
  add_named(DataKind::kDevice, scenario.device);
  add_named(DataKind::kDevice, scenario.edge_peer);
  add_named(DataKind::kDevice, scenario.cloud);
  for (const LinkId link : kEveryLink) {
    const auto& spec = link_of(scenario.links, link);
    if (!spec) continue;
    add_named(DataKind::kRadio, spec->radio);
    if (spec->signal.trace) add_named(DataKind::kTrace, spec->signal.trace->file);
  }
  if (scenario.co_runner.trace) add_named(DataKind::kTrace, scenario.co_runner.trace->file);
  for (const WorkloadSpec& w : scenario.workload) add_named(DataKind::kNetwork, w.network);
  return files;
}

}  // namespace autoscale
