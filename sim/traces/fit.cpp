#include "sim/traces/fit.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "sim/config/json_access.h"
#include "sim/traces/fit_markov.h"
#include "sim/traces/statistics.h"

namespace autoscale {
namespace {

constexpr double kHighestLag1 = 0.9999;

ColumnFit fit_gaussian(const SeriesStatistics& s) {
  const auto n = static_cast<double>(s.known);
  const GaussianModel m{rounded_to(*s.mean, 6), rounded_to(*s.sd, 6)};
  return {s.column,
          m,
          {{"mean", m.mean, *s.sd / std::sqrt(n)}, {"sd", m.sd, *s.sd / std::sqrt(2.0 * n)}}};
}

ColumnFit fit_ar1(const SeriesStatistics& s) {
  const auto n = static_cast<double>(s.known);
  const double r = std::clamp(s.lag1.value_or(0.0), -kHighestLag1, kHighestLag1);
  const Ar1Model m{rounded_to(*s.mean, 6), rounded_to(*s.sd, 6), rounded_to(r, 4)};
  return {s.column,
          m,
          {{"mean", m.mean, *s.sd * std::sqrt((1.0 + r) / (1.0 - r) / n)},
           {"sd", m.sd, *s.sd * std::sqrt((1.0 + r * r) / (1.0 - r * r) / (2.0 * n))},
           {"lag1", m.lag1, std::sqrt((1.0 - r * r) / n)}}};
}

// Samples of a level and a goodput that are both known, by 5 dB of the level.
struct LevelBin {
  double levels = 0.0;
  double goodput = 0.0;
  double squares = 0.0;
  double count = 0.0;
};

constexpr double kBinDb = 5.0;
constexpr double kFewest = 20.0;  // samples of a bin

std::vector<LevelBin> bins_of(const TraceSeries& level, const TraceSeries& goodput) {
  std::vector<LevelBin> bins(static_cast<std::size_t>(150.0 / kBinDb) + 1);
  for (std::size_t i = 0; i < level.values.size(); ++i) {
    const double x = goodput.values[i];
    if (is_gap(level.values[i]) || is_gap(x)) continue;
    LevelBin& bin = bins[static_cast<std::size_t>((level.values[i] + 150.0) / kBinDb)];
    bin.levels += level.values[i];
    bin.goodput += x;
    bin.squares += x * x;
    bin.count += 1.0;
  }
  std::erase_if(bins, [](const LevelBin& b) { return b.count < kFewest; });
  return bins;
}

// Noise that gives the second moment and the neighbours' product that the samples have.
void fit_noise(const TraceSeries& level, const TraceSeries& goodput, GoodputOverLevel& m) {
  double squares = 0.0;
  double mean_squares = 0.0;
  double products = 0.0;
  double mean_products = 0.0;
  double last = kGap;
  double last_mean = 0.0;
  for (std::size_t i = 0; i < level.values.size(); ++i) {
    const bool known = !is_gap(level.values[i]) && !is_gap(goodput.values[i]);
    const double x = known ? goodput.values[i] : kGap;
    const double mean = known ? mean_goodput(m, level.values[i]) : 0.0;
    if (known) {
      squares += x * x;
      mean_squares += mean * mean;
      if (!is_gap(last)) {
        products += x * last;
        mean_products += mean * last_mean;
      }
    }
    last = x;
    last_mean = mean;
  }
  const double variance = mean_squares > 0.0 ? std::log(squares / mean_squares) : 0.0;
  m.spread = std::sqrt(std::max(variance, 0.0));
  if (variance <= 0.0 || mean_products <= 0.0 || products <= 0.0) return;
  m.lag1 = std::clamp(std::log(products / mean_products) / variance, -kHighestLag1, kHighestLag1);
}

std::optional<ColumnFit> fit_over_level(const TraceSeries& level, const TraceSeries& goodput,
                                        std::string& problem) {
  const std::vector<LevelBin> bins = bins_of(level, goodput);
  if (bins.empty()) {
    problem = fmt::format("{} and {} are nowhere known together {} times within {} dB",
                          to_string(level.column), to_string(goodput.column), kFewest, kBinDb);
    return std::nullopt;
  }
  GoodputOverLevel m;
  ColumnFit fit;
  fit.column = goodput.column;
  for (const LevelBin& b : bins) {
    m.level_dbm.push_back(rounded_to(b.levels / b.count, 2));
    m.mean_mbps.push_back(rounded_to(b.goodput / b.count, 4));
    const double mean = b.goodput / b.count;
    const double variance = std::max(0.0, b.squares / b.count - mean * mean);
    fit.parameters.push_back({fmt::format("mean at {} dBm", m.level_dbm.back()), m.mean_mbps.back(),
                              std::sqrt(variance / b.count)});
  }
  for (const double x : goodput.values) {
    if (!is_gap(x)) m.max_mbps = std::max(m.max_mbps, rounded_to(x, 3));
  }
  fit_noise(level, goodput, m);
  m.spread = rounded_to(m.spread, 4);
  m.lag1 = rounded_to(m.lag1, 4);
  fit.parameters.push_back({"spread", m.spread, std::nullopt});
  fit.parameters.push_back({"lag1", m.lag1, std::nullopt});
  fit.parameters.push_back({"max", m.max_mbps, std::nullopt});
  fit.model = m;
  return fit;
}

bool is_goodput(TraceColumn c) { return c == TraceColumn::kUplink || c == TraceColumn::kDownlink; }

class TraceFit {
 public:
  TraceFit(const Trace& trace, const FitOptions& options) : trace_(trace), options_(options) {}

