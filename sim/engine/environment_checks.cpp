#include "sim/engine/environment_checks.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "sim/base/check.h"
#include "sim/engine/replay.h"

namespace autoscale {
namespace {

std::array<const std::optional<LinkSpec>*, kLinks> link_specs(const World& world) {
  const LinksSpec& links = world.scenario.links;
  return {&links.wifi, &links.wifi_direct, &links.lte};
}

std::string signal_pointer(std::size_t link) {
  return fmt::format("/links/{}/signal", to_string(static_cast<LinkId>(link)));
}

}  // namespace

void check_signals(const World& world, const std::string& file, Diagnostics& problems) {
  const auto report = [&](std::string pointer, std::string found) {
    if (!found.empty()) problems.add({file, std::move(pointer), std::move(found), ""});
  };
  const auto specs = link_specs(world);
  for (std::size_t l = 0; l < kLinks; ++l) {
    if (!*specs[l]) continue;
    const SignalSpec& signal = (*specs[l])->signal;
    report(signal_pointer(l), generated_signal_problem(signal));
    if (!signal.trace || !world.inputs.radios[l]) continue;
    AUTOSCALE_CHECK(world.inputs.signals[l], "a trace that is replayed was loaded");
    report(signal_pointer(l) + "/trace",
           signal_trace_problem(*world.inputs.signals[l], *signal.trace,
                                world.inputs.radios[l]->signal));
  }
  const auto& replay = world.scenario.co_runner.trace;
  AUTOSCALE_CHECK(!replay || world.inputs.load, "a trace that is replayed was loaded");
  if (replay) report("/co_runner/trace", load_trace_problem(*world.inputs.load, *replay));
}

void check_outages(const World& world, const std::string& file, Diagnostics& problems) {
  for (std::size_t l = 0; l < kLinks; ++l) {
    if (world.environment.links[l].empty()) continue;
    // Of a generated signal, which is another one in each replication, what it can be.
    const auto& markov = (*link_specs(world)[l])->signal.markov;
    const auto is_outage = &MarkovSignalState::outage;
    bool outages = markov && std::ranges::any_of(markov->states, is_outage);
    bool usable = markov && !std::ranges::all_of(markov->states, is_outage);
    for (const LinkConditions& c : world.environment.links[l].values()) {
      const bool out = c.uplink_mbps <= 0.0 || c.downlink_mbps <= 0.0;
      outages = outages || out;
      usable = usable || !out;
    }
    if (!usable) {
      problems.add({file, signal_pointer(l), "nothing ever gets through", "leave the link out"});
    } else if (outages && !world.scenario.offload.timeout_ms) {
      problems.add({file, signal_pointer(l),
                    "nothing gets through at times, and a transfer waits without end",
                    "set /offload/timeout_ms and /offload/fallback"});
    }
  }
}

}  // namespace autoscale
