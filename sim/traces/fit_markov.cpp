#include "sim/traces/fit_markov.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "sim/traces/statistics.h"
#include "sim/traces/truncated_normal.h"

namespace autoscale {
namespace {

constexpr int kUnknown = -1;
constexpr int kProbabilityDecimals = 5;
constexpr std::size_t kMostStates = 64;

struct StateSamples {
  double min = 0.0;
  double max = 0.0;
  bool gap = false;
  std::vector<double> values;
};

double mean_of(const std::vector<double>& x) {
  return std::accumulate(x.begin(), x.end(), 0.0) / static_cast<double>(x.size());
}

double sd_of(const std::vector<double>& x, double mean) {
  double sum = 0.0;
  for (const double v : x) sum += (v - mean) * (v - mean);
  return std::sqrt(sum / static_cast<double>(x.size()));
}

class MarkovFit {
 public:
  MarkovFit(const Trace& trace, const TraceSeries& series, std::vector<double> edges)
      : trace_(trace), series_(series), edges_(std::move(edges)) {}

  std::optional<ColumnFit> fit(std::string& problem) {
    problem = assign();
    if (!problem.empty()) return std::nullopt;
    ColumnFit result;
    result.column = series_.column;
    for (std::size_t s = 0; s < samples_.size(); ++s) fit_state(s);
    fit_transitions();
    fit_latent();
    report(result);
    problem = problem_of(GeneratorModel(model_));
    if (!problem.empty()) {
      problem += "; choose other --edges";
      return std::nullopt;
    }
    result.model = model_;
    return result;
  }

 private:
  // State 1 is the highest; outages are the last.
  std::string assign() {
    std::ranges::sort(edges_, std::greater<>());
    samples_.resize(edges_.size() + 1);
    bool outages = false;
    for (std::size_t i = 0; i < series_.values.size(); ++i) {
      const double v = series_.values[i];
      int state = kUnknown;
      if (!is_gap(v)) {
        state = static_cast<int>(std::ranges::count_if(edges_, [&](double e) { return v < e; }));
        samples_[static_cast<std::size_t>(state)].values.push_back(v);
      } else if (&series_ == trace_.level() && is_outage(trace_, i)) {
        state = static_cast<int>(edges_.size()) + 1;
        outages = true;
      }
      states_.push_back(state);
    }
    for (std::size_t s = 0; s < samples_.size(); ++s) {
      StateSamples& state = samples_[s];
      if (state.values.size() < 2)
        return fmt::format(
            "state {} ({}) has {} samples, expected two at least; choose other --edges", s + 1,
            range_of(s), state.values.size());
      const auto [low, high] = std::ranges::minmax_element(state.values);
      state.min = s < edges_.size() ? edges_[s] : *low;
      state.max = s == 0 ? *high : edges_[s - 1];
    }
    if (outages) samples_.push_back({.gap = true, .values = {}});
    return "";
  }

  [[nodiscard]] std::string range_of(std::size_t s) const {
    if (edges_.empty()) return "all";
    if (s == 0) return fmt::format("{} and above", edges_[0]);
    if (s == edges_.size()) return fmt::format("below {}", edges_.back());
    return fmt::format("{} to {}", edges_[s], edges_[s - 1]);
  }

  void fit_state(std::size_t s) {
    const StateSamples& from = samples_[s];
    if (from.gap) {
      model_.states.push_back({.gap = true});
      return;
    }
    const double mean = mean_of(from.values);
    const CutNormal normal = before_cut({mean, sd_of(from.values, mean)}, from.min, from.max);
    model_.states.push_back({rounded_to(normal.mean, 4), rounded_to(normal.sd, 4), 0.0,
                             rounded_to(from.min, 4), rounded_to(from.max, 4), false});
  }

  // Steps are counted both ways: a level's course is as likely backwards. Recordings that begin strong and end weak
  // would else make a chain that settles at other shares than theirs.
  void fit_transitions() {
    const std::size_t n = samples_.size();
    counts_.assign(n, 0.0);
    std::vector<std::vector<double>> counts(n, std::vector<double>(n));
    for (std::size_t i = 0; i + 1 < states_.size(); ++i) {
      if (states_[i] == kUnknown || states_[i + 1] == kUnknown) continue;
      const auto from = static_cast<std::size_t>(states_[i]);
      const auto to = static_cast<std::size_t>(states_[i + 1]);
      counts[from][to] += 0.5;
      counts[to][from] += 0.5;
    }
    for (std::size_t s = 0; s < n; ++s) {
      counts_[s] = std::accumulate(counts[s].begin(), counts[s].end(), 0.0);
      std::vector<double> row(n);
      for (std::size_t t = 0; t < n; ++t)
        row[t] =
            rounded_to(counts_[s] > 0.0 ? counts[s][t] / counts_[s] : 0.0, kProbabilityDecimals);
      // What rounding left over goes to the largest.
      double& largest = *std::ranges::max_element(row);
      largest = rounded_to(largest + 1.0 - std::accumulate(row.begin(), row.end(), 0.0),
                           kProbabilityDecimals);
      model_.transition.push_back(std::move(row));
    }
  }

  // The latent u of each sample, within its state. 0 where nothing is heard.
  [[nodiscard]] std::vector<double> latent() const {
    constexpr double kMost = 3.0;  // of rounded values at a state's end
    std::vector<TruncatedNormal> normals;
    for (const MarkovState& s : model_.states) normals.emplace_back(s.mean, s.sd, s.min, s.max);
    std::vector<double> u(states_.size(), 0.0);
    for (std::size_t i = 0; i < u.size(); ++i) {
      if (states_[i] == kUnknown || is_gap(series_.values[i])) continue;
      u[i] = normals[static_cast<std::size_t>(states_[i])].to_normal(series_.values[i], kMost);
    }
    return u;
  }

