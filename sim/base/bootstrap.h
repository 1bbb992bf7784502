// The stratified bootstrap: how sure a figure of many runs is that is no mean, such as a trimmed mean or a
// share (Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13; stratified by task as in
// Agarwal et al., Deep Reinforcement Learning at the Edge of the Statistical Precipice, NeurIPS 2021).
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace autoscale {

// 50 of them lie beyond each end of a 95 % interval, which makes the ends sure to about two digits.
inline constexpr std::size_t kResamples = 2'000;

// 95 % percentile interval: between the quantiles of 2.5 % and 97.5 % of the resamples.
struct BootstrapInterval {
  std::optional<double> value;  // of the sample itself
  std::optional<double> low95;  // need two runs of each stratum
  std::optional<double> high95;
};

// How often each run occurs: [stratum * runs + run].
using Counts = std::span<const std::uint32_t>;

// Writes its figures of the sample in which runs occur that often.
using Statistics = std::function<void(Counts counts, std::span<double> figures)>;

// In each stratum, as many runs are drawn with replacement as it has, independently of the other strata.
// Draws depend on the shape alone, so that figures of other values at the same shape meet the same
// resamples, and a result is the same every time. 0 resamples: values without intervals. Precondition: there are
// strata, runs and figures.
[[nodiscard]] std::vector<BootstrapInterval> stratified_bootstrap(
    std::size_t strata, std::size_t runs, std::size_t figures, const Statistics& statistics,
    std::size_t resamples = kResamples);

}  // namespace autoscale
