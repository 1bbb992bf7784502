#include "sim/traces/trace_builder.h"

#include <algorithm>

#include <fmt/format.h>

#include "sim/base/check.h"

namespace autoscale {

void TraceBuilder::add_time(std::int64_t time_ns) {
  if (trace_.time_ns.empty()) start_ns_ = time_ns;
  AUTOSCALE_CHECK(trace_.time_ns.empty() || time_ns - start_ns_ > trace_.time_ns.back(),
                  "samples come in the order of time");
  trace_.time_ns.push_back(time_ns - start_ns_);
}

void TraceBuilder::add(std::int64_t time_ns, std::initializer_list<double> values) {
  add_time(time_ns);
  auto value = values.begin();
  for (TraceSeries& s : trace_.series) s.values.push_back(*value++);
}

void TraceBuilder::add(std::int64_t time_ns, const std::vector<double>& values) {
  add_time(time_ns);
  for (std::size_t c = 0; c < values.size(); ++c) trace_.series[c].values.push_back(values[c]);
}

void TraceBuilder::gap(std::int64_t time_ns) {
  add_time(time_ns);
  for (TraceSeries& s : trace_.series) s.values.push_back(kGap);
}

std::string problem_of_value(TraceColumn column, double value) {
  const TraceBounds bounds = bounds_of(column);
  if (is_gap(value) || (value >= bounds.min && value <= bounds.max)) return "";
  return fmt::format("{} would be {}, expected a number in [{}, {}]", to_string(column), value,
                     bounds.min, bounds.max);
}

Trace joined(std::vector<Trace> traces) {
  Trace all = std::move(traces.front());
  for (std::size_t t = 1; t < traces.size(); ++t) {
    const Trace next = std::move(traces[t]);
    const std::int64_t end = std::max<std::int64_t>(all.duration_ns(), all.time_ns.back() + 1);
    const std::int64_t step = std::max<std::int64_t>(end - all.time_ns.back(), 1);
    all.time_ns.push_back(end);
    for (const std::int64_t time : next.time_ns) all.time_ns.push_back(end + step + time);
    for (std::size_t c = 0; c < all.series.size(); ++c) {
      std::vector<double>& values = all.series[c].values;
      values.push_back(kGap);
      values.insert(values.end(), next.series[c].values.begin(), next.series[c].values.end());
    }
  }
  return all;
}

}  // namespace autoscale
