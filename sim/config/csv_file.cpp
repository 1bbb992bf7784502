#include "sim/config/csv_file.h"

#include <algorithm>

#include <fmt/format.h>

#include "sim/config/json_file.h"

namespace autoscale {
namespace {

// Far above any result; a file that is no table at all must not exhaust memory or patience.
constexpr std::size_t kMostColumns = 10'000;
constexpr std::size_t kMostFields = 20'000'000;
constexpr std::size_t kMostReports = 100;

// Cuts a text into records. Quoted fields may hold commas, quotes (doubled) and line ends.
class Splitter {
 public:
  explicit Splitter(std::string_view text) : text_(text) {}

  [[nodiscard]] bool done() const { return at_ >= text_.size(); }
  [[nodiscard]] std::size_t line() const { return line_; }

  // The next record, or nothing when there is a problem().
  std::optional<std::vector<std::string>> record() {
    std::vector<std::string> fields(1);
    while (!done()) {
      if (fields.size() > kMostColumns) return refuse("has more than 10000 columns");
      const char c = text_[at_++];
      if (c == '"') {
        if (!quoted(fields.back())) return refuse("a quote is opened and never closed");
      } else if (c == ',') {
        fields.emplace_back();
      } else if (c == '\n') {
        ++line_;
        break;
      } else if (c != '\r' || done() || text_[at_] != '\n') {
        fields.back() += c;
      }
    }
    fields_ += fields.size();
    if (fields_ > kMostFields) return refuse("the file has more than 20 million fields");
    return fields;
  }
  [[nodiscard]] const std::string& problem() const { return problem_; }

 private:
  std::nullopt_t refuse(const char* problem) {
    problem_ = problem;
    return std::nullopt;
  }

  bool quoted(std::string& field) {
    while (!done()) {
      const char c = text_[at_++];
      if (c == '"' && (done() || text_[at_] != '"')) return true;
      if (c == '"') ++at_;
      if (c == '\n') ++line_;
      field += c;
    }
    return false;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  std::size_t fields_ = 0;
  std::string problem_;
};

std::string place(std::size_t line) { return fmt::format("line {}", line); }

void check_columns(const CsvTable& table, const std::string& file, Diagnostics& diagnostics) {
  for (auto name = table.columns.begin(); name != table.columns.end(); ++name) {
    if (std::find(table.columns.begin(), name, *name) == name) continue;
    diagnostics.add({file, place(1), fmt::format("column \"{}\" stands there twice", *name), ""});
  }
}

}  // namespace

std::optional<std::size_t> CsvTable::column(std::string_view name) const {
  const auto found = std::ranges::find(columns, name);
  if (found == columns.end()) return std::nullopt;
  return static_cast<std::size_t>(found - columns.begin());
}

std::optional<CsvTable> parse_csv(std::string_view text, const std::string& file,
                                  Diagnostics& diagnostics) {
  const std::size_t before = diagnostics.list().size();
  const auto report = [&](std::string at, std::string what) {
    diagnostics.add({file, std::move(at), std::move(what), ""});
  };
  CsvTable table;
  Splitter splitter(text);
  if (splitter.done()) report("", "is empty; expected a line of column names");
  const std::size_t invalid = find_invalid_utf8(text);
  if (invalid != std::string_view::npos) {
    const auto ends = std::ranges::count(text.substr(0, invalid), '\n');
    report(place(1 + static_cast<std::size_t>(ends)), "is not UTF-8");
    return std::nullopt;
  }
  while (!splitter.done() && diagnostics.list().size() < before + kMostReports) {
    const std::size_t line = splitter.line();
    std::optional<std::vector<std::string>> fields = splitter.record();
    if (!fields) {
      report(place(line), splitter.problem());
      break;
    }
    if (line == 1) {
      table.columns = std::move(*fields);
      check_columns(table, file, diagnostics);
    } else if (fields->size() != table.columns.size()) {
      report(place(line),
             fmt::format("expected {} fields, got {}", table.columns.size(), fields->size()));
    } else {
      table.rows.push_back(std::move(*fields));
      table.lines.push_back(line);
    }
  }
  if (diagnostics.list().size() != before) return std::nullopt;
  return table;
}

}  // namespace autoscale
