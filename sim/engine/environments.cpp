#include "sim/engine/environments.h"

namespace autoscale {
namespace {

LoadConditions resolve_load(const PhoneCost& phone, Load load) {
  LoadConditions c;
  c.load = load;
  c.phi_cpu = phi_compute(phone.cpu_threads, phone.cpu_cores, load);
  c.phi_host = phi_compute(1.0, phone.cpu_cores, load);
  for (std::size_t p = 0; p < c.phi_memory.size(); ++p)
    c.phi_memory[p] = phi_memory(phone.kappa[p], load);
  return c;
}

const LinkSpec* link_spec(const LinksSpec& links, LinkId id) {
  const auto& slot = id == LinkId::kWifi         ? links.wifi
                     : id == LinkId::kWifiDirect ? links.wifi_direct
                                                 : links.lte;
  return slot ? &*slot : nullptr;
}

Timeline<LinkConditions> link_timeline(const RadioProfile& radio, const SignalSpec& signal) {
  if (signal.constant_dbm)
    return Timeline<LinkConditions>{resolve_link(radio, Dbm{*signal.constant_dbm})};
  Timeline<LinkConditions> timeline;
  for (const SignalStep& s : signal.steps) {
    timeline.append(SimTime{} + to_nanos(Millis{s.at_ms}), resolve_link(radio, Dbm{s.dbm}));
  }
  return timeline;
}

// Constant conditions; LTE keeps the scenario's own first level, since the training grid has none for it.
Environment constant_environment(const World& world, Load load, double wifi_dbm,
                                 double wifi_direct_dbm) {
  Environment e;
  e.load = Timeline<LoadConditions>{resolve_load(world.table.phone, load)};
  for (int l = 0; l < kLinks; ++l) {
    const auto& radio = world.inputs.radios[static_cast<std::size_t>(l)];
    if (!radio) continue;
    double level = wifi_dbm;
    if (static_cast<LinkId>(l) == LinkId::kWifiDirect) level = wifi_direct_dbm;
    if (static_cast<LinkId>(l) == LinkId::kLte) {
      const SignalSpec& signal = link_spec(world.scenario.links, LinkId::kLte)->signal;
      level = signal.constant_dbm ? *signal.constant_dbm : signal.steps.front().dbm;
    }
    e.links[static_cast<std::size_t>(l)] =
        Timeline<LinkConditions>{resolve_link(*radio, Dbm{level})};
  }
  return e;
}

}  // namespace

Environment scenario_environment(const World& world) {
  Environment e;
  const CoRunnerSpec& co_runner = world.scenario.co_runner;
  if (co_runner.steps.empty()) {
    const CoRunnerLevel level = co_runner.constant.value_or(CoRunnerLevel{});
    e.load = Timeline<LoadConditions>{
        resolve_load(world.table.phone, {level.cpu_ratio, level.memory_ratio})};
  } else {
    for (const CoRunnerStep& s : co_runner.steps) {
      e.load.append(SimTime{} + to_nanos(Millis{s.at_ms}),
                    resolve_load(world.table.phone, {s.cpu_ratio, s.memory_ratio}));
    }
  }
  for (int l = 0; l < kLinks; ++l) {
    const auto& radio = world.inputs.radios[static_cast<std::size_t>(l)];
    if (!radio) continue;
    e.links[static_cast<std::size_t>(l)] =
        link_timeline(*radio, link_spec(world.scenario.links, static_cast<LinkId>(l))->signal);
  }
  return e;
}

Environment nominal_environment(const World& world) {
  const TrainingSpec levels = world.scenario.training.value_or(TrainingSpec{});
  return constant_environment(world, Load{}, levels.wifi_dbm.front(),
                              levels.wifi_direct_dbm.front());
}

std::vector<Environment> training_environments(const World& world) {
  const TrainingSpec& t = *world.scenario.training;
  if (t.environments == TrainingEnvironments::kScenario) {
    std::vector<Environment> own;
    own.push_back(scenario_environment(world));
    return own;
  }
  std::vector<Environment> grid;
  for (double cpu : t.cpu_ratio) {
    for (double memory : t.memory_ratio) {
      for (double wifi : t.wifi_dbm) {
        for (double direct : t.wifi_direct_dbm) {
          grid.push_back(constant_environment(world, {cpu, memory}, wifi, direct));
        }
      }
    }
  }
  return grid;
}

}  // namespace autoscale
