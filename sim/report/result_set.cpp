#include "sim/report/result_set.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "sim/config/csv_file.h"
#include "sim/config/json_file.h"
#include "sim/report/result_text.h"

namespace autoscale {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 5> kKeys{"scenario", "device", "policy", "network",
                                                "replication"};
constexpr const char* kHowToWrite =
    "results are what `run --out DIR`, `run --format csv|json` or `sweep --out DIR` writes";

constexpr double kLeastSize = 1e-100;  // so that squares and ratios of values are numbers

template <class Number>
bool parse_whole(std::string_view text, Number& out) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc{} && end == text.data() + text.size();
}

std::vector<std::string> each_once(const std::vector<ResultRow>& rows,
                                   std::string ResultRow::*member) {
  std::vector<std::string> names;
  for (const ResultRow& row : rows) {
    if (std::ranges::find(names, row.*member) == names.end()) names.push_back(row.*member);
  }
  return names;
}

// Reads the rows of a table whose columns are in order.
class RowReader {
 public:
  RowReader(const CsvTable& table, const std::string& file, Diagnostics& diagnostics)
      : table_(table), file_(file), diagnostics_(diagnostics) {}

  [[nodiscard]] bool has_keys() const {
    for (const std::string_view key : kKeys) {
      if (table_.column(key)) continue;
      diagnostics_.add(
          {file_, "line 1", fmt::format("there is no column \"{}\"", key), kHowToWrite});
      return false;
    }
    return true;
  }

  void read(ResultSet& set) {
    // A sweep has its points before the scenario: their number, and what they set.
    if (table_.column("point")) points_ = *table_.column("scenario");
    for (std::size_t c = points_; c < table_.columns.size(); ++c) {
      if (std::ranges::find(kKeys, table_.columns[c]) != kKeys.end()) continue;
      set.metrics.push_back(table_.columns[c]);
      metric_columns_.push_back(c);
    }
    for (std::size_t r = 0; r < table_.rows.size(); ++r) {
      devices_[field(r, "scenario")].insert(field(r, "device"));
    }
    for (std::size_t r = 0; r < table_.rows.size(); ++r) set.rows.push_back(row(r));
    if (set.rows.empty()) diagnostics_.add({file_, "", "holds no results", kHowToWrite});
  }

 private:
  [[nodiscard]] const std::string& field(std::size_t r, std::string_view key) const {
    return table_.rows[r][*table_.column(key)];
  }

  void report(std::size_t r, std::string_view column, const std::string& what) {
    diagnostics_.add({file_, fmt::format("line {}, column {}", table_.lines[r], column), what, ""});
  }

  // " [rssi_dbm=-85, qos_ms=50]" of a sweep.
  [[nodiscard]] std::string point(std::size_t r) const {
    std::vector<std::string> set;
    for (std::size_t c = 0; c < points_; ++c) {
      if (table_.columns[c] != "point" || points_ == 1)
        set.push_back(fmt::format("{}={}", table_.columns[c], table_.rows[r][c]));
    }
    return set.empty() ? "" : fmt::format(" [{}]", fmt::join(set, ", "));
  }

  ResultRow row(std::size_t r) {
    ResultRow row{field(r, "scenario"), field(r, "policy"), field(r, "network"), 0, {}};
    if (devices_[row.scenario].size() > 1) row.scenario += " on " + field(r, "device");
    row.scenario += point(r);
    const std::string& replication = field(r, "replication");
    if (!parse_whole(replication, row.replication)) {
      report(r, "replication",
             fmt::format("expected a number of at least 0, got \"{}\"", replication));
    }
    for (const std::size_t c : metric_columns_) row.values.push_back(value(r, c));
    if (!seen_.insert({row.scenario, row.policy, row.network, row.replication}).second) {
      report(r, "replication",
             fmt::format("replication {} of policy \"{}\", network \"{}\" stands there twice",
                         row.replication, row.policy, row.network));
    }
    return row;
  }

  std::optional<double> value(std::size_t r, std::size_t c) {
    const std::string& text = table_.rows[r][c];
    if (text.empty()) return std::nullopt;  // not defined
    double number = 0.0;
    const bool is_number = parse_whole(text, number) && std::isfinite(number);
    const double size = std::abs(number);
    if (is_number && (size == 0.0 || (size >= kLeastSize && size <= 1.0 / kLeastSize)))
      return number;
    report(r, table_.columns[c],
           is_number ? fmt::format("{} is not the size of any result", text)
                     : fmt::format("expected a number, got \"{}\"", text));
    return std::nullopt;
  }

