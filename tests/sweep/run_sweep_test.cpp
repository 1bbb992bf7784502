#include "sim/sweep/run_sweep.h"

#include <cmath>
#include <fstream>
#include <iterator>
#include <sstream>

#include "sim/base/check.h"
#include "sim/base/statistics.h"
#include "sim/policies/registry.h"
#include "sim/report/result_set.h"
#include "sim/sweep/merge.h"
#include "tests/sweep/small_sweep.h"

namespace autoscale {
namespace {

namespace fs = std::filesystem;
using test::ScratchFolder;
using test::shipped_data;
using test::small_plan;

SweepState state_of(const SweepPlan& plan, Shard shard) {
  SweepState state;
  state.shard = shard;
  state.points = count_points(plan, shard);
  state.sweep_json = effective_json(plan.spec());
  return state;
}

// Runs the points of a shard into `folder` and leaves plan and journal there.
SweepState run_into(const SweepPlan& plan, const SweepFolder& folder, unsigned jobs = 1,
                    Shard shard = {}) {
  Diagnostics problems;
  SweepSources sources(plan, shipped_data(), problems);
  problems.throw_if_any();
  const SweepState state = state_of(plan, shard);
  folder.write_plan(state);
  Journal journal(folder.journal(), journal_identity(state));
  SweepRunOptions options;
  options.shard = shard;
  options.jobs = jobs;
  run_points(plan, sources, journal, options);
  return state;
}

std::string content_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// Everything that a sweep leaves, by file name.
std::map<std::string, std::string> results_of(const SweepPlan& plan, unsigned jobs) {
  const ScratchFolder scratch;
  const SweepFolder folder(scratch.path() / "out", "--out");
  const SweepState state = run_into(plan, folder, jobs);
  OrderedJournal rows(folder.journal(), journal_identity(state));
  folder.write_results(plan, state, [&] { return rows.next(); });
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::directory_iterator(folder.path()))
    files[entry.path().filename().string()] = content_of(entry.path());
  return files;
}

ResultSet parsed(const std::string& csv) {
  Diagnostics problems;
  std::optional<ResultSet> results = parse_results(csv, "results.csv", problems);
  problems.throw_if_any();
  return std::move(*results);
}

TEST_CASE("results are the same whatever the threads") {
  const SweepPlan plan = small_plan(test::kTwoAxes);
  const auto one = results_of(plan, 1);
  CHECK(one.at("results.csv").size() > 1000);
  CHECK(one == results_of(plan, 4));
  CHECK_FALSE(one.contains("journal"));
  CHECK_FALSE(one.contains("plan.json"));
}

TEST_CASE("a row of each point, policy and replication, and what the points set is in them") {
  const auto files = results_of(small_plan(test::kTwoAxes), 2);
  std::istringstream lines(files.at("results.csv"));
  std::string header;
  std::getline(lines, header);
  CHECK(header.starts_with("point,rssi_dbm,qos_ms,scenario,device,policy,network,replication,"));
  std::vector<std::string> rows;
  for (std::string line; std::getline(lines, line);) rows.push_back(line);
  REQUIRE(rows.size() == 6 * 2 * 2);
  CHECK(rows.front().starts_with("0,-55,20,quickstart,mi8pro,cpu_only,all,0,"));
  CHECK(rows.back().starts_with("5,-85,100,quickstart,mi8pro,random,all,1,"));
  std::istringstream json(files.at("results.jsonl"));
  std::string first;
  std::getline(json, first);
  CHECK(first.starts_with(
      R"({"point":0,"rssi_dbm":-55,"qos_ms":20,"scenario":"quickstart","device":"mi8pro","policy":"cpu_only")"));
}

TEST_CASE("merged shards are the bytes of one process") {
  const SweepPlan plan = small_plan(test::kTwoAxes);
  const auto whole = results_of(plan, 1);
  const ScratchFolder scratch;
  std::vector<fs::path> shards;
  for (std::uint32_t i = 3; i >= 1; --i) {
    shards.push_back(scratch.path() / std::to_string(i));
    const SweepFolder folder(shards.back(), "--out");
    run_into(plan, folder, 2, {i, 3});
  }
  const SweepFolder out(scratch.path() / "merged", "--out");
  const Merged merged = merge_shards(shards, out);
  CHECK(merged.points == 6);
  for (const auto& [name, content] : whole) CHECK(content_of(out.path() / name) == content);
}

TEST_CASE("shards that do not make a whole are refused") {
  const SweepPlan plan = small_plan(test::kTwoAxes);
  const ScratchFolder scratch;
  const auto path = [&](const std::string& name) { return scratch.path() / name; };
  for (std::uint32_t i = 1; i <= 2; ++i)
    run_into(plan, SweepFolder(path(std::to_string(i)), "--out"), 1, {i, 2});
  run_into(plan, SweepFolder(path("third"), "--out"), 1, {1, 3});
  run_into(small_plan(), SweepFolder(path("other"), "--out"), 1, {2, 2});
  const SweepFolder out(path("out"), "--out");
  const auto refusal = [&](const std::vector<fs::path>& shards) {
    try {
      merge_shards(shards, out);
    } catch (const InputError& error) {
      return to_string(error.diagnostics().front());
    }
    return std::string("merged");
  };
  CHECK(refusal({path("1")}).find("shard 2/2 is missing") != std::string::npos);
  CHECK(refusal({path("1"), path("1")}).find("named twice") != std::string::npos);
  CHECK(refusal({path("1"), path("third")}).find("is one of 3 shards") != std::string::npos);
  CHECK(refusal({path("1"), path("other")}).find("differ in /axes") != std::string::npos);
  CHECK(refusal({path("1"), path("nowhere")}).find("holds no shard") != std::string::npos);
  fs::resize_file(path("2") / "journal", fs::file_size(path("2") / "journal") - 1);
  CHECK(refusal({path("1"), path("2")}).find("is not complete") != std::string::npos);
  CHECK(out.first_result().empty());
}

TEST_CASE("replications are added until the interval is narrow, or the budget is spent") {
  const std::string rest = R"("stopping": {"metric": "energy_mj_per_inference", "ci95_ratio": )";
  const auto replications = [&](const std::string& ratio) {
    const SweepPlan plan = small_plan(rest + ratio + R"(, "most_replications": 12, "step": 3})");
    return parsed(results_of(plan, 2).at("results.csv"));
  };
  // random spends very different energies, so nothing but the budget stops a narrow aim.
  CHECK(replications("0.0001").rows.size() == 2 * 12);
  CHECK(replications("1").rows.size() < 2 * 12);
  const ResultSet wide = replications("0.5");
  const std::size_t energy = *wide.metric("energy_mj_per_inference");
  std::vector<double> of_random;
  for (const ResultRow& row : wide.rows)
    if (row.policy == "random") of_random.push_back(*row.values[energy]);
  const MeanInterval interval = mean_interval(of_random);
  CHECK((*interval.ci95 <= 0.5 * *interval.mean || of_random.size() == 12));
  CHECK((of_random.size() - 2) % 3 == (of_random.size() == 12 ? 1 : 0));
}

// Fails its check when the light network's requirement is 50 ms.
class BreaksAtFifty final : public Policy {
 public:
  using Config = NoConfig;
  BreaksAtFifty(const Config&, const PolicyContext& context)
      : breaks_(context.workloads[0].qos.value == 50.0) {}
  TargetId choose(const Observation&) override {
    AUTOSCALE_CHECK(!breaks_, "fifty is too much for this policy");
    return 0;
  }

