#include "sim/traces/generator.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "sim/traces/truncated_normal.h"

namespace autoscale {
namespace {

// A row written with a few decimals sums to 1 only so exactly.
constexpr double kRowTolerance = 1e-6;

using Matrix = std::vector<std::vector<double>>;

// The states that `from` leads to in any number of steps, along (or against) the transitions.
std::vector<bool> reached(const Matrix& transition, bool against) {
  std::vector<bool> found(transition.size());
  std::vector<std::size_t> open{0};
  found[0] = true;
  while (!open.empty()) {
    const std::size_t i = open.back();
    open.pop_back();
    for (std::size_t j = 0; j < transition.size(); ++j) {
      if (found[j] || (against ? transition[j][i] : transition[i][j]) <= 0.0) continue;
      found[j] = true;
      open.push_back(j);
    }
  }
  return found;
}

std::string problem_of_numbers(double mean, double sd, double lag1) {
  if (!std::isfinite(mean)) return fmt::format("mean is {}, expected a number", mean);
  if (!std::isfinite(sd) || sd < 0.0) return fmt::format("sd is {}, expected at least 0", sd);
  if (lag1 > -1.0 && lag1 < 1.0) return "";
  return fmt::format("lag1 is {}, expected a number in (-1, 1)", lag1);
}

std::string problem_of_state(const MarkovState& s) {
  if (s.gap) return "";
  std::string problem = problem_of_numbers(s.mean, s.sd, s.lag1);
  if (problem.empty() && !(s.min <= s.max))
    problem = fmt::format("min is {}, above max, {}", s.min, s.max);
  return problem;
}

std::string problem_of_row(const std::vector<double>& row, std::size_t states) {
  if (row.size() != states)
    return fmt::format("has {} numbers, expected one for each of the {} states", row.size(),
                       states);
  for (const double p : row) {
    if (!(p >= 0.0 && p <= 1.0)) return fmt::format("has {}, expected probabilities", p);
  }
  const double sum = std::accumulate(row.begin(), row.end(), 0.0);
  return std::abs(sum - 1.0) <= kRowTolerance ? "" : fmt::format("sums to {}, expected 1", sum);
}

std::string problem_of_chain(const MarkovModel& model) {
  if (model.states.empty()) return "states is empty, expected one at least";
  for (std::size_t s = 0; s < model.states.size(); ++s) {
    const std::string problem = problem_of_state(model.states[s]);
    if (!problem.empty()) return fmt::format("state {}: {}", s + 1, problem);
  }
  if (model.transition.size() != model.states.size()) {
    return fmt::format("transition has {} rows, expected one for each of the {} states",
                       model.transition.size(), model.states.size());
  }
  for (std::size_t s = 0; s < model.states.size(); ++s) {
    const std::string problem = problem_of_row(model.transition[s], model.states.size());
    if (!problem.empty()) return fmt::format("row {} of transition {}", s + 1, problem);
  }
  for (const bool against : {false, true}) {
    const std::vector<bool> found = reached(model.transition, against);
    const auto lost = std::ranges::find(found, false);
    if (lost == found.end()) continue;
    const auto state = lost - found.begin() + 1;
    return against ? fmt::format("transition never leads from state {} to state 1", state)
                   : fmt::format("transition never leads from state 1 to state {}", state);
  }
  return "";
}

struct ProblemOf {
  std::string operator()(const GaussianModel& m) const {
    return problem_of_numbers(m.mean, m.sd, 0.0);
  }
  std::string operator()(const Ar1Model& m) const {
    return problem_of_numbers(m.mean, m.sd, m.lag1);
  }
  std::string operator()(const MarkovModel& m) const { return problem_of_chain(m); }
};

struct StateDraw {
  std::size_t state = 0;
  double u = 0.0;  // N(0, 1), independent of the state
};

// From probabilities that sum to about 1, by one draw of N(0, 1).
StateDraw pick(const std::vector<double>& probabilities, const std::vector<std::size_t>& ranked,
               double w) {
  constexpr double kTiny = 0x1p-54;
  double below = normal_probability(w);
  StateDraw draw;
  double share = 1.0;
  for (const std::size_t s : ranked) {
    if (probabilities[s] <= 0.0) continue;
    draw.state = s;
    share = probabilities[s];
    if (below < share) break;
    below -= share;
  }
  draw.u = normal_quantile(std::clamp(below / share, kTiny, 1.0 - kTiny));
  return draw;
}

// The next value of an AR(1) course of N(0, 1).
double step(double u, double lag1, double normal) {
  return lag1 * u + std::sqrt(1.0 - lag1 * lag1) * normal;
}

struct Generate {
  std::size_t samples;
  const StreamKey& key;
  std::uint32_t entity;

