// Relations between the fields of network, radio and device profiles.
#include <algorithm>
#include <array>
#include <cstddef>

#include <fmt/format.h>

#include "sim/config/device_fields.h"
#include "sim/config/network_fields.h"
#include "sim/config/radio_fields.h"

namespace autoscale {
namespace {

void check_ascending(const std::vector<double>& values, const Place& place) {
  for (std::size_t i = 1; i < values.size(); ++i) {
    if (values[i] > values[i - 1]) continue;
    place.child(i).error(
        fmt::format("{} is not above {}, the value before it", values[i], values[i - 1]));
  }
}

void check_busy_power(const ProcessorProfile& processor, const Place& place) {
  const std::vector<double>& ratio = processor.busy_power_ratio.values;
  const std::size_t steps = processor.frequency_mhz.values.size();
  if (ratio.size() != steps) {
    place.error(fmt::format("has {} values for {} frequencies", ratio.size(), steps));
  } else if (ratio.back() != 1.0) {
    place.error(fmt::format("the last value is the reference and must be 1, not {}", ratio.back()));
  }
}

// A processor that waits draws no more than one that works: what a run costs over waiting is not negative.
void check_idle_power(const ProcessorProfile& processor, const Place& place) {
  const double idle_w = processor.idle_power_w.value;
  const double lowest = std::ranges::min(processor.busy_power_ratio.values);
  for (const Figure* peak : {&processor.peak_power_paper_w, &processor.peak_power_measured_w}) {
    const double busy_w = lowest * peak->value;
    if (idle_w <= busy_w) continue;
    const bool paper = peak == &processor.peak_power_paper_w;
    place.error(
        fmt::format("{} is above {:.4g}, the power of its least step when busy", idle_w, busy_w),
        fmt::format("give what the processor draws while it waits, at most the least "
                    "busy_power ratio x peak_power/{}",
                    paper ? "paper" : "measured"));
    return;
  }
}

void check_above_idle(const SignalTable& power_w, double idle_w, const Place& place) {
  for (std::size_t i = 0; i < power_w.values.size(); ++i) {
    if (power_w.values[i] >= idle_w) continue;
    place.child("w").child(i).error(
        fmt::format("{} is below {}, the power of the idle radio", power_w.values[i], idle_w));
  }
}

template <class Items, class Key>
void check_unique(const Items& items, Key key, std::string_view key_name, const Place& place) {
  for (std::size_t i = 0; i < items.size(); ++i) {
    const auto same = [&](const auto& other) { return key(other) == key(items[i]); };
    const auto first = std::find_if(items.begin(), items.end(), same) - items.begin();
    if (static_cast<std::size_t>(first) == i) continue;
    place.child(i).child(key_name).error(
        fmt::format("\"{}\" is used by {}/{} as well", key(items[i]), place.pointer, first));
  }
}

}  // namespace

void validate(const Network& network, const Place& place) {
  for (const NetworkProblem& problem : validate(network)) {
    place.diagnostics->add({place.file, place.pointer + problem.pointer, problem.message, ""});
  }
  if (network.find_accuracy(Precision::kFp32, "float") == nullptr) {
    place.child("accuracy")
        .error(
            "needs an entry with precision fp32 and recipe float, to which "
            "others are compared");
  }
}

void validate(const SignalTable& table, const Place& place) {
  check_ascending(table.dbm, place.child("dbm"));
  if (table.dbm.size() == table.values.size()) return;
  place.error(fmt::format("has {} values for {} levels", table.values.size(), table.dbm.size()));
}

void validate(const RadioProfile& radio, const Place& place) {
  check_above_idle(radio.tx_power_w, radio.idle_w.value, place.child("tx_power"));
  check_above_idle(radio.rx_power_w, radio.idle_w.value, place.child("rx_power"));
}

void validate(const NetworkLatency& latency, const Place& place) {
  if (!latency.latency_ms && latency.layers_ms.empty() &&
      latency.from.quality == Quality::kMeasured) {
    place.error("is measured, but has neither latency_ms nor layers_ms");
  }
}

void validate(const LatencyProfile& profile, const Place& place) {
  for (const auto& [network, latency] : profile.networks) {
    if (!latency.latency_ms || *latency.latency_ms > profile.dispatch_ms.value) continue;
    place.child("networks")
        .child(network)
        .child("latency_ms")
        .error(fmt::format("{} is not above dispatch_ms, {}, which it includes",
                           *latency.latency_ms, profile.dispatch_ms.value));
  }
}

void validate(const ProcessorProfile& processor, const Place& place) {
  check_ascending(processor.frequency_mhz.values, place.child("frequency").child("mhz"));
  check_busy_power(processor, place.child("busy_power").child("ratio"));
  check_idle_power(processor, place.child("idle_power_w").child("value"));
  const auto precision = [](const LatencyProfile& p) {
    return std::string(to_string(p.precision));
  };
  check_unique(processor.latency, precision, "precision", place.child("latency"));
}

void validate(const ThrottlingStep& step, const Place& place) {
  if (step.cpu_mhz || step.gpu_mhz || step.dsp_mhz) return;
  place.error("caps nothing", "give cpu_mhz, gpu_mhz or dsp_mhz");
}

namespace {

struct Cap {
  ProcessorKind kind;
  const char* key;
  std::optional<double> ThrottlingStep::*mhz;
};
constexpr std::array kCaps{Cap{ProcessorKind::kCpu, "cpu_mhz", &ThrottlingStep::cpu_mhz},
                           Cap{ProcessorKind::kGpu, "gpu_mhz", &ThrottlingStep::gpu_mhz},
                           Cap{ProcessorKind::kDsp, "dsp_mhz", &ThrottlingStep::dsp_mhz}};

void check_caps_have_processors(const DeviceProfile& device, const Place& place) {
  const auto& steps = device.thermal->throttling;
  for (const Cap& cap : kCaps) {
    if (std::ranges::find(device.processors, cap.kind, &ProcessorProfile::kind) !=
        device.processors.end())
      continue;
    for (std::size_t i = 0; i < steps.size(); ++i) {
      if (!(steps[i].*cap.mhz)) continue;
      place.child("throttling")
          .child(i)
          .child(cap.key)
          .error(fmt::format("the device has no {}", to_string(cap.kind)));
    }
  }
}

}  // namespace

void validate(const ThermalProfile& thermal, const Place& place) {
  const Place list = place.child("throttling");
  double last_c = -kUnbounded;
  for (std::size_t i = 0; i < thermal.throttling.size(); ++i) {
    const double at_c = thermal.throttling[i].at_c;
    if (i > 0 && at_c <= last_c) {
      list.child(i).child("at_c").error(
          fmt::format("{} is not above {}, the temperature of the step before", at_c, last_c));
    }
    last_c = at_c;
  }
  for (const Cap& cap : kCaps) {
    double lowest = kUnbounded;
    for (std::size_t i = 0; i < thermal.throttling.size(); ++i) {
      const std::optional<double>& mhz = thermal.throttling[i].*cap.mhz;
      if (!mhz) continue;
      if (*mhz > lowest) {
        list.child(i).child(cap.key).error(
            fmt::format("{} is above {}, the cap of a cooler step", *mhz, lowest));
      }
      lowest = std::min(lowest, *mhz);
    }
  }
}

void validate(const BasePowerFields& power, const Place& place) {
  if (power.awake_w.value >= power.suspend_w.value) return;
  place.child("awake_w").child("value").error(
      fmt::format("{} is below {}, the power of the sleeping phone", power.awake_w.value,
                  power.suspend_w.value));
}

void validate(const DeviceProfile& device, const Place& place) {
  const bool has_power = !device.suspend_w.from.source.empty();
  if (device.role == DeviceRole::kPhone && !has_power) {
    place.child("power").error("is required for a phone");
  }
  if (device.role == DeviceRole::kPhone && !device.offload_dispatch_ms) {
    place.child("offload_dispatch_ms").error("is required for a phone");
  }
  if (device.role == DeviceRole::kCloud && !device.wan_rtt_ms) {
    place.child("wan_rtt_ms").error("is required for a cloud");
  }
  if (device.role != DeviceRole::kPhone) {
    if (device.thermal) place.child("thermal").error("has a meaning for a phone only");
    if (device.battery) place.child("battery").error("has a meaning for a phone only");
    if (device.handover) place.child("handover").error("has a meaning for a phone only");
  }
  if (device.thermal) check_caps_have_processors(device, place.child("thermal"));
  check_unique(
      device.processors, [](const ProcessorProfile& p) { return p.name; }, "name",
      place.child("processors"));
  check_unique(
      device.processors, [](const ProcessorProfile& p) { return std::string(to_string(p.kind)); },
      "kind", place.child("processors"));
}

}  // namespace autoscale
