// Estimates the parameters of a trace's generators, with standard errors.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/base/diagnostics.h"
#include "sim/traces/trace.h"
#include "sim/traces/trace_model.h"

namespace autoscale {

enum class ModelKind : unsigned char { kGaussian, kAr1, kMarkov };

struct FitOptions {
  ModelKind kind = ModelKind::kAr1;
  TraceColumn column = TraceColumn::kRssi;  // the other columns follow from it, see fit_trace
  std::vector<double> edges;  // Markov: between the states, any order; in the column's unit
};

struct FittedParameter {
  std::string name;  // "state 2: mean"
  double value = 0.0;
  std::optional<double> standard_error;  // what is an observed bound has none
};

struct ColumnFit {
  TraceColumn column = TraceColumn::kRssi;
  ColumnModel model;
  std::vector<FittedParameter> parameters;
};

// The chosen column by the chosen model; a goodput beside a chosen level as goodput over the level; any other column as
// AR(1), or as a constant. Gaps cut the course: nothing is counted across one. Outages become a state of their own.
//
// Gaussian: standard errors sd / sqrt(n), sd / sqrt(2 n). AR(1): mean sd sqrt((1 + r) / (1 - r) / n), sd
// sd sqrt((1 + r^2) / (1 - r^2) / (2 n)), r sqrt((1 - r^2) / n), the large-sample errors of a Gaussian AR(1) course.
// Markov: transitions are counted, p with sqrt(p (1 - p) / n of the row); the mean and sd of a state's values give those
// before the cut (equal moments), their errors by the delta method.
// What cannot be fitted (too few samples, an empty state) is reported at `file`, and nothing returned.
[[nodiscard]] std::optional<std::vector<ColumnFit>> fit_trace(const Trace& trace,
                                                              const FitOptions& options,
                                                              const std::string& file,
                                                              Diagnostics& diagnostics);

// With the fits' columns, the trace's step and statistics, and the standard errors.
[[nodiscard]] TraceModel trace_model_of(const Trace& trace, const std::vector<ColumnFit>& fits);

// Mean and standard deviation of N(mean, sd^2) cut to [min, max].
struct CutNormal {
  double mean = 0.0;
  double sd = 0.0;
};
[[nodiscard]] CutNormal cut_moments(CutNormal before, double min, double max);
// The normal distribution that, cut to [min, max], has these moments; the nearest where none has (values spread wider
// than evenly). Precondition: min <= mean <= max.
[[nodiscard]] CutNormal before_cut(CutNormal moments, double min, double max);

}  // namespace autoscale
