// Columns of text for people: aligned, with headings of one or two lines. Knows that a UTF-8
// character may have several bytes.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace autoscale {

enum class Markup : unsigned char { kPlain, kMarkdown };

class TextTable {
 public:
  enum class Align : unsigned char { kLeft, kRight };

  // A heading may hold one '\n'; shorter headings stand on the lower line.
  void add_column(std::string heading, Align align);
  void add_row(std::vector<std::string> cells);  // as many as columns
  // Ends in a newline; plain: no blanks at the ends of lines.
  [[nodiscard]] std::string text(Markup markup = Markup::kPlain) const;

 private:
  struct Column {
    std::string heading;
    Align align;
  };
  [[nodiscard]] std::string line(std::span<const std::string> cells,
                                 std::span<const std::size_t> widths) const;
  [[nodiscard]] std::string markdown() const;

  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
};

// Decimals that give the smallest positive value three significant digits: 0 to 3.
[[nodiscard]] int decimals_for(std::span<const std::optional<double>> values);
// "12.3", or "-" for what is not defined.
[[nodiscard]] std::string fixed(std::optional<double> value, int decimals);
// Lines of at most `width` characters, broken after separators only. The first line begins in
// column `start` (its caller has written what stands before), the others in column `indent`.
[[nodiscard]] std::string wrapped(std::span<const std::string> items, std::string_view separator,
                                  std::size_t width, std::size_t indent, std::size_t start);
// The same for the words of a text.
[[nodiscard]] std::string wrapped(std::string_view text, std::size_t width, std::size_t indent);

}  // namespace autoscale