 private:
  bool breaks_;
};
const RegisterPolicy<BreaksAtFifty> registered{"breaks_at_fifty", "For a test."};

TEST_CASE("a point that fails is recorded with its error, and the others are there") {
  const SweepPlan plan(test::read_sweep(
      R"({"name": "n", "scenarios": ["quickstart"], "policies": ["cpu_only", "breaks_at_fifty"],
          "set": {"/workload/0/inferences": 2, "/workload/1/inferences": 2}, )" +
      test::kTwoAxes + "}"));
  const auto files = results_of(plan, 2);
  CHECK(parsed(files.at("results.csv")).rows.size() == 4 * 2 * 3);
  const std::string& failures = files.at("failures.csv");
  CHECK(failures.starts_with("point,rssi_dbm,qos_ms,scenario,error\n1,-55,50,quickstart,\""));
  CHECK(failures.find("fifty is too much for this policy") != std::string::npos);
  CHECK(failures.find("\n4,-85,50,quickstart,\"") != std::string::npos);
  CHECK(files.at("manifest.json").find("\"failed_points\": 2") != std::string::npos);
}

TEST_CASE("a folder has one writer") {
  const ScratchFolder scratch;
  const SweepFolder first(scratch.path(), "--out");
  CHECK_THROWS_AS(SweepFolder(scratch.path(), "--out"), InputError);
}

}  // namespace
}  // namespace autoscale
