#include <algorithm>
#include <cmath>

#include "sim/base/check.h"
#include "sim/report/comparison.h"

namespace autoscale {
namespace {

// Rounding, as between two compilers, is no difference.
constexpr double kRounding = 1e-12;

Verdict direction(double difference, Better better) {
  const bool lower = difference < 0.0;
  if (better == Better::kNeither) return lower ? Verdict::kLower : Verdict::kHigher;
  return lower == (better == Better::kLower) ? Verdict::kBetter : Verdict::kWorse;
}

Verdict verdict_of(std::span<const double> baseline, std::span<const double> other,
                   const MeanInterval& difference, Better better) {
  if (!difference.mean) return Verdict::kUndefined;
  bool same = true;
  for (std::size_t i = 0; i < baseline.size(); ++i) {
    const double scale = std::max(std::abs(baseline[i]), std::abs(other[i]));
    same = same && std::abs(other[i] - baseline[i]) <= kRounding * scale;
  }
  if (same) return Verdict::kNoDifference;
  if (!difference.ci95) return Verdict::kUnknown;
  if (std::abs(*difference.mean) <= *difference.ci95) return Verdict::kNoDifference;
  return direction(*difference.mean, better);
}

}  // namespace

const char* to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::kUndefined: return "not defined";
    case Verdict::kUnknown: return "unknown";
    case Verdict::kNoDifference: return "no difference";
    case Verdict::kBetter: return "better";
    case Verdict::kWorse: return "worse";
    case Verdict::kHigher: return "higher";
    case Verdict::kLower: return "lower";
  }
  return "";
}

PairedStatistics paired_statistics(std::span<const std::optional<double>> baseline,
                                   std::span<const std::optional<double>> other, Better better) {
  AUTOSCALE_CHECK(baseline.size() == other.size(), "paired samples have equal sizes");
  std::vector<double> a;
  std::vector<double> b;
  std::vector<double> differences;
  for (std::size_t i = 0; i < baseline.size(); ++i) {
    if (!baseline[i] || !other[i]) continue;
    a.push_back(*baseline[i]);
    b.push_back(*other[i]);
    differences.push_back(*other[i] - *baseline[i]);
  }
  PairedStatistics s;
  s.pairs = a.size();
  s.baseline = mean(a);
  s.other = mean(b);
  s.difference = mean_interval(differences);
  s.ratio = paired_ratio(b, a);
  s.verdict = verdict_of(a, b, s.difference, better);
  return s;
}

}  // namespace autoscale
