#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "sim/base/sim_time.h"
#include "sim/traces/importers.h"
#include "sim/traces/line_reader.h"
#include "sim/traces/trace_builder.h"

namespace autoscale {
namespace {

constexpr double kBitsPerOpportunity = 1500.0 * 8.0;
constexpr std::uint64_t kLatestMs = 1'000'000'000;  // 11 days

struct Direction {
  std::vector<std::uint32_t> opportunities;  // per complete window
  std::uint64_t packets = 0;
};

class Importer {
 public:
  Importer(const MahimahiOptions& options, ImportReport& report, Diagnostics& diagnostics)
      : options_(options), report_(report), diagnostics_(diagnostics) {}

  std::optional<Direction> read(const MahimahiFile& from) {
    const std::size_t before = diagnostics_.list().size();
    LineReader lines(*from.text, from.file, diagnostics_);
    Direction d;
    std::uint64_t last = 0;
    std::string_view line;
    while (lines.next(line)) {
      if (line.empty()) continue;
      ++report_.rows;
      std::uint64_t at = 0;
      if (!read_time(lines, line, last, at)) continue;
      last = at;
      if (!count(lines, d, at)) break;
    }
    if (diagnostics_.list().size() != before) return std::nullopt;
    const auto complete = static_cast<std::size_t>(static_cast<double>(last) / options_.window_ms);
    if (d.packets == 0 || complete == 0) {
      diagnostics_.add(
          {from.file, "",
           fmt::format("{} opportunities fill no window of {} ms", d.packets, options_.window_ms),
           "a line per packet: its whole milliseconds from the start"});
      return std::nullopt;
    }
    d.opportunities.resize(complete);
    return d;
  }

 private:
  static bool read_time(LineReader& lines, std::string_view line, std::uint64_t last,
                        std::uint64_t& at) {
    const char* end = line.data() + line.size();
    const auto [stop, error] = std::from_chars(line.data(), end, at);
    if (error != std::errc() || stop != end || at > kLatestMs) {
      lines.problem(fmt::format("is {}, expected whole milliseconds up to {}", quoted_field(line),
                                kLatestMs));
      return false;
    }
    if (at >= last) return true;
    lines.problem(fmt::format("{} ms is before {} ms, the line before", at, last),
                  "sort the lines as numbers");
    return false;
  }

  bool count(LineReader& lines, Direction& d, std::uint64_t at) {
    const auto window = static_cast<std::size_t>(static_cast<double>(at) / options_.window_ms);
    if (window >= kMostSamples) {
      lines.problem(
          fmt::format("{} ms is beyond {} windows of {} ms", at, kMostSamples, options_.window_ms),
          "use a larger --window-ms");
      return false;
    }
    if (window >= d.opportunities.size()) d.opportunities.resize(window + 1);
    ++d.opportunities[window];
    ++d.packets;
    return true;
  }

  const MahimahiOptions& options_;
  ImportReport& report_;
  Diagnostics& diagnostics_;
};

void note_lengths(const Direction& up, const Direction& down, const MahimahiOptions& options,
                  ImportReport& report) {
  const auto seconds = [&](const Direction& d) {
    return static_cast<double>(d.opportunities.size()) * options.window_ms * 1e-3;
  };
  if (up.opportunities.size() == down.opportunities.size()) return;
  report.notes.push_back(fmt::format("uplink {:.1f} s, downlink {:.1f} s: gaps where one has ended",
                                     seconds(up), seconds(down)));
}

}  // namespace

std::optional<Trace> import_mahimahi(const std::optional<MahimahiFile>& up,
                                     const std::optional<MahimahiFile>& down,
                                     const MahimahiOptions& options, ImportReport& report,
                                     Diagnostics& diagnostics) {
  Importer importer(options, report, diagnostics);
  std::vector<TraceColumn> columns{TraceColumn::kRsrp};
  std::vector<Direction> directions;
  bool good = true;
  const auto read = [&](const std::optional<MahimahiFile>& from, TraceColumn column) {
    if (!from) return;
    std::optional<Direction> d = importer.read(*from);
    good = d.has_value() && good;
    columns.push_back(column);
    directions.push_back(d ? std::move(*d) : Direction{});
  };
  read(up, TraceColumn::kUplink);
  read(down, TraceColumn::kDownlink);
  if (!good) return std::nullopt;
  if (directions.size() == 2) note_lengths(directions[0], directions[1], options, report);
  std::size_t windows = 0;
  for (const Direction& d : directions) windows = std::max(windows, d.opportunities.size());
  TraceBuilder builder(columns);
  std::vector<double> values(columns.size(), options.level_dbm);
  for (std::size_t w = 0; w < windows; ++w) {
    for (std::size_t d = 0; d < directions.size(); ++d) {
      const auto& counts = directions[d].opportunities;
      values[d + 1] =
          w < counts.size() ? counts[w] * kBitsPerOpportunity / (options.window_ms * 1e3) : kGap;
      const std::string problem = problem_of_value(columns[d + 1], values[d + 1]);
      if (problem.empty()) continue;
      diagnostics.add({d == 0 && up ? up->file : down->file, "",
                       fmt::format("window {}: {}", w + 1, problem), ""});
      return std::nullopt;
    }
    builder.add(std::llround(static_cast<double>(w) * options.window_ms * 1e6), values);
  }
  return builder.take();
}

}  // namespace autoscale
