// Results as `run`, `sweep` or `merge` wrote them, read back for comparison.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/diagnostics.h"

namespace autoscale {

struct ResultRow {
  // "s1 on mi8pro" where the file has s1 on several devices, "s1 [rssi_dbm=-85]" of a sweep's point.
  std::string scenario;
  std::string policy;
  std::string network;
  std::uint64_t replication = 0;
  std::vector<std::optional<double>> values;  // as ResultSet::metrics
};

struct ResultSet {
  std::string name;                   // as the user gave it
  std::optional<std::uint64_t> seed;  // of the manifest; nothing without one
  std::vector<std::string> metrics;   // columns that are no keys, in file order
  std::vector<ResultRow> rows;

  // Position in `metrics`, or nothing.
  [[nodiscard]] std::optional<std::size_t> metric(std::string_view metric_name) const;
  [[nodiscard]] std::vector<std::string> policies() const;  // each once, in file order
  [[nodiscard]] std::vector<std::string> scenarios() const;
};

// The text of a results.csv. Reports what is wrong and returns nothing.
[[nodiscard]] std::optional<ResultSet> parse_results(std::string_view text, const std::string& file,
                                                     Diagnostics& diagnostics);

// The text of a report, as `run --format json` prints it; its seed is known.
[[nodiscard]] std::optional<ResultSet> parse_report(std::string_view json_text,
                                                    const std::string& file,
                                                    Diagnostics& diagnostics);

// `path` is a folder with manifest.json and results.csv or results.jsonl, one of these two files (the
// manifest beside it is read too), a CSV file, or a report that ends in .json. Reports what is wrong and
// returns nothing.
[[nodiscard]] std::optional<ResultSet> read_results(const std::filesystem::path& path,
                                                    Diagnostics& diagnostics);

}  // namespace autoscale
