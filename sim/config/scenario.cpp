// Names of the scenario's enumerations and relations between its fields.
#include "sim/config/scenario.h"

#include <algorithm>
#include <cstddef>

#include <fmt/format.h>

#include "sim/config/scenario_fields.h"

namespace autoscale {

const char* to_string(QueueDiscipline q) {
  switch (q) {
    case QueueDiscipline::kFifo: return "fifo";
    case QueueDiscipline::kLatestOnly: return "latest_only";
    case QueueDiscipline::kDropLate: return "drop_late";
  }
  return "";
}

const char* to_string(PayloadFormat p) {
  switch (p) {
    case PayloadFormat::kUint8: return "uint8";
    case PayloadFormat::kJpeg: return "jpeg";
    case PayloadFormat::kFp32: return "fp32";
  }
  return "";
}

const char* to_string(TrainingEnvironments t) {
  switch (t) {
    case TrainingEnvironments::kGrid: return "grid";
    case TrainingEnvironments::kScenario: return "scenario";
  }
  return "";
}

const char* to_string(EnergyModel e) {
  switch (e) {
    case EnergyModel::kFull: return "full";
    case EnergyModel::kPaper: return "paper";
  }
  return "";
}

const char* to_string(PowerScale p) {
  switch (p) {
    case PowerScale::kPaper: return "paper";
    case PowerScale::kMeasured: return "measured";
  }
  return "";
}

const char* to_string(Evaluation e) {
  switch (e) {
    case Evaluation::kFrozen: return "frozen";
    case Evaluation::kOnline: return "online";
  }
  return "";
}
const char* to_string(WorkloadOrder w) {
  switch (w) {
    case WorkloadOrder::kSequential: return "sequential";
    case WorkloadOrder::kConcurrent: return "concurrent";
  }
  return "";
}

const char* to_string(CloudRoute r) {
  switch (r) {
    case CloudRoute::kWifi: return "wifi";
    case CloudRoute::kLte: return "lte";
    case CloudRoute::kHandover: return "handover";
  }
  return "";
}

const char* to_string(Fallback f) {
  switch (f) {
    case Fallback::kDrop: return "drop";
    case Fallback::kCpu: return "cpu";
    case Fallback::kEdgeBest: return "edge_best";
  }
  return "";
}

namespace {

void check_at_most(std::size_t most, std::size_t size, const Place& place) {
  if (size > most) place.error(fmt::format("has {} items, more than {}", size, most));
}

void check_reachable(const Scenario& scenario, const Place& place) {
  if (!scenario.edge_peer.empty() && !scenario.links.wifi_direct) {
    place.child("edge_peer").error("no link reaches it", "add /links/wifi_direct");
  }
  if (!scenario.cloud.empty() && !scenario.links.wifi && !scenario.links.lte) {
    place.child("cloud").error("no link reaches it", "add /links/wifi or /links/lte");
  }
}

void check_left_out(const Scenario& scenario, const Place& place) {
  std::vector<std::string> networks;
  for (const WorkloadSpec& w : scenario.workload) {
    if (std::ranges::find(networks, w.network) == networks.end()) networks.push_back(w.network);
  }
  const std::vector<std::string>& left_out = scenario.training->leave_out;
  std::size_t known = 0;
  for (std::size_t i = 0; i < left_out.size(); ++i) {
    const auto first = std::ranges::find(left_out, left_out[i]) - left_out.begin();
    if (std::ranges::find(networks, left_out[i]) == networks.end()) {
      place.child(i).error(fmt::format("no workload has the network \"{}\"", left_out[i]),
                           suggestion(left_out[i], networks, "networks"));
    } else if (static_cast<std::size_t>(first) != i) {
      place.child(i).error(
          fmt::format("\"{}\" is left out by item {} as well", left_out[i], first));
    } else {
      ++known;
    }
  }
  if (known > 0 && known == networks.size())
    place.error("leaves no network to train on", "leave out fewer, or leave out /training");
}

}  // namespace

void validate(const LinksSpec& links, const Place& place) {
  const bool both = links.wifi && links.lte;
  if (both && !links.cloud_route) {
    place.child("cloud_route")
        .error("is required when there are both wifi and lte", "wifi, lte or handover");
  }
  if (links.cloud_route == CloudRoute::kHandover && !both) {
    place.child("cloud_route").error("is handover, which needs both wifi and lte");
  } else if ((links.cloud_route == CloudRoute::kWifi && !links.wifi) ||
             (links.cloud_route == CloudRoute::kLte && !links.lte)) {
    place.child("cloud_route")
        .error(fmt::format("is {}, and there is no such link", to_string(*links.cloud_route)));
  }
  if (links.handover && links.cloud_route != CloudRoute::kHandover) {
    place.child("handover").error("has no meaning unless cloud_route is handover");
  }
}

void validate(const HandoverSpec& levels, const Place& place) {
  if (levels.return_above_dbm >= levels.leave_below_dbm) return;
  place.child("return_above_dbm")
      .error(fmt::format("{} is below {}, where Wi-Fi is left", levels.return_above_dbm,
                         levels.leave_below_dbm));
}

void validate(const ArrivalTimes& times, const Place& place) {
  for (std::size_t i = 1; i < times.at_ms.size(); ++i) {
    if (times.at_ms[i] >= times.at_ms[i - 1]) continue;
    place.child("at_ms").child(i).error(
        fmt::format("{} is before {}, the time before it", times.at_ms[i], times.at_ms[i - 1]));
  }
}

void validate(const WorkloadSpec& workload, const Place& place) {
  const auto* times = std::get_if<ArrivalTimes>(&workload.arrivals);
  if (times == nullptr) {
    if (workload.inferences == 0) place.child("inferences").error("is required");
  } else if (workload.inferences > static_cast<std::int64_t>(times->at_ms.size())) {
    place.child("inferences")
        .error(fmt::format("is {}, but /arrivals/times has {} requests", workload.inferences,
                           times->at_ms.size()));
  }
}

void validate(const TrainingSpec& training, const Place& place) {
  double states = 1.0;
  for (const auto* levels : {&training.cpu_ratio, &training.memory_ratio, &training.wifi_dbm,
                             &training.wifi_direct_dbm}) {
    states *= static_cast<double>(levels->size());
  }
  if (states <= static_cast<double>(kMostTrainingStates)) return;
  place.error(fmt::format("the grid has {} states, more than {}", states, kMostTrainingStates));
}

void validate(const Scenario& scenario, const Place& place) {
  if (scenario.training) check_left_out(scenario, place.child("training").child("leave_out"));
  check_at_most(kMostWorkloads, scenario.workload.size(), place.child("workload"));
  check_at_most(kMostPolicies, scenario.policies.size(), place.child("policies"));
  check_reachable(scenario, place);
}

}  // namespace autoscale
