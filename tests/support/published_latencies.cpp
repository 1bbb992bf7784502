#include "tests/support/published_latencies.h"

#include <cmath>
#include <fstream>
#include <limits>

namespace autoscale::test {
namespace {

std::vector<std::string> split_csv(const std::string& line) {
  std::vector<std::string> cells(1);
  bool quoted = false;
  for (char c : line) {
    if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      cells.emplace_back();
    } else if (c != '\r') {
      cells.back() += c;
    }
  }
  return cells;
}

}  // namespace

std::vector<PublishedLatency> published_latencies() {
  std::vector<PublishedLatency> rows;
  std::ifstream file(AUTOSCALE_SOURCE_DIR "/../shared/data/latency.csv");
  std::string line;
  std::getline(file, line);  // soc,processor,precision,threads,network,latency_ms,...
  while (std::getline(file, line)) {
    const auto cells = split_csv(line);
    if (cells.size() < 6) continue;
    rows.push_back({{cells[0], cells[1], cells[2], cells[3], cells[4]}, std::stod(cells[5])});
  }
  return rows;
}

double nearest_relative_error(const std::vector<PublishedLatency>& rows, const LatencyRow& key,
                              double ms) {
  double least = std::numeric_limits<double>::infinity();
  for (const PublishedLatency& row : rows) {
    if (row.key.soc == key.soc && row.key.processor == key.processor &&
        row.key.precision == key.precision && row.key.threads == key.threads &&
        row.key.network == key.network) {
      least = std::min(least, std::abs(ms - row.latency_ms) / row.latency_ms);
    }
  }
  return least;
}

}  // namespace autoscale::test
