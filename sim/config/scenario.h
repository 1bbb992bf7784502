// A scenario file as structs: one question asked of the simulator. Defaults, bounds and texts of the
// fields are declared once, in scenario_fields.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "sim/config/signal_spec.h"

namespace autoscale {

struct LinkSpec {
  std::string radio;
  SignalSpec signal;
};
// Which link leads to the cloud. handover: Wi-Fi while it is good enough, LTE otherwise.
enum class CloudRoute : std::uint8_t { kWifi, kLte, kHandover };
struct HandoverSpec {
  double leave_below_dbm = -88.0;   // assumed
  double return_above_dbm = -82.0;  // assumed
};
struct LinksSpec {
  std::optional<LinkSpec> wifi;
  std::optional<LinkSpec> wifi_direct;
  std::optional<LinkSpec> lte;
  std::optional<CloudRoute> cloud_route;  // required when there are both wifi and lte
  std::optional<HandoverSpec> handover;   // absent: its defaults
};

// What becomes of a request whose transfer takes too long.
enum class Fallback : std::uint8_t { kDrop, kCpu, kEdgeBest };
const char* to_string(CloudRoute r);
const char* to_string(Fallback f);
struct OffloadSpec {
  std::optional<double> timeout_ms;  // of one transfer; absent: it waits as long as it takes
  Fallback fallback = Fallback::kCpu;
};

struct ObservationSpec {
  double sampling_period_ms = 0.0;  // 0: the phone knows the present
};

// Present: the phone warms and throttles as its profile says.
struct ThermalSpec {
  double ambient_c = 25.0;          // assumed
  std::optional<double> initial_c;  // absent: as warm as the surroundings
};

struct ClosedLoop {
  double think_ms = 0.0;
};
struct Periodic {
  double period_ms = 0.0;
  double offset_ms = 0.0;
};
struct Poisson {
  double rate_hz = 0.0;
};
struct ArrivalTimes {
  std::vector<double> at_ms;
};
using ArrivalsSpec = std::variant<ClosedLoop, Periodic, Poisson,
                                  ArrivalTimes>;  // keys closed_loop, periodic, poisson, times

struct AccuracySpec {                   // exactly one is given
  std::optional<double> percent;        // absolute, in the network's own metric
  std::optional<double> ratio_to_fp32;  // relative to FP32
};

enum class QueueDiscipline : std::uint8_t { kFifo, kLatestOnly, kDropLate };
enum class PayloadFormat : std::uint8_t { kUint8, kJpeg, kFp32 };
const char* to_string(QueueDiscipline q);
const char* to_string(PayloadFormat p);

struct WorkloadSpec {
  std::string network;
  ArrivalsSpec arrivals = ClosedLoop{};
  std::int64_t inferences = 0;
  double qos_ms = 50.0;
  AccuracySpec accuracy;
  QueueDiscipline queue = QueueDiscipline::kFifo;
  PayloadFormat payload = PayloadFormat::kUint8;
  double jpeg_ratio = 0.1;  // assumed: JPEG bytes / uint8 bytes
};

enum class TrainingEnvironments : std::uint8_t { kGrid, kScenario };
const char* to_string(TrainingEnvironments t);
struct TrainingSpec {
  std::int64_t inferences_per_state = 100;
  TrainingEnvironments environments = TrainingEnvironments::kGrid;
  std::vector<std::string> leave_out;                 // networks that no learner is trained on
  std::vector<double> cpu_ratio{0.0, 0.2, 0.5, 0.8};  // grid levels, one per bin of the state
  std::vector<double> memory_ratio{0.0, 0.2, 0.5, 0.8};
  std::vector<double> wifi_dbm{-55.0, -85.0};
  std::vector<double> wifi_direct_dbm{-55.0, -85.0};
};

// How a policy is judged: greedy and fixed, or still learning.
enum class Evaluation : std::uint8_t { kFrozen, kOnline };
const char* to_string(Evaluation e);

// "autoscale", or {"name": "autoscale_paper", "policy": "autoscale", "config": {...}}.
// config stays JSON text here: only the policy knows its fields (policies read it with the same reader).
struct PolicySpec {
  std::string name{};                      // as it appears in results
  std::string policy{};                    // registered name
  bool trained = true;                     // takes part in the scenario's training
  std::optional<Evaluation> evaluation{};  // absent: as the command line says
  std::string config_json = "{}";
  std::string pointer{};         // where it stands in the scenario, for diagnostics
  std::string config_file{};     // the file that config_json was read from
  std::string config_pointer{};  // where config_json stands in that file
};

enum class EnergyModel : std::uint8_t { kFull, kPaper };
enum class PowerScale : std::uint8_t { kPaper, kMeasured };
enum class WorkloadOrder : std::uint8_t { kSequential, kConcurrent };
const char* to_string(EnergyModel e);
const char* to_string(PowerScale p);
const char* to_string(WorkloadOrder w);

struct Scenario {
  std::string name;
  std::string title;
  std::string device;
  std::string edge_peer;  // empty: none
  std::string cloud;      // empty: none
  LinksSpec links;
  CoRunnerSpec co_runner;
  OffloadSpec offload;
  ObservationSpec observation;
  std::optional<ThermalSpec> thermal;  // absent: no heat, no throttling
  std::vector<WorkloadSpec> workload;
  WorkloadOrder workload_order =
      WorkloadOrder::kSequential;        // required when there are several workloads
  std::optional<TrainingSpec> training;  // absent: learners start untrained
  std::vector<PolicySpec> policies;
  std::string policy_config_json =
      "{}";  // "/policy": keys for every policy that knows them (e.g. --set /policy/load=FILE)
  EnergyModel energy_model = EnergyModel::kFull;
  PowerScale power_scale = PowerScale::kPaper;
  std::string int8_recipe = "ptq";  // or "qat"
  bool service_noise = true;        // log-normal service noise on or off
  std::uint64_t seed = 1;
  std::int64_t replications = 10;
  std::string file;  // as the user named it, for diagnostics; no field of the JSON
};

}  // namespace autoscale
