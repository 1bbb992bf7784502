#include <chrono>
#include <utility>

#include <fmt/format.h>

#include "sim/traces/csv_rows.h"
#include "sim/traces/importers.h"
#include "sim/traces/trace_builder.h"

namespace autoscale {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kLongestSilence = 2;  // s between rows that still are one course
constexpr double kNoLevelDbm = -200.0;

struct Columns {
  std::size_t time = 0, mode = 0, rsrp = 0, downlink = 0, state = 0;
};

// "2019.12.14_10.16.30" to seconds. False: it is none.
bool parse_time(std::string_view text, std::int64_t& seconds) {
  constexpr std::string_view kForm = "dddd.dd.dd_dd.dd.dd";
  if (text.size() != kForm.size()) return false;
  std::int64_t part[6]{};
  std::size_t n = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool digit = text[i] >= '0' && text[i] <= '9';
    if (kForm[i] == 'd' ? !digit : text[i] != kForm[i]) return false;
    if (digit) {
      part[n] = part[n] * 10 + (text[i] - '0');
    } else {
      ++n;
    }
  }
  using namespace std::chrono;
  const year_month_day date{year{static_cast<int>(part[0])}, month{static_cast<unsigned>(part[1])},
                            day{static_cast<unsigned>(part[2])}};
  constexpr int kFirstYear = 1970;
  constexpr int kLastYear = 2200;
  if (part[0] < kFirstYear || part[0] > kLastYear || !date.ok() || part[3] > 23 || part[4] > 59 ||
      part[5] > 60)
    return false;
  seconds = sys_days{date}.time_since_epoch().count() * std::int64_t{86400} + part[3] * 3600 +
            part[4] * 60 + part[5];
  return true;
}

// The rows of one second.
struct Second {
  std::int64_t at = 0;
  std::size_t line = 0;
  std::size_t rows = 0;
  std::string mode;  // these three of the last row
  double rsrp = kGap;
  bool idle = false;
  double downlink_sum = 0.0;  // kbit/s
  int downlinks = 0;
};

class Importer {
 public:
  Importer(CsvRows& rows, const Columns& columns, const UccOptions& options, ImportReport& report)
      : rows_(rows), columns_(columns), options_(options), report_(report) {}

  bool read() {
    bool good = true;
    while (rows_.next()) {
      ++report_.rows;
      good = read_row() && good;
    }
    if (second_.rows > 0) finish_second();
    add_notes();
    return good;
  }

  TraceBuilder& builder() { return builder_; }

 private:
  bool read_row() {
    std::int64_t at = 0;
    if (!parse_time(rows_.field(columns_.time), at)) {
      rows_.problem(fmt::format("Timestamp is {}, expected a form such as 2019.12.14_10.16.30",
                                quoted_field(rows_.field(columns_.time))));
      return false;
    }
    if (!first_) first_ = at;
    if (at - *first_ > kLongestTraceNs / kSecond) {
      rows_.problem("is more than 31 years after the first row");
      return false;
    }
    if (latest_ && at < *latest_) {
      rows_.problem("Timestamp is before that of the row before", "sort the rows by time");
      return false;
    }
    latest_ = at;
    if (second_.rows > 0 && at > second_.at) finish_second();
    return add_to_second(at);
  }

  bool add_to_second(std::int64_t at) {
    double rsrp = kGap;
    double downlink = kGap;
    if (!rows_.number(columns_.rsrp, rsrp) || !rows_.number(columns_.downlink, downlink))
      return false;
    if (rsrp == kNoLevelDbm) rsrp = kGap;
    const bool wanted = rows_.field(columns_.mode) == options_.mode;
    for (const std::string& problem :
         {problem_of_value(TraceColumn::kRsrp, rsrp),
          problem_of_value(TraceColumn::kDownlink, downlink / 1000.0)}) {
      if (problem.empty() || !wanted) continue;
      rows_.problem(problem, "RSRP is in dBm, DL_bitrate in kbit/s");
      return false;
    }
    const std::string_view state = rows_.field(columns_.state);
    if (state != "D" && state != "I") {
      rows_.problem(fmt::format("State is {}, expected D or I", quoted_field(state)));
      return false;
    }
    if (second_.rows == 0) {
      second_.at = at;
      second_.line = rows_.line();
    }
    ++second_.rows;
    second_.mode = rows_.field(columns_.mode);
    second_.rsrp = rsrp;
    second_.idle = state == "I";
    if (is_gap(downlink)) return true;
    second_.downlink_sum += downlink;
    ++second_.downlinks;
    return true;
  }

  void finish_second() {
    const Second s = std::exchange(second_, Second{});
    if (s.mode != options_.mode) {
      for (std::size_t r = 0; r < s.rows; ++r)
        report_.drop(fmt::format("of mode {}", quoted_field(s.mode)), s.line);
      interrupted_ = !builder_.empty();
      return;
    }
    if (!builder_.empty()) {
      const std::int64_t last = builder_.last_ns() / kSecond;
      if (interrupted_ || s.at - last > kLongestSilence) builder_.gap((last + 1) * kSecond);
    }
    interrupted_ = false;
    merged_ += s.rows - 1;
    const bool known = !s.idle && s.downlinks > 0;
    builder_.add(s.at * kSecond, {s.rsrp, known ? s.downlink_sum / s.downlinks / 1000.0 : kGap});
    idle_ += s.idle ? 1 : 0;
  }

  void add_notes() {
    if (merged_ > 0) {
      report_.notes.push_back(
          fmt::format("{} rows share their second with another: one sample each second, the level "
                      "of the last row, the mean "
                      "downlink",
                      merged_));
    }
    if (idle_ > 0) {
      report_.notes.push_back(
          fmt::format("{} seconds are idle (State I): their downlink is a gap", idle_));
    }
  }

  CsvRows& rows_;
  Columns columns_;
  const UccOptions& options_;
  ImportReport& report_;
  TraceBuilder builder_{{TraceColumn::kRsrp, TraceColumn::kDownlink}};
  Second second_;
  std::optional<std::int64_t> first_;  // of all rows, in s
  std::optional<std::int64_t> latest_;
  bool interrupted_ = false;  // by another mode since the last sample
  std::size_t merged_ = 0;
  std::size_t idle_ = 0;
};

}  // namespace

std::optional<Trace> import_ucc(std::istream& text, const std::string& file,
                                const UccOptions& options, ImportReport& report,
                                Diagnostics& diagnostics) {
  const std::size_t before = diagnostics.list().size();
  CsvRows rows(text, file, diagnostics);
  if (!rows.read_header()) return std::nullopt;
  Columns c;
  if (!rows.columns({{"Timestamp", &c.time},
                     {"NetworkMode", &c.mode},
                     {"RSRP", &c.rsrp},
                     {"DL_bitrate", &c.downlink},
                     {"State", &c.state}}))
    return std::nullopt;
  Importer importer(rows, c, options, report);
  importer.read();
  if (diagnostics.list().size() != before) return std::nullopt;
  if (importer.builder().empty()) {
    std::vector<std::string> seen;
    for (const DroppedRows& d : report.dropped)
      seen.push_back(fmt::format("{} rows {}", d.rows, d.reason));
    report.nothing = fmt::format(
        "has no row of mode {}; {}", options.mode,
        seen.empty() ? "it has no rows at all"
                     : fmt::format("it has {}: choose with --mode", fmt::join(seen, ", ")));
    return std::nullopt;
  }
  return importer.builder().take();
}

}  // namespace autoscale
