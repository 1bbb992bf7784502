// Puts a trace together from samples that come in their order, for importers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

#include "sim/base/diagnostics.h"
#include "sim/traces/trace.h"

namespace autoscale {

// 14 hours of milliseconds, a year and a half of seconds: 1.2 GB with two columns.
inline constexpr std::size_t kMostSamples = 50'000'000;

class TraceBuilder {
 public:
  explicit TraceBuilder(const std::vector<TraceColumn>& columns) {
    for (const TraceColumn c : columns) trace_.series.push_back({c, {}});
  }

  // A value for each column. Precondition: after the time before; the first is the trace's time 0.
  void add(std::int64_t time_ns, std::initializer_list<double> values);
  void add(std::int64_t time_ns, const std::vector<double>& values);
  // Nothing is known from here until the next sample.
  void gap(std::int64_t time_ns);

  [[nodiscard]] bool empty() const { return trace_.time_ns.empty(); }
  [[nodiscard]] std::size_t samples() const { return trace_.samples(); }
  // No sample may be there: too long after the first one.
  [[nodiscard]] bool too_late(std::int64_t time_ns) const {
    return !empty() && time_ns - start_ns_ > kLongestTraceNs;
  }
  // Of the last sample, on the caller's clock. Precondition: there is one.
  [[nodiscard]] std::int64_t last_ns() const { return start_ns_ + trace_.time_ns.back(); }
  [[nodiscard]] Trace take() { return std::move(trace_); }

 private:
  void add_time(std::int64_t time_ns);

  Trace trace_;
  std::int64_t start_ns_ = 0;
};

// Why `value` cannot stand in a column, or "".
[[nodiscard]] std::string problem_of_value(TraceColumn column, double value);

// Traces with the same columns one after the other, nothing known for one step in between.
// Precondition: there is one at least; columns are the same.
[[nodiscard]] Trace joined(std::vector<Trace> traces);

}  // namespace autoscale
