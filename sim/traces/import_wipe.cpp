#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "sim/config/json_file.h"
#include "sim/traces/importers.h"
#include "sim/traces/trace_builder.h"

namespace autoscale {
namespace {

// Keys of the file that are used; it has others.
double read_positive(const Json& json, std::string_view key, const Place& place) {
  const Json* member = find_member(json, key);
  double value = 0.0;
  if (member == nullptr) {
    place.error(fmt::format("has no {}", key), "a session of wipe-v2 has it");
    return 0.0;
  }
  FieldInfo field;
  field.above = 0.0;
  return read_number(*member, value, field, place.child(key)) ? value : 0.0;
}

// The mean of the cores of one window, in percent. False after reporting.
bool read_window(const Json& row, std::size_t cores, const Place& place, double& percent) {
  if (!expect_array(row, 0, place)) return false;
  if (size_of(row) < cores + 1) {
    place.error(
        fmt::format("has {} numbers, expected the maximum and {} cores", size_of(row), cores));
    return false;
  }
  FieldInfo field;
  field.min = 0.0;
  field.max = 100.0;
  double sum = 0.0;
  for (std::size_t c = 1; c <= cores; ++c) {
    double load = 0.0;
    if (!read_number(element(row, c), load, field, place.child(c))) return false;
    sum += load;
  }
  percent = sum / static_cast<double>(cores);
  return true;
}

constexpr std::size_t kMostProblems = 100;

}  // namespace

std::optional<Trace> import_wipe(const std::string& text, const std::string& file,
                                 const WipeOptions& options, ImportReport& report,
                                 Diagnostics& diagnostics) {
  const std::size_t before = diagnostics.list().size();
  const std::optional<JsonDocument> document = parse_json(text, file, diagnostics);
  if (!document) return std::nullopt;
  const Json& root = document->root();
  const Place place{file, "", &diagnostics};
  if (!expect_object(root, place)) return std::nullopt;
  const double quantum_s = read_positive(root, "quantumSec", place);
  const double quanta = read_positive(root, "windowQuantum", place);
  const double cores = read_positive(root, "coreNum", place);
  const Json* rows = find_member(root, "windowedLoad");
  if (rows == nullptr) place.error("has no windowedLoad", "a session of wipe-v2 has it");
  if (rows == nullptr || !expect_array(*rows, 1, place.child("windowedLoad"))) return std::nullopt;
  constexpr double kMostCores = 1024.0;
  if (cores > kMostCores || cores != std::floor(cores))
    place.child("coreNum").error(fmt::format("expected a whole number of cores, got {}", cores));
  const double window_ns = quantum_s * quanta * 1e9;
  constexpr double kLongestNs = 3.6e12;
  if (!(window_ns >= 1.0 && window_ns <= kLongestNs))
    place.error(fmt::format("windows last {} s, expected 1e-9 to 3600", window_ns * 1e-9));
  if (static_cast<double>(size_of(*rows)) * window_ns > static_cast<double>(kLongestTraceNs))
    place.error(fmt::format("has {} windows of {} s: more than 31 years", size_of(*rows),
                            window_ns * 1e-9));
  if (diagnostics.list().size() != before) return std::nullopt;
  TraceBuilder builder({TraceColumn::kCpu, TraceColumn::kMemory});
  const Place at = place.child("windowedLoad");
  for (std::size_t i = 0; i < size_of(*rows); ++i) {
    ++report.rows;
    double percent = 0.0;
    if (read_window(element(*rows, i), static_cast<std::size_t>(cores), at.child(i), percent)) {
      builder.add(std::llround(static_cast<double>(i) * window_ns),
                  {percent / 100.0, options.memory_ratio});
    } else if (diagnostics.list().size() - before >= kMostProblems) {
      break;
    }
  }
  if (diagnostics.list().size() != before) return std::nullopt;
  return builder.take();
}

}  // namespace autoscale
