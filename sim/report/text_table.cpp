#include "sim/report/text_table.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "sim/base/check.h"
#include "sim/base/split.h"

namespace autoscale {
namespace {

// Code points: bytes that do not continue another one. Our texts hold no wide or combining ones.
std::size_t width_of(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string upper_part(const std::string& heading) {
  const std::size_t end = heading.find('\n');
  return end == std::string::npos ? "" : heading.substr(0, end);
}

// As a cell of Markdown, where `|` ends a cell, `*` and `_` are markup, and blanks at the start are lost.
std::string markdown_cell(std::string_view cell) {
  std::string text;
  const std::size_t indent = std::min(cell.find_first_not_of(' '), cell.size());
  for (std::size_t i = 0; i < indent; ++i) text += "&nbsp;";
  for (const char c : cell.substr(indent)) {
    if (c == '\n') {
      text += ' ';
      continue;
    }
    if (std::string_view("|*_<\\`").find(c) != std::string_view::npos) text += '\\';
    text += c;
  }
  return text;
}

std::string lower_part(const std::string& heading) {
  const std::size_t end = heading.find('\n');
  return end == std::string::npos ? heading : heading.substr(end + 1);
}

}  // namespace

void TextTable::add_column(std::string heading, Align align) {
  columns_.push_back({std::move(heading), align});
}

void TextTable::add_row(std::vector<std::string> cells) {
  AUTOSCALE_CHECK(cells.size() == columns_.size(), "a row has a cell per column");
  rows_.push_back(std::move(cells));
}

std::string TextTable::line(std::span<const std::string> cells,
                            std::span<const std::size_t> widths) const {
  std::string text;
  for (std::size_t c = 0; c < cells.size(); ++c) {
    if (c > 0) text += "  ";
    const std::string padding(widths[c] - width_of(cells[c]), ' ');
    text += columns_[c].align == Align::kRight ? padding + cells[c] : cells[c] + padding;
  }
  text.erase(text.find_last_not_of(' ') + 1);
  return text + '\n';
}

std::string TextTable::text(Markup markup) const {
  if (markup == Markup::kMarkdown) return markdown();
  std::vector<std::string> upper;
  std::vector<std::string> lower;
  for (const Column& c : columns_) {
    upper.push_back(upper_part(c.heading));
    lower.push_back(lower_part(c.heading));
  }
  std::vector<std::size_t> widths(columns_.size(), 0);
  const auto widen = [&](const std::vector<std::string>& cells) {
    for (std::size_t c = 0; c < cells.size(); ++c)
      widths[c] = std::max(widths[c], width_of(cells[c]));
  };
  widen(upper);
  widen(lower);
  std::ranges::for_each(rows_, widen);

  std::string text;
  const bool two_lines = std::ranges::any_of(upper, [](const auto& s) { return !s.empty(); });
  if (two_lines) text += line(upper, widths);
  text += line(lower, widths);
  for (const auto& row : rows_) text += line(row, widths);
  return text;
}

std::string TextTable::markdown() const {
  std::string text = "|";
  std::string rule = "|";
  for (const Column& c : columns_) {
    text += ' ' + markdown_cell(c.heading) + " |";
    rule += c.align == Align::kRight ? " ---: |" : " --- |";
  }
  text += '\n' + rule + '\n';
  for (const auto& row : rows_) {
    text += '|';
    for (const std::string& cell : row) text += ' ' + markdown_cell(cell) + " |";
    text += '\n';
  }
  return text;
}

int decimals_for(std::span<const std::optional<double>> values) {
  std::optional<double> smallest;
  for (const auto& v : values) {
    if (v && *v > 0.0 && (!smallest || *v < *smallest)) smallest = v;
  }
  if (!smallest) return 0;
  return static_cast<int>(std::clamp(2.0 - std::floor(std::log10(*smallest)), 0.0, 3.0));
}

std::string fixed(std::optional<double> value, int decimals) {
  return value ? fmt::format("{:.{}f}", *value, decimals) : "-";
}

std::string wrapped(std::span<const std::string> items, std::string_view separator,
                    std::size_t width, std::size_t indent, std::size_t start) {
  std::string result;
  std::size_t column = start;
  for (std::size_t i = 0; i < items.size(); ++i) {
    std::string item = items[i];
    if (i + 1 < items.size()) item += separator;
    const std::string_view visible(item.data(), item.find_last_not_of(' ') + 1);
    if (i > 0 && column + width_of(visible) > width) {
      result.erase(result.find_last_not_of(' ') + 1);
      result += '\n' + std::string(indent, ' ');
      column = indent;
    }
    result += item;
    column += width_of(item);
  }
  return result;
}

std::string wrapped(std::string_view text, std::size_t width, std::size_t indent) {
  std::vector<std::string> words;
  for (const std::string_view word : split(text, ' ')) words.emplace_back(word);
  return wrapped(words, " ", width, indent, 0);
}

}  // namespace autoscale