  std::vector<double> operator()(const GaussianModel& m) const {
    return (*this)(Ar1Model{m.mean, m.sd, 0.0});
  }

  std::vector<double> operator()(const Ar1Model& m) const {
    std::vector<double> values(samples);
    double u = 0.0;
    for (std::size_t k = 0; k < samples; ++k) {
      const double z = draw_normal(key, entity, k);
      u = k == 0 ? z : step(u, m.lag1, z);
      values[k] = m.mean + m.sd * u;
    }
    return values;
  }

  std::vector<double> operator()(const MarkovModel& m) const {
    std::vector<TruncatedNormal> distributions;
    for (const MarkovState& s : m.states) distributions.emplace_back(s.mean, s.sd, s.min, s.max);
    const std::vector<std::size_t> ranked = ranked_states(m.states);
    const std::vector<double> start = stationary_distribution(m.transition);
    std::vector<double> values(samples);
    std::size_t state = 0;
    double u = 0.0;
    for (std::size_t k = 0; k < samples; ++k) {
      const double z = draw_normal(key, entity, k);
      const double w = k == 0 ? z : step(u, m.states[state].lag1, z);
      const StateDraw next = pick(k == 0 ? start : m.transition[state], ranked, w);
      state = next.state;
      u = next.u;
      values[k] = m.states[state].gap ? kGap : distributions[state].at_normal(u);
    }
    return values;
  }
};

}  // namespace

std::vector<std::size_t> ranked_states(const std::vector<MarkovState>& states) {
  std::vector<std::size_t> ranked(states.size());
  std::iota(ranked.begin(), ranked.end(), std::size_t{0});
  std::ranges::stable_sort(ranked, [&](std::size_t a, std::size_t b) {
    if (states[a].gap || states[b].gap) return states[a].gap && !states[b].gap;
    const double mean_a = std::clamp(states[a].mean, states[a].min, states[a].max);
    const double mean_b = std::clamp(states[b].mean, states[b].min, states[b].max);
    return mean_a < mean_b;
  });
  return ranked;
}

std::vector<double> stationary_distribution(const Matrix& transition) {
  Matrix p = transition;
  const std::size_t n = p.size();
  // State by state from the last: the chain watched only while it is in the states before.
  for (std::size_t k = n - 1; k > 0; --k) {
    double leaves = 0.0;
    for (std::size_t j = 0; j < k; ++j) leaves += p[k][j];
    for (std::size_t i = 0; i < k; ++i) {
      p[i][k] /= leaves;
      for (std::size_t j = 0; j < k; ++j) p[i][j] += p[i][k] * p[k][j];
    }
  }
  std::vector<double> share(n, 1.0);
  double sum = 1.0;
  for (std::size_t k = 1; k < n; ++k) {
    share[k] = 0.0;
    for (std::size_t i = 0; i < k; ++i) share[k] += share[i] * p[i][k];
    sum += share[k];
  }
  for (double& s : share) s /= sum;
  return share;
}

std::string problem_of(const GeneratorModel& model) { return std::visit(ProblemOf{}, model); }

std::vector<double> generate(const GeneratorModel& model, std::size_t samples, TraceBounds bounds,
                             const StreamKey& key, std::uint32_t entity) {
  std::vector<double> values = std::visit(Generate{samples, key, entity}, model);
  for (double& v : values) {
    if (!is_gap(v)) v = std::clamp(v, bounds.min, bounds.max);
  }
  return values;
}

}  // namespace autoscale
