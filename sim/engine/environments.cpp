#include "sim/engine/environments.h"

#include "sim/engine/replay.h"

namespace autoscale {
namespace {

const LinkSpec* link_spec(const LinksSpec& links, LinkId id) {
  const auto& slot = id == LinkId::kWifi         ? links.wifi
                     : id == LinkId::kWifiDirect ? links.wifi_direct
                                                 : links.lte;
  return slot ? &*slot : nullptr;
}

Timeline<LinkConditions> link_timeline(const World& world, LinkId link, const StreamKey& key) {
  const auto l = static_cast<std::size_t>(link);
  const RadioProfile& radio = *world.inputs.radios[l];
  const SignalSpec& signal = link_spec(world.scenario.links, link)->signal;
  if (signal.constant_dbm)
    return Timeline<LinkConditions>{resolve_link(radio, Dbm{*signal.constant_dbm})};
  if (signal.trace) return replay_signal(*world.inputs.signals[l], *signal.trace, radio, link, key);
  if (signal.steps.empty()) return generated_signal(signal, radio, link, key);
  Timeline<LinkConditions> timeline;
  for (const SignalStep& s : signal.steps) {
    timeline.append(SimTime{} + to_nanos(Millis{s.at_ms}), resolve_link(radio, Dbm{s.dbm}));
  }
  return timeline;
}

Timeline<LoadConditions> load_timeline(const World& world, const StreamKey& key) {
  const CoRunnerSpec& co_runner = world.scenario.co_runner;
  const PhoneCost& phone = world.table.phone;
  if (co_runner.trace) return replay_load(*world.inputs.load, *co_runner.trace, phone, key);
  const CoRunnerLevel level = co_runner.constant.value_or(CoRunnerLevel{});
  if (co_runner.steps.empty()) {
    return Timeline<LoadConditions>{resolve_load(phone, {level.cpu_ratio, level.memory_ratio})};
  }
  Timeline<LoadConditions> timeline;
  for (const CoRunnerStep& s : co_runner.steps) {
    timeline.append(SimTime{} + to_nanos(Millis{s.at_ms}),
                    resolve_load(phone, {s.cpu_ratio, s.memory_ratio}));
  }
  return timeline;
}

Timeline<LinkId> cloud_link_timeline(const World& world, const Environment& e) {
  const LinksSpec& links = world.scenario.links;
  if (links.cloud_route == CloudRoute::kHandover) {
    const HandoverSpec levels = links.handover.value_or(HandoverSpec{});
    return handover_timeline(e.links[static_cast<std::size_t>(LinkId::kWifi)],
                             levels.leave_below_dbm, levels.return_above_dbm);
  }
  return Timeline<LinkId>{world.table.cloud_link};
}

bool varies(const SignalSpec& s) {
  return s.gaussian || s.ar1 || s.markov || (s.trace && s.trace->random_offset);
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
    if (static_cast<LinkId>(l) == LinkId::kLte)
      level = world.environment.links[static_cast<std::size_t>(l)].value(0).rssi_dbm;
    e.links[static_cast<std::size_t>(l)] =
        Timeline<LinkConditions>{resolve_link(*radio, Dbm{level})};
  }
  e.cloud_link = cloud_link_timeline(world, e);
  return e;
}

}  // namespace

Environment scenario_environment(const World& world, const StreamKey& key) {
  Environment e;
  e.load = load_timeline(world, key);
  for (int l = 0; l < kLinks; ++l) {
    if (!world.inputs.radios[static_cast<std::size_t>(l)]) continue;
    e.links[static_cast<std::size_t>(l)] = link_timeline(world, static_cast<LinkId>(l), key);
  }
  e.cloud_link = cloud_link_timeline(world, e);
  constexpr std::size_t kShort = 16;
  if (e.load.size() > kShort) {
    const PhoneCost& phone = world.table.phone;
    for (const bool busy : {false, true}) {
      e.co_runner_ms[busy ? 1 : 0] = TimelineIntegral(e.load, [&](const LoadConditions& c) {
        return co_runner_power_share(busy ? phone.cpu_threads : 0.0, phone.cpu_cores, c.load);
      });
    }
  }
  return e;
}

bool environment_varies(const Scenario& scenario) {
  const LinksSpec& links = scenario.links;
  for (const auto* link : {&links.wifi, &links.wifi_direct, &links.lte}) {
    if (*link && varies((*link)->signal)) return true;
  }
  return scenario.co_runner.trace && scenario.co_runner.trace->random_offset;
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
    own.push_back(scenario_environment(world, {.seed = world.scenario.seed, .training = true}));
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