  // Of each state: the correlation of u with the w that leads from it to the next sample (see MarkovModel).
  void fit_latent() {
    const std::vector<double> u = latent();
    const std::vector<std::size_t> ranked = ranked_states(model_.states);
    std::vector<std::vector<double>> pairs(
        samples_.size());  // u, w, gap; u, w, gap: neighbours are pairs
    for (std::size_t i = 0; i + 1 < u.size(); ++i) {
      if (states_[i] == kUnknown || states_[i + 1] == kUnknown) continue;
      const auto from = static_cast<std::size_t>(states_[i]);
      const auto to = static_cast<std::size_t>(states_[i + 1]);
      double below = 0.0;
      for (const std::size_t s : ranked) {
        if (s == to) break;
        below += model_.transition[from][s];
      }
      const double p = below + model_.transition[from][to] * normal_probability(u[i + 1]);
      constexpr double kLeast = 1e-4;
      pairs[from].insert(pairs[from].end(),
                         {u[i], normal_quantile(std::clamp(p, kLeast, 1.0 - kLeast)), kGap});
    }
    constexpr double kHighest = 0.999;
    for (std::size_t s = 0; s < pairs.size(); ++s) {
      if (model_.states[s].gap) continue;
      model_.states[s].lag1 =
          rounded_to(std::clamp(lag1_of(pairs[s]).value_or(0.0), -kHighest, kHighest), 4);
    }
  }

  void report(ColumnFit& result) const {
    for (std::size_t s = 0; s < samples_.size(); ++s) {
      const MarkovState& state = model_.states[s];
      const auto add = [&](const char* name, double value, std::optional<double> error) {
        result.parameters.push_back({fmt::format("state {}: {}", s + 1, name), value, error});
      };
      if (state.gap) {
        add("gap", 1.0, std::nullopt);
        continue;
      }
      const CutNormal errors = standard_errors(state, samples_[s]);
      add("min", state.min, std::nullopt);
      add("max", state.max, std::nullopt);
      add("mean", state.mean, errors.mean);
      add("sd", state.sd, errors.sd);
      add("lag1", state.lag1,
          std::sqrt((1.0 - state.lag1 * state.lag1) / std::max(counts_[s], 1.0)));
    }
    for (std::size_t s = 0; s < samples_.size(); ++s) {
      for (std::size_t t = 0; t < samples_.size(); ++t) {
        const double p = model_.transition[s][t];
        result.parameters.push_back({fmt::format("transition {} to {}", s + 1, t + 1), p,
                                     std::sqrt(p * (1.0 - p) / std::max(counts_[s], 1.0))});
      }
    }
  }

  // Of mean and sd before the cut, from those of the moments.
  static CutNormal standard_errors(const MarkovState& state, const StateSamples& from) {
    const CutNormal normal{state.mean, state.sd};
    const double r = state.lag1;
    const auto n = static_cast<double>(from.values.size());
    const double sd = sd_of(from.values, mean_of(from.values));
    const double of_mean = sd * std::sqrt((1.0 + r) / (1.0 - r) / n);
    const double of_sd = sd * std::sqrt((1.0 + r * r) / (1.0 - r * r) / (2.0 * n));
    if (normal.sd <= 0.0) return {0.0, 0.0};
    const double h = 1e-4 * normal.sd;
    const auto derivative = [&](CutNormal up, CutNormal down) {
      const CutNormal a = cut_moments(up, from.min, from.max);
      const CutNormal b = cut_moments(down, from.min, from.max);
      return CutNormal{(a.mean - b.mean) / (2.0 * h), (a.sd - b.sd) / (2.0 * h)};
    };
    const CutNormal by_mean =
        derivative({normal.mean + h, normal.sd}, {normal.mean - h, normal.sd});
    const CutNormal by_sd = derivative({normal.mean, normal.sd + h}, {normal.mean, normal.sd - h});
    const double determinant = by_mean.mean * by_sd.sd - by_sd.mean * by_mean.sd;
    if (std::abs(determinant) < 1e-12) return {of_mean, of_sd};
    return {std::hypot(by_sd.sd * of_mean, by_sd.mean * of_sd) / std::abs(determinant),
            std::hypot(by_mean.sd * of_mean, by_mean.mean * of_sd) / std::abs(determinant)};
  }

  const Trace& trace_;
  const TraceSeries& series_;
  std::vector<double> edges_;
  std::vector<StateSamples> samples_;
  std::vector<int> states_;
  std::vector<double> counts_;  // steps from each state
  MarkovModel model_;
};

}  // namespace

double rounded_to(double value, int decimals) {
  const double scale = std::pow(10.0, decimals);
  return std::round(value * scale) / scale;
}

std::optional<ColumnFit> fit_markov(const Trace& trace, TraceColumn column,
                                    std::vector<double> edges, std::string& problem) {
  std::ranges::sort(edges);
  if (std::ranges::adjacent_find(edges) != edges.end()) {
    problem = "--edges has the same number twice";
    return std::nullopt;
  }
  if (edges.size() >= kMostStates) {
    problem =
        fmt::format("--edges makes {} states, expected at most {}", edges.size() + 1, kMostStates);
    return std::nullopt;
  }
  return MarkovFit(trace, *trace.find(column), std::move(edges)).fit(problem);
}

}  // namespace autoscale