  std::optional<ColumnFit> fit(const SeriesStatistics& s, std::string& problem) const {
    if (s.known < 2) {
      problem = fmt::format("{} has {} known values, expected two at least", to_string(s.column),
                            s.known);
      return std::nullopt;
    }
    if (s.column == options_.column) return fit_chosen(s, problem);
    const TraceSeries* level = trace_.level();
    if (is_goodput(s.column) && level != nullptr && level->column == options_.column)
      return fit_over_level(*level, *trace_.find(s.column), problem);
    return s.lag1 ? fit_ar1(s) : fit_gaussian(s);
  }

 private:
  std::optional<ColumnFit> fit_chosen(const SeriesStatistics& s, std::string& problem) const {
    switch (options_.kind) {
      case ModelKind::kGaussian: return fit_gaussian(s);
      case ModelKind::kAr1: return fit_ar1(s);
      case ModelKind::kMarkov: break;
    }
    return fit_markov(trace_, s.column, options_.edges, problem);
  }

  const Trace& trace_;
  const FitOptions& options_;
};

std::string errors_json(const std::vector<ColumnFit>& fits) {
  JsonDocument document;
  set_object(document.root());
  for (const ColumnFit& fit : fits) {
    Json& column = add_member(document.root(), to_string(fit.column));
    set_object(column);
    for (const FittedParameter& p : fit.parameters) {
      if (p.standard_error) set(add_member(column, p.name), rounded_to(*p.standard_error, 6));
    }
  }
  return dump(document.root());
}

FittedStatistics fitted_statistics(const SeriesStatistics& s) {
  FittedStatistics f;
  f.mean = rounded_to(s.mean.value_or(0.0), 6);
  f.sd = rounded_to(s.sd.value_or(0.0), 6);
  if (s.lag1) f.lag1 = rounded_to(*s.lag1, 6);
  return f;
}

}  // namespace

std::optional<std::vector<ColumnFit>> fit_trace(const Trace& trace, const FitOptions& options,
                                                const std::string& file, Diagnostics& diagnostics) {
  if (trace.find(options.column) == nullptr) {
    std::vector<const char*> names;
    for (const TraceSeries& s : trace.series) names.push_back(to_string(s.column));
    diagnostics.add({file, "", fmt::format("has no column {}", to_string(options.column)),
                     fmt::format("it has {}", fmt::join(names, ", "))});
    return std::nullopt;
  }
  const std::size_t before = diagnostics.list().size();
  std::vector<ColumnFit> fits;
  for (const SeriesStatistics& s : statistics_of(trace).series) {
    std::string problem;
    std::optional<ColumnFit> fit = TraceFit(trace, options).fit(s, problem);
    if (fit) {
      fits.push_back(std::move(*fit));
    } else {
      diagnostics.add({file, "", problem, ""});
    }
  }
  if (diagnostics.list().size() != before) return std::nullopt;
  return fits;
}

TraceModel trace_model_of(const Trace& trace, const std::vector<ColumnFit>& fits) {
  TraceModel model;
  const TraceStatistics statistics = statistics_of(trace);
  model.step_ms = statistics.step_ms;
  for (const ColumnFit& fit : fits) model.columns[to_string(fit.column)] = fit.model;
  for (const SeriesStatistics& s : statistics.series) {
    FittedStatistics& f = model.fitted[to_string(s.column)] = fitted_statistics(s);
    if (!statistics.weak || trace.level()->column != s.column) continue;
    const auto copy = [](const std::optional<double>& v) {
      return v ? std::optional(rounded_to(*v, 6)) : std::nullopt;
    };
    f.share_weak = copy(statistics.weak->share_weak);
    f.dwell_regular_s = copy(statistics.weak->dwell_regular_s);
    f.dwell_weak_s = copy(statistics.weak->dwell_weak_s);
  }
  model.standard_errors = errors_json(fits);
  return model;
}

}  // namespace autoscale
