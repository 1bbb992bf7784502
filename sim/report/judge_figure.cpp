// One figure by one rule.
#include <algorithm>
#include <cmath>

#include "sim/base/check.h"
#include "sim/base/statistics.h"
#include "sim/report/gate.h"

namespace autoscale {
namespace {

std::vector<double> defined(std::span<const std::optional<double>> values) {
  std::vector<double> list;
  for (const auto& value : values) {
    if (value) list.push_back(*value);
  }
  return list;
}

bool all_same(std::span<const double> a, std::span<const double> b, bool paired) {
  if (paired) return std::ranges::equal(a, b);
  if (a.empty() || b.empty()) return a.empty() && b.empty();
  const auto first = [&](double value) { return value == a.front(); };
  return std::ranges::all_of(a, first) && std::ranges::all_of(b, first);
}

// Whether each value is within the limit of its partner.
bool within(std::span<const double> a, std::span<const double> b, const GateRule& rule) {
  for (std::size_t i = 0; i < a.size(); ++i) {
    const double limit = rule.ratio ? *rule.ratio * std::abs(a[i]) : rule.difference.value_or(0.0);
    if (!(std::abs(b[i] - a[i]) <= limit)) return false;
  }
  return true;
}

bool is_statistical(GateTest test) {
  return test == GateTest::kNonInferiority || test == GateTest::kEquivalence;
}

std::optional<double> relative(double from, double to) {
  if (from == 0.0) return std::nullopt;
  return (to - from) / std::abs(from);
}

// A test of the mean on the scale of the rule: differences, or logarithms of ratios.
class ShiftTest {
 public:
  ShiftTest(const GateRule& rule, Better better, double confidence)
      : rule_(rule), better_(better), confidence_(confidence) {}

  void judge(std::span<const double> from, std::span<const double> to, bool paired, GateRow& row) {
    if (rule_.ratio && (!positive(from) || !positive(to))) {
      row.verdict = GateVerdict::kMoved;  // and no ratio says by how much
      return;
    }
    const std::vector<double> a = scaled(from);
    const std::vector<double> b = scaled(to);
    const double estimate = *mean(b) - *mean(a);
    const auto shift = paired ? paired_shift(a, b) : welch_shift(a, b);
    row.movement.estimate = unscaled(estimate);
    const bool moved = worse(estimate);
    row.verdict = moved ? GateVerdict::kMoved : GateVerdict::kNotShown;
    if (!shift) return;
    const double reach = student_t(confidence_, shift->degrees_of_freedom) * shift->standard_error;
    row.movement.low = unscaled(estimate - reach);
    row.movement.high = unscaled(estimate + reach);
    if (!worse(estimate - reach) && !worse(estimate + reach)) row.verdict = GateVerdict::kPass;
  }

 private:
  static bool positive(std::span<const double> values) {
    return std::ranges::all_of(values, [](double v) { return v > 0.0; });
  }

  [[nodiscard]] std::vector<double> scaled(std::span<const double> values) const {
    std::vector<double> list(values.begin(), values.end());
    if (rule_.ratio)
      std::ranges::transform(list, list.begin(), [](double v) { return std::log(v); });
    return list;
  }

  [[nodiscard]] double unscaled(double shift) const {
    return rule_.ratio ? std::expm1(shift) : shift;
  }

  // Whether a shift reaches the limit, on a side that counts.
  [[nodiscard]] bool worse(double shift) const {
    const double limit = rule_.ratio ? std::log1p(*rule_.ratio) : *rule_.difference;
    const bool two_sided = rule_.test == GateTest::kEquivalence;
    const bool above = shift >= limit && (two_sided || better_ == Better::kLower);
    const bool below = shift <= -limit && (two_sided || better_ == Better::kHigher);
    return above || below;
  }

  const GateRule& rule_;
  Better better_;
  double confidence_;
};

}  // namespace

void judge_figure(const FigureValues& values, Better better, double confidence, GateRow& row) {
  const std::vector<double> from = defined(values.expected);
  const std::vector<double> to = defined(values.got);
  row.expected = mean(from);
  row.got = mean(to);
  row.verdict = GateVerdict::kMoved;
  bool comparable = from.empty() == to.empty();
  if (values.paired) {
    AUTOSCALE_CHECK(values.expected.size() == values.got.size(), "pairs have two sides");
    for (std::size_t i = 0; i < values.expected.size(); ++i)
      comparable = comparable && values.expected[i].has_value() == values.got[i].has_value();
  }
  if (!comparable) return;  // defined on one side only
  const bool exact = !is_statistical(row.rule.test);
  if (row.expected && row.got && (exact || !row.rule.ratio)) {
    const double difference = *row.got - *row.expected;
    row.movement.estimate =
        row.rule.difference ? std::optional(difference) : relative(*row.expected, *row.got);
  }
  if (all_same(from, to, values.paired)) {
    row.verdict = GateVerdict::kPass;
    row.movement.estimate = from.empty() ? std::nullopt : std::optional(0.0);
  } else if (exact) {
    if (values.paired && within(from, to, row.rule)) row.verdict = GateVerdict::kPass;
  } else {
    ShiftTest(row.rule, better, confidence).judge(from, to, values.paired, row);
  }
}

}  // namespace autoscale
