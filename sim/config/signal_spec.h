// How a signal or a co-runner's load goes over time, as a scenario says it. Fields: signal_fields.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace autoscale {

struct SignalStep {
  double at_ms = 0.0;
  double dbm = -55.0;
};

enum class TraceEnd : std::uint8_t { kLoop, kHold };
enum class TraceGaps : std::uint8_t { kHold, kOutage };
const char* to_string(TraceEnd e);
const char* to_string(TraceGaps g);

// Plays a trace, or the part of it from from_ms to to_ms.
struct TraceReplay {
  std::string file{};
  double from_ms = 0.0;
  std::optional<double> to_ms{};
  double offset_ms = 0.0;  // into the part, where time 0 is
  bool random_offset = false;
  TraceEnd end = TraceEnd::kLoop;
  double speed_ratio = 1.0;
  TraceGaps gaps = TraceGaps::kHold;
};

// Generated anew for each replication; sim/traces/generator.h says what the models mean.
struct GaussianSignal {
  double mean_dbm = 0.0;
  double sd_db = 0.0;
  double step_ms = 0.0;
  double duration_ms = 600'000.0;
};
struct Ar1Signal {
  double mean_dbm = 0.0;
  double sd_db = 0.0;
  double lag1 = 0.0;
  double step_ms = 0.0;
  double duration_ms = 600'000.0;
};
struct MarkovSignalState {
  double mean_dbm = 0.0;
  double sd_db = 0.0;
  double lag1 = 0.0;
  double min_dbm = -150.0;
  double max_dbm = 0.0;
  bool outage = false;
};
struct MarkovSignal {
  std::vector<MarkovSignalState> states;
  std::vector<std::vector<double>> transition;
  double step_ms = 0.0;
  double duration_ms = 600'000.0;
};

struct SignalSpec {  // exactly one is given
  std::optional<double> constant_dbm;
  std::vector<SignalStep> steps;  // piecewise constant; the first starts at 0
  std::optional<TraceReplay> trace;
  std::optional<GaussianSignal> gaussian;
  std::optional<Ar1Signal> ar1;
  std::optional<MarkovSignal> markov;
};

struct CoRunnerLevel {
  double cpu_ratio = 0.0;
  double memory_ratio = 0.0;
};
struct CoRunnerStep {
  double at_ms = 0.0;
  double cpu_ratio = 0.0;
  double memory_ratio = 0.0;
};
struct CoRunnerSpec {  // one of them, or nothing: no co-runner
  std::optional<CoRunnerLevel> constant;
  std::vector<CoRunnerStep> steps;
  std::optional<TraceReplay> trace;
};

}  // namespace autoscale
