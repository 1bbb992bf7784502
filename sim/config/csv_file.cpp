#include "sim/config/csv_file.h"

#include <algorithm>

#include <fmt/format.h>

namespace autoscale {
namespace {

// Cuts a text into records. Quoted fields may hold commas, quotes (doubled) and line ends.
class Splitter {
 public:
  explicit Splitter(std::string_view text) : text_(text) {}

  [[nodiscard]] bool done() const { return at_ >= text_.size(); }
  [[nodiscard]] std::size_t line() const { return line_; }

  // The next record; nothing when a quote is not closed.
  std::optional<std::vector<std::string>> record() {
    std::vector<std::string> fields(1);
    while (!done()) {
      const char c = text_[at_++];
      if (c == '"') {
        if (!quoted(fields.back())) return std::nullopt;
      } else if (c == ',') {
        fields.emplace_back();
      } else if (c == '\n') {
        ++line_;
        break;
      } else if (c != '\r' || done() || text_[at_] != '\n') {
        fields.back() += c;
      }
    }
    return fields;
  }

 private:
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
  CsvTable table;
  Splitter splitter(text);
  if (splitter.done()) diagnostics.add({file, "", "is empty; expected a line of column names", ""});
  while (!splitter.done()) {
    const std::size_t line = splitter.line();
    std::optional<std::vector<std::string>> fields = splitter.record();
    if (!fields) {
      diagnostics.add({file, place(line), "a quote is opened and never closed", ""});
      break;
    }
    if (line == 1) {
      table.columns = std::move(*fields);
      check_columns(table, file, diagnostics);
    } else if (fields->size() != table.columns.size()) {
      diagnostics.add(
          {file, place(line),
           fmt::format("expected {} fields, got {}", table.columns.size(), fields->size()), ""});
    } else {
      table.rows.push_back(std::move(*fields));
      table.lines.push_back(line);
    }
  }
  if (diagnostics.list().size() != before) return std::nullopt;
  return table;
}

}  // namespace autoscale
