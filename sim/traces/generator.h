// Random courses of a signal level, a goodput or a co-runner's load, sample by sample, from models with a few
// parameters. Value k is a function of (model, key, entity, 0..k): a longer course begins with the shorter one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "sim/base/random.h"
#include "sim/traces/trace.h"

namespace autoscale {

// Units of `mean`, `sd`, `min` and `max` are the column's (dBm, Mbit/s, 1); lag1 is the correlation of a sample with
// the next one, in (-1, 1).

// Independent samples.
struct GaussianModel {
  double mean = 0.0;
  double sd = 0.0;
};

// x' = mean + lag1 (x - mean) + sd sqrt(1 - lag1^2) N(0, 1); x(0) is drawn from the stationary N(mean, sd^2).
struct Ar1Model {
  double mean = 0.0;
  double sd = 0.0;
  double lag1 = 0.0;
};

// The values of one state: N(mean, sd^2) truncated to [min, max], of which mean and sd are the parameters and not the
// moments. A gap state has no value: nothing is heard while it lasts.
struct MarkovState {
  double mean = 0.0;
  double sd = 0.0;
  double lag1 = 0.0;
  double min = 0.0;
  double max = 0.0;
  bool gap = false;
};

// States follow each other as a Markov chain that starts from its stationary distribution. Inside a state a latent u of
// N(0, 1) gives the value: the quantile of the state's distribution at the probability of u. The next sample is drawn by
// one w = lag1 u + sqrt(1 - lag1^2) N(0, 1): its probability picks the next state from the row, the states ranked by
// their means, gaps lowest; and the part of that state's share that lies below it is the probability of the next u.
// Given the states so far u is N(0, 1) again, so that transitions and each state's values have exactly the distributions
// stated; and a course that leaves a state downwards leaves it near its lower end and enters the next near its upper
// end, as levels do. (A Gaussian copula of the rank in the state and the rank in all that may follow.)
struct MarkovModel {
  std::vector<MarkovState> states;
  std::vector<std::vector<double>> transition;  // per sample, from row to column; rows sum to 1
};

using GeneratorModel = std::variant<GaussianModel, Ar1Model, MarkovModel>;

// What makes a model unusable, with the value found ("row 2 of transition sums to 0.9, expected 1"); empty: nothing.
[[nodiscard]] std::string problem_of(const GeneratorModel& model);

// `samples` values of a generated column, clamped to `bounds`; kGap in gap states. Precondition: problem_of is empty.
[[nodiscard]] std::vector<double> generate(const GeneratorModel& model, std::size_t samples,
                                           TraceBounds bounds, const StreamKey& key,
                                           std::uint32_t entity);

// From the lowest: gaps, then by the mean as far as it lies in the state.
[[nodiscard]] std::vector<std::size_t> ranked_states(const std::vector<MarkovState>& states);

// Of each state in the long run (Grassmann, Taksar and Heyman, Operations Research 1985). Precondition: every state
// can be reached from every other, rows sum to 1.
[[nodiscard]] std::vector<double> stationary_distribution(
    const std::vector<std::vector<double>>& transition);

}  // namespace autoscale
