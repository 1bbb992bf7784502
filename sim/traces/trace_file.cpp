#include "sim/traces/trace_file.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "sim/base/sim_time.h"
#include "sim/config/place.h"
#include "sim/traces/line_reader.h"

namespace autoscale {
namespace {

class Reader {
 public:
  Reader(std::istream& text, const std::string& file, Diagnostics& diagnostics,
         std::size_t most_samples)
      : lines_(text, file, diagnostics), diagnostics_(diagnostics), most_samples_(most_samples) {}

  std::optional<Trace> read() {
    const std::size_t before = diagnostics_.list().size();
    if (read_header()) {
      std::string_view line;
      while (lines_.next(line)) {
        if (line.empty()) continue;
        if (trace_.samples() == most_samples_) {
          lines_.problem(fmt::format("is one of more than {} rows", most_samples_),
                         "cut the trace, or keep every tenth row");
          break;
        }
        read_row(line);
      }
      if (trace_.time_ns.empty() && diagnostics_.list().size() == before) {
        diagnostics_.add({lines_.file(), "", "has no rows", "a trace needs a first row at time 0"});
      }
    }
    if (diagnostics_.list().size() != before) return std::nullopt;
    return std::move(trace_);
  }

 private:
  // Notes, then the names of the columns.
  bool read_header() {
    std::string_view line;
    while (lines_.next(line)) {
      if (line.starts_with('#')) {
        line.remove_prefix(line.starts_with("# ") ? 2 : 1);
        trace_.notes.emplace_back(line);
      } else if (!line.empty()) {
        return read_columns(line);
      }
    }
    if (!lines_.failed()) {
      diagnostics_.add({lines_.file(), "", "has no header line",
                        "the first line names the columns, such as time_ms,rssi_dbm"});
    }
    return false;
  }

  bool read_columns(std::string_view line) {
    std::string_view name;
    bool first = true;
    bool known = true;
    while (next_field(line, ',', name)) {
      known = (first ? is_time(name) : add_column(name)) && known;
      first = false;
    }
    return known && check_columns();
  }

  bool is_time(std::string_view name) {
    if (name == kTimeColumn) return true;
    lines_.problem(
        fmt::format("the first column is {}, expected {}", quoted_field(name), kTimeColumn));
    return false;
  }

  bool add_column(std::string_view name) {
    const std::optional<TraceColumn> column = trace_column_named(name);
    if (column && trace_.find(*column) == nullptr) {
      trace_.series.push_back({*column, {}});
      return true;
    }
    if (column) {
      lines_.problem(fmt::format("column {} is there twice", name));
    } else {
      lines_.problem(fmt::format("there is no column {}", quoted_field(name)),
                     suggestion(name, trace_column_names(), "columns"));
    }
    return false;
  }

  bool check_columns() {
    std::vector<TraceColumn> columns;
    for (const TraceSeries& s : trace_.series) columns.push_back(s.column);
    const auto problem = problem_of_columns(columns);
    if (problem) lines_.problem("has " + problem->what, problem->hint);
    return !problem;
  }

  void read_row(std::string_view line) {
    const std::string_view row = line;
    std::array<double, kTraceColumns> values{};
    std::string_view field;
    next_field(line, ',', field);
    std::int64_t time = 0;
    bool good = read_time(field, time);
    std::size_t count = 0;
    while (next_field(line, ',', field)) {
      if (count < trace_.series.size()) {
        good = read_value(field, trace_.series[count].column, values[count]) && good;
      }
      ++count;
    }
    if (count != trace_.series.size()) {
      lines_.problem(fmt::format("has {} fields, the header {}: {}", count + 1,
                                 trace_.series.size() + 1, quoted_field(row)));
      return;
    }
    if (!good) return;
    trace_.time_ns.push_back(time);
    for (std::size_t c = 0; c < count; ++c) trace_.series[c].values.push_back(values[c]);
  }

  bool read_time(std::string_view field, std::int64_t& time) {
    double ms = 0.0;
    if (!parse_number(field, ms) || ms < 0.0 || ms > kLongestTraceMs) {
      lines_.problem(fmt::format("{} is {}, expected a number in [0, {}]", kTimeColumn,
                                 quoted_field(field), kLongestTraceMs));
      return false;
    }
    time = to_nanos(Millis{ms}).count;
    if (trace_.time_ns.empty() && time != 0 && !lines_.failed()) {
      lines_.problem(fmt::format("the first time is {} ms, expected 0", ms));
      return false;
    }
    if (!trace_.time_ns.empty() && time <= trace_.time_ns.back()) {
      lines_.problem(fmt::format("time {} ms is not after {} ms, the row before", ms,
                                 to_millis(Nanos{trace_.time_ns.back()}).value),
                     "sort the rows by time and keep one for each");
      return false;
    }
    return true;
  }

  bool read_value(std::string_view field, TraceColumn column, double& value) {
    if (field.empty()) {
      value = kGap;
      return true;
    }
    const TraceBounds bounds = bounds_of(column);
    if (parse_number(field, value) && value >= bounds.min && value <= bounds.max) return true;
    lines_.problem(fmt::format("{} is {}, expected a number in [{}, {}] or nothing for a gap",
                               to_string(column), quoted_field(field), bounds.min, bounds.max));
    return false;
  }

  LineReader lines_;
  Diagnostics& diagnostics_;
  std::size_t most_samples_;
  Trace trace_;
};

}  // namespace

std::optional<Trace> read_trace(std::istream& text, const std::string& file,
                                Diagnostics& diagnostics, std::size_t most_samples) {
  return Reader(text, file, diagnostics, most_samples).read();
}

std::optional<Trace> read_trace_file(const std::filesystem::path& file, Diagnostics& diagnostics) {
  std::optional<std::ifstream> text = open_text_file(file, diagnostics);
  return text ? read_trace(*text, file.string(), diagnostics) : std::nullopt;
}

void write_trace(const Trace& trace, const std::function<void(std::string_view)>& write) {
  constexpr std::size_t kPartBytes = 1U << 16;
  fmt::memory_buffer part;
  const auto out = std::back_inserter(part);
  for (const std::string& note : trace.notes) fmt::format_to(out, "# {}\n", note);
  fmt::format_to(out, "{}", kTimeColumn);
  for (const TraceSeries& s : trace.series) fmt::format_to(out, ",{}", to_string(s.column));
  part.push_back('\n');
  for (std::size_t i = 0; i < trace.samples(); ++i) {
    fmt::format_to(out, "{}", to_millis(Nanos{trace.time_ns[i]}).value);
    for (const TraceSeries& s : trace.series) {
      part.push_back(',');
      if (!is_gap(s.values[i])) fmt::format_to(out, "{}", s.values[i] + 0.0);
    }
    part.push_back('\n');
    if (part.size() < kPartBytes) continue;
    write({part.data(), part.size()});
    part.clear();
  }
  write({part.data(), part.size()});
}

}  // namespace autoscale
