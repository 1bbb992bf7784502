#include "sim/report/gate.h"

#include <cmath>
#include <numeric>

#include "sim/base/statistics.h"
#include "tests/support/catch.h"

namespace autoscale {
namespace {

using Values = std::vector<std::optional<double>>;

GateRow judged(GateRule rule, const Values& expected, const Values& got, bool paired = true,
               Better better = Better::kLower) {
  GateRow row;
  row.rule = std::move(rule);
  judge_figure({expected, got, paired}, better, 0.95, row);
  return row;
}

GateRule exact() { return {}; }
GateRule tolerance(double ratio) { return {.test = GateTest::kTolerance, .ratio = ratio}; }
GateRule no_worse(double ratio) { return {.test = GateTest::kNonInferiority, .ratio = ratio}; }
GateRule no_worse_by(double difference) {
  return {.test = GateTest::kNonInferiority, .difference = difference};
}
GateRule equivalent(double ratio) { return {.test = GateTest::kEquivalence, .ratio = ratio}; }
GateRule equivalent_by(double difference) {
  return {.test = GateTest::kEquivalence, .difference = difference};
}

TEST_CASE("exact: the same number in every replication, not only on the average") {
  CHECK(judged(exact(), {1.0, 3.0}, {1.0, 3.0}).verdict == GateVerdict::kPass);
  const GateRow row = judged(exact(), {1.0, 3.0}, {3.0, 1.0});
  CHECK(row.verdict == GateVerdict::kMoved);
  CHECK(*row.expected == 2.0);
  CHECK(*row.got == 2.0);
  CHECK(*row.movement.estimate == 0.0);
  CHECK(judged(exact(), {1.0}, {std::nextafter(1.0, 2.0)}).verdict == GateVerdict::kMoved);
  CHECK(*judged(exact(), {4.0}, {5.0}).movement.estimate == Approx(0.25));
  CHECK_FALSE(judged(exact(), {0.0}, {5.0}).movement.estimate);
}

TEST_CASE("what is not defined equals itself only") {
  const std::optional<double> none;
  for (const GateRule& rule : {exact(), tolerance(0.5), no_worse(0.5), equivalent_by(9.0)}) {
    CHECK(judged(rule, {none, none}, {none, none}).verdict == GateVerdict::kPass);
    CHECK(judged(rule, {none, none}, {1.0, 1.0}).verdict == GateVerdict::kMoved);
    CHECK(judged(rule, {1.0, none}, {1.0, 1.0}).verdict == GateVerdict::kMoved);
    CHECK(judged(rule, {1.0, none}, {1.0, none}).verdict == GateVerdict::kPass);
  }
}

TEST_CASE("a tolerance holds in every replication, relative to what was expected or absolute") {
  CHECK(judged(tolerance(0.01), {100.0, 100.0}, {101.0, 99.0}).verdict == GateVerdict::kPass);
  CHECK(judged(tolerance(0.01), {100.0, 100.0}, {100.0, 98.9}).verdict == GateVerdict::kMoved);
  CHECK(judged(tolerance(1.0), {0.0}, {1e-300}).verdict == GateVerdict::kMoved);
  const GateRule absolute{.test = GateTest::kTolerance, .difference = 0.5};
  CHECK(judged(absolute, {0.0, -3.0}, {0.5, -3.5}).verdict == GateVerdict::kPass);
  const GateRow row = judged(absolute, {0.0, 0.0}, {0.6, 0.0});
  CHECK(row.verdict == GateVerdict::kMoved);
  CHECK(*row.movement.estimate == Approx(0.3));
}

// Logarithms of ratios: 0.01 and 0.03, so mean 0.02, standard error 0.01, one degree of freedom, whose
// 95 % quantile is tan(0.45 pi).
TEST_CASE("non-inferiority is shown when the upper bound of the ratio is below the limit") {
  const Values expected{10.0, 20.0};
  const Values got{10.0 * std::exp(0.01), 20.0 * std::exp(0.03)};
  const double reach = std::tan(0.45 * std::acos(-1.0)) * 0.01;
  const GateRow row = judged(no_worse(0.09), expected, got);
  CHECK(*row.movement.estimate == Approx(std::exp(0.02) - 1.0));
  CHECK(*row.movement.low == Approx(std::exp(0.02 - reach) - 1.0));
  CHECK(*row.movement.high == Approx(std::exp(0.02 + reach) - 1.0));
  CHECK(row.verdict == GateVerdict::kPass);  // 0.0864
  CHECK(judged(no_worse(0.08), expected, got).verdict == GateVerdict::kNotShown);
  CHECK(judged(no_worse(0.0202), expected, got).verdict == GateVerdict::kMoved);
}

TEST_CASE("what is better by any amount is not inferior, but not equivalent") {
  const Values expected{10.0, 20.0, 30.0};
  const Values halved{5.0, 10.1, 15.0};
  CHECK(judged(no_worse(0.01), expected, halved).verdict == GateVerdict::kPass);
  CHECK(judged(no_worse(0.01), expected, halved, true, Better::kHigher).verdict ==
        GateVerdict::kMoved);
  CHECK(judged(equivalent(0.01), expected, halved).verdict == GateVerdict::kMoved);
  CHECK(judged(no_worse(0.01), halved, expected, true, Better::kHigher).verdict ==
        GateVerdict::kPass);
}

TEST_CASE("a limit of a ratio is the same in both directions") {
  const Values low{1.0, 1.0, 1.0, 1.0};
  const Values high{1.0191, 1.0189, 1.0190, 1.0190};
  CHECK(judged(equivalent(0.02), low, high).verdict == GateVerdict::kPass);
  CHECK(judged(equivalent(0.02), high, low).verdict == GateVerdict::kPass);
  CHECK(judged(equivalent(0.0189), low, high).verdict == GateVerdict::kMoved);
  CHECK(judged(equivalent(0.0189), high, low).verdict == GateVerdict::kMoved);
}

TEST_CASE("a limit in the metric's unit bears values of 0") {
  const Values none{0.0, 0.0, 0.0};
  const Values few{0.001, 0.003, 0.002};
  const GateRow row = judged(no_worse_by(0.005), none, few);
  CHECK(row.verdict == GateVerdict::kPass);
  // Standard deviation 0.001 of three values; Student's t of two degrees of freedom is 2.92.
  CHECK(*row.movement.high == Approx(0.002 + 2.9199856 * 0.001 / std::sqrt(3.0)));
  CHECK(judged(no_worse_by(0.003), none, few).verdict == GateVerdict::kNotShown);
  CHECK(judged(no_worse_by(0.002), none, few).verdict == GateVerdict::kMoved);
  CHECK(judged(no_worse(0.5), none, few).verdict == GateVerdict::kMoved);  // no ratio says how far
  CHECK(judged(no_worse(0.5), none, none).verdict == GateVerdict::kPass);
}

TEST_CASE("one replication shows nothing, unless it is the same") {
  CHECK(judged(equivalent(0.1), {10.0}, {10.1}).verdict == GateVerdict::kNotShown);
  CHECK(judged(equivalent(0.1), {10.0}, {12.0}).verdict == GateVerdict::kMoved);
  CHECK(judged(equivalent(0.1), {10.0}, {10.0}).verdict == GateVerdict::kPass);
}

TEST_CASE("replications of other worlds are compared as independent samples") {
  const Values expected{9.0, 10.0, 11.0};
  const Values got{10.9, 9.1, 10.0, 10.2};
  const GateRow row = judged(equivalent_by(2.0), expected, got, false);
  const std::vector<double> a{9.0, 10.0, 11.0};
  const std::vector<double> b{10.9, 9.1, 10.0, 10.2};
  const MeanShift shift = *welch_shift(a, b);
  const double reach = student_t(0.95, shift.degrees_of_freedom) * shift.standard_error;
  CHECK(*row.movement.estimate == Approx(0.05));
  CHECK(*row.movement.high == Approx(0.05 + reach));
  CHECK(row.verdict == GateVerdict::kPass);
  CHECK(judged(equivalent_by(1.2), expected, got, false).verdict == GateVerdict::kNotShown);
  CHECK(judged(exact(), expected, {11.0, 10.0, 9.0}, false).verdict == GateVerdict::kMoved);
  CHECK(judged(exact(), {0.0, 0.0}, {0.0, 0.0, 0.0}, false).verdict == GateVerdict::kPass);
}

// ---- whole results -----------------------------------------------------------------------------

constexpr const char* kHeader =
    "scenario,device,policy,network,replication,energy_mj_per_inference,latency_p95_ms\n";

ResultSet results(const std::string& rows, std::uint64_t seed = 1) {
  Diagnostics problems;
  auto set = parse_results(kHeader + rows, "r", problems);
  for (const Diagnostic& d : problems.list()) UNSCOPED_INFO(to_string(d));
  REQUIRE(set.has_value());
  set->seed = seed;
  return *set;
}

std::vector<std::string> failures(const Judgement& judgement) {
  std::vector<std::string> texts;
  for (const GateRow& row : judgement.rows) {
    if (row.verdict == GateVerdict::kPass) continue;
    texts.push_back(row.scenario + '|' + row.policy + '|' + row.network + '|' + row.metric + ' ' +
                    to_string(row.verdict));
  }
  return texts;
}

using Texts = std::vector<std::string>;
const GateSpec kExactGate{.title = "", .rules = {exact()}};
const std::string kOne = "s,d,p,all,0,1,2\ns,d,p,net,0,1,2\n";

TEST_CASE("every figure is judged by the first rule that names it, others are counted") {
  GateRule energy = equivalent(0.5);
  energy.metrics = {"energy_mj_per_inference"};
  energy.networks = {"all"};
  GateRule idle = exact();
  idle.policies = {"q"};
  const GateSpec gate{.title = "", .rules = {energy, idle}};
  const Judgement judgement =
      judge(results(kOne), results("s,d,p,all,0,1,9\ns,d,p,net,0,9,9\n"), "g", gate);
  REQUIRE(judgement.rows.size() == 1);
  CHECK(judgement.rows[0].rule.test == GateTest::kEquivalence);
  CHECK(judgement.not_judged == 3);
  CHECK(judgement.failures() == 0);
  CHECK(judgement.notes == Texts{"rule 2 of the gate judges no figure"});
}

TEST_CASE("what one side lacks fails and is said once, from outside in") {
  const std::string two = kOne + "s,d,q,all,0,1,2\ns,d,q,net,0,1,2\n";
  CHECK(failures(judge(results(two), results(kOne), "g", kExactGate)) == Texts{"s|q|*|* missing"});
  CHECK(failures(judge(results(kOne), results(two), "g", kExactGate)) ==
        Texts{"s|q|*|* not expected"});
  CHECK(failures(judge(results(kOne), results("s,d,p,all,0,1,2\ns,d,p,net2,0,1,2\n"), "g",
                       kExactGate)) == Texts{"s|p|net|* missing", "s|p|net2|* not expected"});
  CHECK(failures(judge(results(kOne + "t,d,p,all,0,1,2\nt,d,q,all,0,1,2\n"), results(kOne), "g",
                       kExactGate)) == Texts{"t|*|*|* missing"});
  GateRule of_p = exact();
  of_p.policies = {"p"};
  CHECK(judge(results(two), results(kOne), "g", {.title = "", .rules = {of_p}}).failures() == 0);
}

TEST_CASE("a metric that was expected must be there, one that is new is noted") {
  ResultSet fewer = results(kOne);
  fewer.metrics.pop_back();
  for (ResultRow& row : fewer.rows) row.values.pop_back();
  CHECK(failures(judge(results(kOne), fewer, "g", kExactGate)) ==
        Texts{"s|p|all|latency_p95_ms missing", "s|p|net|latency_p95_ms missing"});
  const Judgement with_new = judge(fewer, results(kOne), "g", kExactGate);
  CHECK(with_new.failures() == 0);
  CHECK(with_new.notes == Texts{"1 metric is not in \"r\" and not judged"});
}

TEST_CASE("results are paired when seed and replications are the same") {
  const std::string more = kOne + "s,d,p,all,1,1,2\ns,d,p,net,1,1,2\n";
  CHECK(judge(results(kOne), results(kOne), "g", kExactGate).paired);
  CHECK_FALSE(judge(results(kOne, 1), results(kOne, 2), "g", kExactGate).paired);
  const Judgement other_count = judge(results(kOne), results(more), "g", kExactGate);
  CHECK_FALSE(other_count.paired);
  CHECK(other_count.notes.size() == 1);
  ResultSet unknown = results(kOne);
  unknown.seed.reset();
  const Judgement assumed = judge(results(kOne), unknown, "g", kExactGate);
  CHECK(assumed.paired);
  CHECK(assumed.notes.size() == 1);
}

// A thousand gates over results of one distribution, and as many over results that are worse by the limit:
// the first pass when there are enough replications, the second in one case of twenty.
TEST_CASE("tests keep their level") {
  constexpr int kGates = 1000;
  constexpr std::size_t kReplications = 10;
  std::uint64_t state = 1;
  const auto uniform = [&] {  // a fixed sequence (Knuth's MMIX)
    state = state * 6364136223846793005U + 1442695040888963407U;
    return static_cast<double>(state >> 11U) / 9007199254740992.0;
  };
  const auto sample = [&](double factor) {
    Values values;
    for (std::size_t i = 0; i < kReplications; ++i) {
      double sum = -6.0;
      for (int k = 0; k < 12; ++k) sum += uniform();  // nearly normal, variance 1
      values.emplace_back(factor * std::exp(0.01 * sum));
    }
    return values;
  };
  int same_pass = 0;
  int worse_pass = 0;
  for (int g = 0; g < kGates; ++g) {
    const Values expected = sample(1.0);
    same_pass += judged(no_worse(0.02), expected, sample(1.0), false).verdict == GateVerdict::kPass;
    worse_pass +=
        judged(no_worse(0.02), expected, sample(1.02), false).verdict == GateVerdict::kPass;
  }
  CHECK(same_pass > 980);
  CHECK(worse_pass > 30);
  CHECK(worse_pass < 70);
}

}  // namespace
}  // namespace autoscale