  const CsvTable& table_;
  const std::string& file_;
  Diagnostics& diagnostics_;
  std::size_t points_ = 0;  // columns of a sweep's points
  std::vector<std::size_t> metric_columns_;
  std::map<std::string, std::set<std::string>> devices_;  // by scenario
  std::set<std::tuple<std::string, std::string, std::string, std::uint64_t>> seen_;
};

std::optional<std::uint64_t> seed_of(const fs::path& manifest, Diagnostics& diagnostics) {
  const auto document = load_json_file(manifest, diagnostics);
  if (!document) return std::nullopt;
  const Place root{manifest.string(), "", &diagnostics};
  if (!expect_object(document->root(), root)) return std::nullopt;
  const Json* member = find_member(document->root(), "seed");
  if (member == nullptr) {
    root.child("seed").error("is missing, so it is no manifest of a result", kHowToWrite);
    return std::nullopt;
  }
  std::uint64_t seed = 0;
  if (!read_integer(*member, seed, FieldInfo{}, root.child("seed"))) return std::nullopt;
  return seed;
}

std::optional<ResultSet> results_of(const CsvTable& table, const std::string& file,
                                    Diagnostics& diagnostics) {
  const std::size_t before = diagnostics.list().size();
  ResultSet set;
  set.name = file;
  RowReader reader(table, file, diagnostics);
  if (reader.has_keys()) reader.read(set);
  if (diagnostics.list().size() != before) return std::nullopt;
  return set;
}

std::optional<ResultSet> parse_by_name(const fs::path& file, std::string_view text,
                                       Diagnostics& diagnostics) {
  if (file.extension() == ".json") return parse_report(text, file.string(), diagnostics);
  if (file.extension() != ".jsonl") return parse_results(text, file.string(), diagnostics);
  const std::optional<CsvTable> table = table_of_lines(text, file.string(), diagnostics);
  return table ? results_of(*table, file.string(), diagnostics) : std::nullopt;
}

// A sweep may have written one of the two only.
fs::path results_in(const fs::path& folder) {
  std::error_code error;
  const fs::path csv = folder / "results.csv";
  const fs::path jsonl = folder / "results.jsonl";
  return !fs::exists(csv, error) && fs::exists(jsonl, error) ? jsonl : csv;
}

}  // namespace

std::optional<std::size_t> ResultSet::metric(std::string_view metric_name) const {
  const auto found = std::ranges::find(metrics, metric_name);
  if (found == metrics.end()) return std::nullopt;
  return static_cast<std::size_t>(found - metrics.begin());
}

std::vector<std::string> ResultSet::policies() const { return each_once(rows, &ResultRow::policy); }
std::vector<std::string> ResultSet::scenarios() const {
  return each_once(rows, &ResultRow::scenario);
}

std::optional<ResultSet> parse_results(std::string_view text, const std::string& file,
                                       Diagnostics& diagnostics) {
  const std::optional<CsvTable> table = parse_csv(text, file, diagnostics);
  return table ? results_of(*table, file, diagnostics) : std::nullopt;
}

std::optional<ResultSet> parse_report(std::string_view json_text, const std::string& file,
                                      Diagnostics& diagnostics) {
  const std::optional<ReportTable> report = table_of_report(json_text, file, diagnostics);
  if (!report) return std::nullopt;
  std::optional<ResultSet> set = results_of(report->table, file, diagnostics);
  if (set) set->seed = report->seed;
  return set;
}

std::optional<ResultSet> read_results(const fs::path& path, Diagnostics& diagnostics) {
  std::error_code error;
  const bool folder = fs::is_directory(path, error);
  const fs::path file = folder ? results_in(path) : path;
  const fs::path manifest = file.parent_path() / "manifest.json";
  const bool has_manifest = fs::exists(manifest, error);
  if (folder && !has_manifest) {
    diagnostics.add({path.string(), "",
                     fs::exists(file, error)
                         ? fmt::format("has {} but no manifest.json: its run did not finish",
                                       file.filename().string())
                         : "has neither results.csv nor manifest.json",
                     kHowToWrite});
    return std::nullopt;
  }
  const std::optional<std::string> text = read_text_file(file, diagnostics);
  if (!text) return std::nullopt;
  const std::size_t before = diagnostics.list().size();
  std::optional<ResultSet> set = parse_by_name(file, *text, diagnostics);
  if (!set) return std::nullopt;
  set->name = path.string();
  if (has_manifest && file.stem() == "results") set->seed = seed_of(manifest, diagnostics);
  if (diagnostics.list().size() != before) return std::nullopt;
  return set;
}

}  // namespace autoscale
