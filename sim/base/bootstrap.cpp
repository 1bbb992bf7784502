#include "sim/base/bootstrap.h"

#include <algorithm>

#include "sim/base/check.h"
#include "sim/base/random.h"
#include "sim/base/statistics.h"

namespace autoscale {
namespace {

constexpr StreamKey kKey{.seed = 0, .stream = Stream::kBootstrap};

// A word is scaled to [0, runs): the chances of two runs differ by less than runs / 2^32.
std::size_t run_of(std::uint32_t word, std::size_t runs) {
  return static_cast<std::size_t>((static_cast<std::uint64_t>(word) * runs) >> 32);
}

void draw_resample(std::uint64_t resample, std::size_t runs, std::span<std::uint32_t> counts) {
  std::ranges::fill(counts, 0U);
  for (std::uint32_t stratum = 0; !counts.empty(); ++stratum, counts = counts.subspan(runs)) {
    for (std::size_t run = 0; run < runs; run += 4) {
      const auto words = draw_bits(kKey, stratum, resample << 32 | run);
      const std::size_t drawn = std::min<std::size_t>(words.size(), runs - run);
      for (std::size_t i = 0; i < drawn; ++i) ++counts[run_of(words[i], runs)];
    }
  }
}

void add_interval(std::vector<double>& resampled, BootstrapInterval& interval) {
  std::ranges::sort(resampled);
  interval.low95 = quantile(resampled, 0.025);
  interval.high95 = quantile(resampled, 0.975);
}

}  // namespace

std::vector<BootstrapInterval> stratified_bootstrap(std::size_t strata, std::size_t runs,
                                                    std::size_t figures,
                                                    const Statistics& statistics,
                                                    std::size_t resamples) {
  AUTOSCALE_CHECK(strata > 0 && runs > 0 && figures > 0, "there is something to resample");
  std::vector<std::uint32_t> counts(strata * runs, 1U);
  std::vector<double> values(figures);
  statistics(counts, values);
  std::vector<BootstrapInterval> intervals;
  intervals.reserve(figures);
  for (const double value : values)
    intervals.push_back({.value = value, .low95 = {}, .high95 = {}});
  if (runs < 2 || resamples == 0) return intervals;

  std::vector<std::vector<double>> resampled(figures);  // [figure][resample]
  for (std::uint64_t resample = 0; resample < resamples; ++resample) {
    draw_resample(resample, runs, counts);
    statistics(counts, values);
    for (std::size_t f = 0; f < figures; ++f) resampled[f].push_back(values[f]);
  }
  for (std::size_t f = 0; f < figures; ++f) add_interval(resampled[f], intervals[f]);
  return intervals;
}

}  // namespace autoscale
