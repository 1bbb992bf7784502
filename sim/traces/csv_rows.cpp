#include "sim/traces/csv_rows.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "sim/config/place.h"
#include "sim/traces/trace.h"

namespace autoscale {
namespace {

constexpr std::array<std::string_view, 6> kUnknown{"", "-", "nan", "NaN", "NA", "null"};

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// A field that begins with a quote, up to the quote that closes it. False: none does.
bool take_quoted(std::string_view& rest, std::string& field) {
  rest.remove_prefix(1);
  for (;;) {
    const std::size_t quote = rest.find('"');
    if (quote == std::string_view::npos) return false;
    field += rest.substr(0, quote);
    rest.remove_prefix(quote + 1);
    if (!rest.starts_with('"')) return true;
    field += '"';
    rest.remove_prefix(1);
  }
}

}  // namespace

bool CsvRows::split(std::string_view line, std::vector<std::string>& fields) {
  fields.clear();
  for (;;) {
    std::string& field = fields.emplace_back();
    if (line.starts_with('"')) {
      if (!take_quoted(line, field)) {
        problem("a quoted field is not closed on its line", "close it with \"");
        return false;
      }
      if (!line.empty() && line.front() != separator_) {
        problem("has text after a quoted field", "write a quote inside a field as \"\"");
        return false;
      }
    } else {
      const std::size_t end = std::min(line.find(separator_), line.size());
      field = trimmed(line.substr(0, end));
      line.remove_prefix(end);
    }
    if (line.empty()) return true;
    line.remove_prefix(1);
  }
}

bool CsvRows::read_header() {
  std::string_view line;
  while (lines_.next(line)) {
    if (!line.empty()) return split(line, columns_);
  }
  if (!lines_.failed())
    diagnostics_->add({file(), "", "is empty", "expected a header line that names the columns"});
  return false;
}

bool CsvRows::columns(std::initializer_list<std::pair<std::string_view, std::size_t*>> wanted) {
  bool all = true;
  for (const auto& [name, at] : wanted) {
    const auto found = column(name);
    all = found.has_value() && all;
    *at = found.value_or(0);
  }
  return all;
}

bool CsvRows::has(std::string_view name) const {
  return std::ranges::find(columns_, name) != columns_.end();
}

std::optional<std::size_t> CsvRows::column(std::string_view name) {
  const auto found = std::ranges::find(columns_, name);
  if (found == columns_.end()) {
    problem(fmt::format("the header has no column {}", quoted_field(name)),
            columns_.size() > 1 ? suggestion(name, columns_, "columns")
                                : fmt::format("is \"{}\" what separates the columns?", separator_));
    return std::nullopt;
  }
  if (std::find(found + 1, columns_.end(), name) != columns_.end()) {
    problem(fmt::format("the header has column {} twice", quoted_field(name)));
    return std::nullopt;
  }
  return static_cast<std::size_t>(found - columns_.begin());
}

bool CsvRows::next() {
  std::string_view line;
  while (lines_.next(line)) {
    if (line.empty()) continue;
    if (++rows_ > most_rows_) {
      problem(fmt::format("is one of more than {} rows", most_rows_), "split the file");
      return false;
    }
    if (!split(line, fields_)) continue;
    if (fields_.size() == columns_.size()) return true;
    problem(fmt::format("has {} fields, the header {}: {}", fields_.size(), columns_.size(),
                        quoted_field(line)),
            "was the file cut off?");
  }
  return false;
}

bool CsvRows::number(std::size_t column, double& value) {
  const std::string_view text = fields_[column];
  if (std::ranges::find(kUnknown, text) != kUnknown.end()) {
    value = kGap;
    return true;
  }
  if (parse_number(text, value)) return true;
  problem(fmt::format("{} is {}, expected a number, or - where nothing is known", columns_[column],
                      quoted_field(text)));
  return false;
}

}  // namespace autoscale
