// The shipped traces against the recordings that their models are fitted to, and docs/traces.md against both.
#include <array>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <sstream>

#include <fmt/format.h>

#include "sim/traces/statistics.h"
#include "sim/traces/trace_file.h"
#include "sim/traces/trace_model.h"
#include "tests/support/catch.h"

namespace autoscale {
namespace {

namespace fs = std::filesystem;

const fs::path kTree = AUTOSCALE_SOURCE_DIR;
constexpr std::array kShipped{"indoor_walk", "feup_5ghz", "lte_driving", "music_player",
                              "web_browser"};
constexpr std::uint64_t kSeeds = 100;

struct Compared {
  const char* name;
  int decimals;
  std::optional<double> recorded;
  std::optional<double> shipped;
  double model = 0.0;           // mean over seeds
  double standard_error = 0.0;  // of one trace of the shipped length
};

using Figures = std::map<std::string, std::optional<double>>;

Figures figures_of(const Trace& trace) {
  const TraceStatistics s = statistics_of(trace);
  Figures f;
  const TraceColumn main = trace.is_load() ? TraceColumn::kCpu : trace.level()->column;
  for (const SeriesStatistics& series : s.series) {
    if (series.column == TraceColumn::kDownlink) f["mean downlink"] = series.mean;
    if (series.column != main) continue;
    f["mean"] = series.mean;
    f["sd"] = series.sd;
    f["lag 1"] = series.lag1;
  }
  if (!s.weak) return f;
  f["share weak"] = s.weak->share_weak;
  f["dwell regular s"] = s.weak->dwell_regular_s;
  f["dwell weak s"] = s.weak->dwell_weak_s;
  return f;
}

Figures recorded_figures(const TraceModel& model) {
  Figures f;
  for (const auto& [column, fitted] : model.fitted) {
    if (column == "downlink_mbps") f["mean downlink"] = fitted.mean;
    if (column != "rssi_dbm" && column != "rsrp_dbm" && column != "cpu_ratio") continue;
    f["mean"] = fitted.mean;
    f["sd"] = fitted.sd;
    f["lag 1"] = fitted.lag1;
    if (column == "cpu_ratio") continue;
    f["share weak"] = fitted.share_weak;
    f["dwell regular s"] = fitted.dwell_regular_s;
    f["dwell weak s"] = fitted.dwell_weak_s;
  }
  return f;
}

std::vector<Compared> compare(const std::string& name) {
  Diagnostics problems;
  const auto trace = read_trace_file(kTree / "traces" / (name + ".csv"), problems);
  const auto model = read_trace_model_file(kTree / "traces/models" / (name + ".json"), problems);
  problems.throw_if_any();
  const Figures shipped = figures_of(*trace);
  const Figures recorded = recorded_figures(*model);
  CHECK(shipped.size() == recorded.size());
  std::map<std::string, std::pair<double, double>> sums;  // of values, of squares
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    for (const auto& [key, value] : figures_of(generate_trace(*model, trace->samples(), seed))) {
      INFO(name << " " << key << " seed " << seed);
      REQUIRE(value);
      sums[key].first += *value;
      sums[key].second += *value * *value;
    }
  }
  const bool load = trace->is_load();
  std::vector<Compared> rows;
  for (const auto& [key, decimals] : {std::pair{"mean", load ? 4 : 1},
                                      {"sd", load ? 4 : 1},
                                      {"lag 1", 3},
                                      {"share weak", 3},
                                      {"dwell regular s", 0},
                                      {"dwell weak s", 1},
                                      {"mean downlink", 1}}) {
    if (!shipped.contains(key)) continue;
    Compared c{key, decimals, recorded.at(key), shipped.at(key)};
    const double mean = sums[key].first / kSeeds;
    c.model = mean;
    c.standard_error = std::sqrt((sums[key].second / kSeeds - mean * mean) * kSeeds / (kSeeds - 1));
    rows.push_back(c);
  }
  return rows;
}

std::string row_of(const std::string& name, const Compared& c) {
  return fmt::format("| `{}` | {} | {:.{}f} | {:.{}f} | {:.{}f} | {:.2g} |", name, c.name,
                     *c.recorded, c.decimals, c.model, c.decimals, *c.shipped, c.decimals,
                     c.standard_error);
}

TEST_CASE("each shipped trace is like its recording, within three standard errors") {
  std::ifstream file(kTree / "docs/traces.md");
  const std::string page = (std::ostringstream() << file.rdbuf()).str();
  std::string missing;
  for (const char* name : kShipped) {
    for (const Compared& c : compare(name)) {
      INFO(name << " " << c.name << ": recorded " << *c.recorded << ", model " << c.model
                << ", shipped " << *c.shipped << ", standard error " << c.standard_error);
      CHECK(std::abs(*c.shipped - *c.recorded) <= 3.0 * c.standard_error);
      CHECK(std::abs(c.model - *c.recorded) <= 2.0 * c.standard_error);
      CHECK(c.standard_error < 0.5 * std::abs(*c.recorded));  // else the test would say nothing
      const std::string row = row_of(name, c);
      if (page.find(row + "\n") == std::string::npos) missing += row + "\n";
    }
  }
  INFO("docs/traces.md lacks\n" << missing);
  CHECK(missing.empty());
}

TEST_CASE("shipped traces say what they are, whose figures they rest on, and are no recording") {
  for (const char* name : kShipped) {
    Diagnostics problems;
    const fs::path path = kTree / "traces" / (std::string(name) + ".csv");
    const auto trace = read_trace_file(path, problems);
    INFO(path.string());
    REQUIRE(trace);
    REQUIRE(trace->notes.size() == 5);
    CHECK(trace->notes[1].starts_with("Generated by autoscale-sim from "));
    CHECK(trace->notes[1].ends_with("no sample of it was recorded"));
    CHECK(trace->notes[2].starts_with("Fitted to: "));
    CHECK(trace->notes[3].starts_with("Source of the figures: "));
    CHECK(trace->notes[4].starts_with("Licence of the data fitted: "));
    CHECK(fs::file_size(path) < 1'500'000);
  }
}

TEST_CASE("outages of the FEUP trace are there, at the share recorded") {
  Diagnostics problems;
  const auto trace = read_trace_file(kTree / "traces/feup_5ghz.csv", problems);
  REQUIRE(trace);
  double outages = 0.0;
  for (std::size_t i = 0; i < trace->samples(); ++i) outages += is_outage(*trace, i) ? 1.0 : 0.0;
  CHECK(outages / static_cast<double>(trace->samples()) == Approx(0.088).margin(0.03));
}

}  // namespace
}  // namespace autoscale
