// Lines of a text file of any size, one at a time, numbered from 1, with their form checked.
#pragma once

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <istream>
#include <optional>
#include <string>
#include <string_view>

#include "sim/base/diagnostics.h"

namespace autoscale {

class LineReader {
 public:
  LineReader(std::istream& text, std::string file, Diagnostics& diagnostics)
      : text_(&text), file_(std::move(file)), diagnostics_(&diagnostics) {}

  // The next line without its end (LF or CRLF), valid until the next call; false at the end of the file, or when
  // going on makes no sense (a line beyond all bounds, bytes that are no text, too many problems).
  bool next(std::string_view& line);
  [[nodiscard]] std::size_t number() const { return number_; }
  // Reports a problem of the current line.
  void problem(std::string message, std::string hint = "");
  [[nodiscard]] bool failed() const { return problems_ > 0; }
  [[nodiscard]] const std::string& file() const { return file_; }

 private:
  std::istream* text_;
  std::string file_;
  Diagnostics* diagnostics_;
  std::string line_;
  std::size_t number_ = 0;
  std::size_t problems_ = 0;
  bool given_up_ = false;
};

// Opened for reading, or nothing after reporting why not.
std::optional<std::ifstream> open_text_file(const std::filesystem::path& file,
                                            Diagnostics& diagnostics);

// A field of a line, shortened and made printable, for messages.
std::string quoted_field(std::string_view text);

// The whole of `text` as a finite number. False: it is none.
bool parse_number(std::string_view text, double& value);

// Cuts off the text up to the next `separator`. False: nothing is left.
bool next_field(std::string_view& rest, char separator, std::string_view& field);

}  // namespace autoscale
