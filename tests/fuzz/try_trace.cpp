#include "tests/fuzz/try_trace.h"

#include <cmath>
#include <sstream>

#include "sim/traces/fit.h"
#include "sim/traces/statistics.h"
#include "sim/traces/trace_file.h"
#include "tests/fuzz/targets.h"

namespace autoscale::fuzz {
namespace {

bool same(double a, double b) { return a == b || (is_gap(a) && is_gap(b)); }

void try_fit(const Trace& trace, const FitOptions& options) {
  Diagnostics problems;
  const auto fits = fit_trace(trace, options, "trace.csv", problems);
  expect(fits.has_value() == problems.empty(), "a fit says why it is none");
  if (!fits) return;
  TraceModel model = trace_model_of(trace, *fits);
  if (!(model.step_ms >= 1e-3 && model.step_ms <= 3.6e6)) return;  // what a file of a model may say
  Diagnostics refused;
  const auto read = read_trace_model(trace_model_json(model), "model.json", refused);
  expect(read.has_value(), "a fitted model reads back");
  expect(generate_trace(*read, 50, 1).samples() == 50, "a fitted model generates");
}

}  // namespace

void try_trace(const Trace& trace) {
  const TraceStatistics s = statistics_of(trace);
  expect(s.samples == trace.samples() && s.samples > 0, "a trace has samples");
  for (const SeriesStatistics& series : s.series)
    expect(!series.mean || std::isfinite(*series.mean), "a mean is a number");
  std::stringstream text;
  write_trace(trace, [&](std::string_view part) { text << part; });
  Diagnostics problems;
  const auto again = read_trace(text, "trace.csv", problems);
  expect(again.has_value(), "a trace that was written can be read");
  expect(again->samples() == trace.samples(), "no sample is lost");
  for (std::size_t c = 0; c < trace.series.size(); ++c) {
    for (std::size_t i = 0; i < trace.samples(); ++i)
      expect(same(trace.series[c].values[i], again->series[c].values[i]), "values are kept");
  }
  if (trace.samples() > 10'000) return;
  const TraceColumn column = trace.is_load() ? TraceColumn::kCpu : trace.level()->column;
  try_fit(trace, {.kind = ModelKind::kAr1, .column = column, .edges = {}});
  const double edge = trace.is_load() ? 0.2 : -80.0;
  try_fit(trace, {.kind = ModelKind::kMarkov, .column = column, .edges = {edge, edge / 2.0}});
}

void try_imported(const std::optional<Trace>& trace, const ImportReport& report,
                  const Diagnostics& problems) {
  problems.throw_if_any();
  if (trace) {
    try_trace(*trace);
    return;
  }
  expect(!report.nothing.empty(), "an import of nothing says why");
  throw InputError({{"", "", report.nothing, ""}});
}

}  // namespace autoscale::fuzz
