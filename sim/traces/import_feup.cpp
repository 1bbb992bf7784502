#include <array>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "sim/traces/csv_rows.h"
#include "sim/traces/importers.h"
#include "sim/traces/trace_builder.h"

namespace autoscale {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr double kLatest = 1e9 * 8;    // unix seconds, year 2223
constexpr double kNoFrameDbm = -99.5;  // rssiMean at or below: nothing was heard
constexpr std::size_t kMostPairs = 20;

struct Columns {
  std::size_t sender = 0, receiver = 0, time = 0, in_lap = 0, rssi = 0, bytes = 0;
};

class Importer {
 public:
  Importer(CsvRows& rows, const Columns& columns, const FeupOptions& options, ImportReport& report)
      : rows_(rows), columns_(columns), options_(options), report_(report) {}

  void read() {
    while (rows_.next()) {
      ++report_.rows;
      read_row();
    }
    if (silent_ > 0) {
      report_.notes.push_back(
          fmt::format("{} seconds without a frame: no level, goodput 0", silent_));
    }
  }

  TraceBuilder& builder() { return builder_; }
  [[nodiscard]] const std::set<std::string>& pairs() const { return pairs_; }

 private:
  void read_row() {
    const std::string pair =
        fmt::format("{}->{}", rows_.field(columns_.sender), rows_.field(columns_.receiver));
    if (pairs_.size() < kMostPairs) pairs_.insert(pair);
    if (rows_.field(columns_.sender) != options_.sender ||
        rows_.field(columns_.receiver) != options_.receiver) {
      report_.drop("another pair", rows_.line());
      return;
    }
    double in_lap = kGap;
    if (!rows_.number(columns_.in_lap, in_lap)) return;
    if (in_lap != 1.0) {
      report_.drop("not in a lap (isInLap is not 1)", rows_.line());
      return;
    }
    add_sample();
  }

  void add_sample() {
    double time = kGap;
    double rssi = kGap;
    double bytes = kGap;
    if (!rows_.number(columns_.time, time) || !rows_.number(columns_.rssi, rssi) ||
        !rows_.number(columns_.bytes, bytes))
      return;
    if (!(time >= 0.0 && time <= kLatest) || time != std::floor(time)) {
      rows_.problem(fmt::format("systime is {}, expected whole seconds since 1970",
                                quoted_field(rows_.field(columns_.time))));
      return;
    }
    const bool silent = rssi <= kNoFrameDbm;
    if (silent) {
      ++silent_;
      rssi = kGap;
      bytes = 0.0;
    }
    const double mbps = bytes * 8.0 / 1e6;
    for (const std::string& problem : {problem_of_value(TraceColumn::kRssi, rssi),
                                       problem_of_value(TraceColumn::kDownlink, mbps)}) {
      if (problem.empty()) continue;
      rows_.problem(problem, "rssiMean is in dBm, nBytesReceived in bytes per second");
      return;
    }
    place(static_cast<std::int64_t>(time) * kSecond, rssi, mbps);
  }

  void place(std::int64_t time_ns, double rssi, double mbps) {
    if (!builder_.empty()) {
      if (time_ns <= builder_.last_ns()) {
        rows_.problem("systime is not after that of the pair's row before",
                      "sort the rows of each pair by time and keep one for each second");
        return;
      }
      if (builder_.too_late(time_ns)) {
        rows_.problem("is more than 31 years after the first row");
        return;
      }
      if (time_ns > builder_.last_ns() + kSecond) builder_.gap(builder_.last_ns() + kSecond);
    }
    builder_.add(time_ns, {rssi, mbps});
  }

  CsvRows& rows_;
  Columns columns_;
  const FeupOptions& options_;
  ImportReport& report_;
  TraceBuilder builder_{{TraceColumn::kRssi, TraceColumn::kDownlink}};
  std::set<std::string> pairs_;
  std::size_t silent_ = 0;
};

}  // namespace

std::optional<Trace> import_feup(std::istream& text, const std::string& file,
                                 const FeupOptions& options, ImportReport& report,
                                 Diagnostics& diagnostics) {
  const std::size_t before = diagnostics.list().size();
  CsvRows rows(text, file, diagnostics);
  if (!rows.read_header()) return std::nullopt;
  Columns c;
  if (!rows.columns({{"senderId", &c.sender},
                     {"receiverId", &c.receiver},
                     {"systime", &c.time},
                     {"isInLap", &c.in_lap},
                     {"rssiMean", &c.rssi},
                     {"nBytesReceived", &c.bytes}}))
    return std::nullopt;
  Importer importer(rows, c, options, report);
  importer.read();
  if (diagnostics.list().size() != before) return std::nullopt;
  if (importer.builder().empty()) {
    report.nothing =
        fmt::format("has no row of {}->{} in a lap; {}", options.sender, options.receiver,
                    importer.pairs().empty()
                        ? "it has no rows at all"
                        : fmt::format("pairs in it: {}", fmt::join(importer.pairs(), ", ")));
    return std::nullopt;
  }
  return importer.builder().take();
}

}  // namespace autoscale
