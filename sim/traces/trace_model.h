// A model of a whole trace: a generator for each column, as `fit` writes and `generate` reads it (JSON).
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sim/base/diagnostics.h"
#include "sim/traces/generator.h"
#include "sim/traces/trace.h"

namespace autoscale {

// A goodput given the level of the same sample: its mean over the level (linear inside the table, clamped outside),
// times lognormal noise of mean 1. The logarithm of the noise is an AR(1) course. Where no level is heard it is 0.
struct GoodputOverLevel {
  std::vector<double> level_dbm;  // ascending
  std::vector<double> mean_mbps;
  double spread = 0.0;    // standard deviation of the noise's logarithm
  double lag1 = 0.0;      // of the logarithm
  double max_mbps = 0.0;  // what is more is cut
};

using ColumnModel = std::variant<GaussianModel, Ar1Model, MarkovModel, GoodputOverLevel>;

// Statistics of the trace that a model was fitted to; see statistics.h.
struct FittedStatistics {
  double mean = 0.0;
  double sd = 0.0;
  std::optional<double> lag1;
  std::optional<double> share_weak;
  std::optional<double> dwell_regular_s;
  std::optional<double> dwell_weak_s;
};

struct TraceModel {
  std::string title;
  std::string source;                              // of the data
  std::string licence;                             // of the data
  std::string fitted_to;                           // which part of it, how
  double step_ms = 0.0;                            // between samples
  std::map<std::string, ColumnModel> columns;      // by their name in a trace ("rssi_dbm")
  std::map<std::string, FittedStatistics> fitted;  // by column; may be empty
  std::string standard_errors = "{}";              // JSON, by column; for people
};

[[nodiscard]] std::optional<TraceModel> read_trace_model(std::string_view json,
                                                         const std::string& file,
                                                         Diagnostics& diagnostics);
[[nodiscard]] std::optional<TraceModel> read_trace_model_file(const std::filesystem::path& file,
                                                              Diagnostics& diagnostics);
[[nodiscard]] std::string trace_model_json(const TraceModel& model);

// `samples` samples of every column, each from the random stream of its column (Stream::kSignal, entity: column).
// Values are rounded to what a file needs: 0.01 dB, 0.001 Mbit/s, 0.0001 of a ratio.
// Precondition: read_trace_model accepted the model; samples > 0.
[[nodiscard]] Trace generate_trace(const TraceModel& model, std::size_t samples,
                                   std::uint64_t seed);

// Linear inside the table, clamped outside.
[[nodiscard]] double mean_goodput(const GoodputOverLevel& model, double dbm);

}  // namespace autoscale
