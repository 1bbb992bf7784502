// Rows of a CSV file of any size, one at a time, with columns found by name.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <istream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/traces/line_reader.h"
#include "sim/traces/trace_builder.h"

namespace autoscale {

class CsvRows {
 public:
  CsvRows(std::istream& text, std::string file, Diagnostics& diagnostics, char separator = ',',
          std::size_t most_rows = kMostSamples)
      : lines_(text, std::move(file), diagnostics),
        diagnostics_(&diagnostics),
        separator_(separator),
        most_rows_(most_rows) {}

  // False after reporting that there is no header line.
  bool read_header();
  // Where a column of the header stands; reports that there is none and what there is instead.
  std::optional<std::size_t> column(std::string_view name);
  // The same for several; false: one at least is missing.
  bool columns(std::initializer_list<std::pair<std::string_view, std::size_t*>> wanted);
  [[nodiscard]] bool has(std::string_view name) const;

  // The next row that is not blank; rows with more or fewer fields than the header are reported and skipped.
  // False at the end, or after reporting that there are more rows than memory should hold.
  bool next();
  [[nodiscard]] std::string_view field(std::size_t column) const { return fields_[column]; }
  // The field as a number; kGap for what logs write where nothing is known ("", "-", "nan", "NA"). Reports anything
  // else, naming the column.
  bool number(std::size_t column, double& value);

  [[nodiscard]] std::size_t line() const { return lines_.number(); }
  void problem(std::string message, std::string hint = "") {
    lines_.problem(std::move(message), std::move(hint));
  }
  [[nodiscard]] const std::string& file() const { return lines_.file(); }

 private:
  bool split(std::string_view line, std::vector<std::string>& fields);

  LineReader lines_;
  Diagnostics* diagnostics_;
  char separator_;
  std::size_t most_rows_;
  std::size_t rows_ = 0;
  std::vector<std::string> columns_;
  std::vector<std::string> fields_;
};

}  // namespace autoscale
