#include "sim/cli/trace_report.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "sim/cli/standard_output.h"
#include "sim/report/text_table.h"

namespace autoscale {
namespace {

constexpr int kFractions = 4;  // decimals of shares, probabilities, correlations

int decimals_of(TraceColumn column) {
  switch (column) {
    case TraceColumn::kRssi:
    case TraceColumn::kRsrp: return 2;
    case TraceColumn::kUplink:
    case TraceColumn::kDownlink: return 3;
    case TraceColumn::kCpu:
    case TraceColumn::kMemory: break;
  }
  return kFractions;
}

std::string weak_table(const WeakStatistics& w) {
  TextTable table;
  for (const char* heading : {"weak below", "share\nweak", "p(regular\nto weak)",
                              "p(weak to\nregular)", "dwell\nregular s", "dwell\nweak s"}) {
    table.add_column(heading, TextTable::Align::kRight);
  }
  table.add_row({fmt::format("{} dBm", w.threshold_dbm), fixed(w.share_weak, kFractions),
                 fixed(w.p_regular_to_weak, kFractions), fixed(w.p_weak_to_regular, kFractions),
                 fixed(w.dwell_regular_s, 1), fixed(w.dwell_weak_s, 1)});
  return table.text();
}

void write_optional(Json& object, std::string_view key, const std::optional<double>& value) {
  Json& slot = add_member(object, key);  // null
  if (value) set(slot, *value);
}

void write_series(Json& slot, const SeriesStatistics& s) {
  set_object(slot);
  set(add_member(slot, "known"), static_cast<std::uint64_t>(s.known));
  set(add_member(slot, "gaps"), static_cast<std::uint64_t>(s.gaps));
  write_optional(slot, "mean", s.mean);
  write_optional(slot, "sd", s.sd);
  write_optional(slot, "q05", s.q05);
  write_optional(slot, "q50", s.q50);
  write_optional(slot, "q95", s.q95);
  write_optional(slot, "lag1", s.lag1);
}

}  // namespace

std::string statistics_table(const TraceStatistics& statistics) {
  TextTable table;
  table.add_column(fmt::format("{} samples, {:.1f} s,\nmedian step {} ms", statistics.samples,
                               statistics.duration_s, statistics.step_ms),
                   TextTable::Align::kLeft);
  for (const char* heading : {"known", "gaps", "mean", "sd", "q05", "q50", "q95", "lag 1"})
    table.add_column(heading, TextTable::Align::kRight);
  for (const SeriesStatistics& s : statistics.series) {
    const int d = decimals_of(s.column);
    table.add_row({to_string(s.column), fmt::format("{}", s.known), fmt::format("{}", s.gaps),
                   fixed(s.mean, d), fixed(s.sd, d), fixed(s.q05, d), fixed(s.q50, d),
                   fixed(s.q95, d), fixed(s.lag1, kFractions)});
  }
  std::string text = table.text();
  if (statistics.weak) text.append("\n").append(weak_table(*statistics.weak));
  return text;
}

void write_statistics(Json& slot, const TraceStatistics& statistics) {
  set_object(slot);
  set(add_member(slot, "samples"), static_cast<std::uint64_t>(statistics.samples));
  set(add_member(slot, "duration_s"), statistics.duration_s);
  set(add_member(slot, "step_ms"), statistics.step_ms);
  Json& columns = add_member(slot, "columns");
  set_object(columns);
  for (const SeriesStatistics& s : statistics.series)
    write_series(add_member(columns, to_string(s.column)), s);
  if (!statistics.weak) return;
  const WeakStatistics& w = *statistics.weak;
  Json& weak = add_member(slot, "weak");
  set_object(weak);
  set(add_member(weak, "threshold_dbm"), w.threshold_dbm);
  write_optional(weak, "share_weak", w.share_weak);
  write_optional(weak, "p_regular_to_weak", w.p_regular_to_weak);
  write_optional(weak, "p_weak_to_regular", w.p_weak_to_regular);
  write_optional(weak, "dwell_regular_s", w.dwell_regular_s);
  write_optional(weak, "dwell_weak_s", w.dwell_weak_s);
}

void print_statistics(const TraceStatistics& statistics, const std::string& format) {
  if (format == "table") {
    print_data(statistics_table(statistics));
    return;
  }
  JsonDocument document;
  write_statistics(document.root(), statistics);
  print_data(dump(document.root()) + '\n');
}

std::string one_line(std::string text) {
  std::ranges::replace_if(
      text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, '?');
  return text;
}

}  // namespace autoscale
