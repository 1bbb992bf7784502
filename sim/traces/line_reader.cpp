#include "sim/traces/line_reader.h"

#include <cerrno>
#include <charconv>
#include <cmath>
#include <system_error>

#include <fmt/format.h>

#include "sim/config/json_file.h"

namespace autoscale {
namespace {

constexpr std::size_t kLongestLine = 1U << 16;
constexpr std::size_t kMostProblems = 100;

// getline that gives up on a line beyond all bounds before it fills memory.
bool bounded_line(std::istream& text, std::string& line, bool& too_long) {
  line.clear();
  std::streambuf* buffer = text.rdbuf();
  while (line.size() <= kLongestLine) {
    const int c = buffer->sbumpc();
    if (c == std::char_traits<char>::eof()) {
      text.setstate(std::ios::eofbit);
      return !line.empty();
    }
    if (c == '\n') return true;
    line += static_cast<char>(c);
  }
  too_long = true;
  return true;
}

}  // namespace

bool LineReader::next(std::string_view& line) {
  if (given_up_ || text_->eof()) return false;
  bool too_long = false;
  if (!bounded_line(*text_, line_, too_long)) return false;
  ++number_;
  if (number_ == 1 && line_.starts_with("\xEF\xBB\xBF")) line_.erase(0, 3);  // byte order mark
  if (too_long) {
    problem(fmt::format("is longer than {} bytes", kLongestLine), "is it a text file?");
    given_up_ = true;
    return false;
  }
  if (!line_.empty() && line_.back() == '\r') line_.pop_back();
  if (number_ == 1 && (line_.starts_with("\xFF\xFE") || line_.starts_with("\xFE\xFF"))) {
    problem("is UTF-16, expected UTF-8", "save it with encoding UTF-8");
    given_up_ = true;
    return false;
  }
  const std::size_t invalid = find_invalid_utf8(line_);
  const std::size_t nul = line_.find('\0');
  if (invalid != std::string::npos || nul != std::string::npos) {
    problem(invalid != std::string::npos ? "is not UTF-8" : "holds a NUL byte",
            "is it a text file?");
    given_up_ = true;
    return false;
  }
  line = line_;
  return true;
}

void LineReader::problem(std::string message, std::string hint) {
  if (given_up_) return;
  diagnostics_->add({file_, fmt::format("line {}", number_), std::move(message), std::move(hint)});
  if (++problems_ < kMostProblems) return;
  diagnostics_->add({file_, "", fmt::format("{} problems are enough", kMostProblems), ""});
  given_up_ = true;
}

std::optional<std::ifstream> open_text_file(const std::filesystem::path& file,
                                            Diagnostics& diagnostics) {
  std::error_code error;
  const auto refuse = [&](std::string message) {
    diagnostics.add({file.string(), "", std::move(message), ""});
    return std::nullopt;
  };
  if (!std::filesystem::exists(file, error)) return refuse("there is no such file");
  if (std::filesystem::is_directory(file, error)) return refuse("is a folder, expected a file");
  errno = 0;
  std::ifstream text(file, std::ios::binary);
  if (!text) return refuse("cannot be read: " + std::generic_category().message(errno));
  return text;
}

std::string quoted_field(std::string_view text) {
  constexpr std::size_t kShown = 40;
  std::string shown = "\"";
  for (const char c : text.substr(0, kShown)) {
    const auto byte = static_cast<unsigned char>(c);
    shown += byte < 0x20 || byte >= 0x7F ? '?' : c;
  }
  return shown + (text.size() > kShown ? "...\"" : "\"");
}

bool parse_number(std::string_view text, double& value) {
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  return error == std::errc() && stop == end && std::isfinite(value);
}

bool next_field(std::string_view& rest, char separator, std::string_view& field) {
  if (rest.data() == nullptr) return false;
  const std::size_t at = rest.find(separator);
  field = rest.substr(0, at);
  rest = at == std::string_view::npos ? std::string_view{} : rest.substr(at + 1);
  return true;
}

}  // namespace autoscale
