#include "sim/config/json_file.h"

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <fstream>
#include <set>
#include <system_error>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace autoscale {
namespace {

// "FILE:LINE:COLUMN", and the message followed by the source line and a caret below the place.
void report_at(std::string_view text, std::size_t offset, std::string_view message,
               const std::string& file, Diagnostics& diagnostics) {
  constexpr std::size_t kLongestLine = 160;
  constexpr std::size_t kShownBefore = 80;
  offset = std::min(offset, text.size());
  const std::size_t line_start = text.substr(0, offset).rfind('\n') + 1;  // npos + 1 is 0
  const std::size_t line_end = std::min(text.find('\n', offset), text.size());
  const auto line = 1 + std::ranges::count(text.substr(0, offset), '\n');
  const std::size_t column = offset - line_start;

  const std::size_t shown_from = column > kLongestLine ? offset - kShownBefore : line_start;
  std::string shown(text.substr(shown_from, std::min(line_end - shown_from, kLongestLine)));
  for (char& c : shown) {
    if (static_cast<unsigned char>(c) < ' ' || static_cast<unsigned char>(c) > '~') c = ' ';
  }
  diagnostics.add({fmt::format("{}:{}:{}", file, line, column + 1), "",
                   fmt::format("{}\n  {}\n  {:>{}}", message, shown, '^', offset - shown_from + 1),
                   ""});
}

// Text editors that save UTF-16 write a mark first; without it every second byte is zero.
bool looks_like_utf16(std::string_view text) {
  if (text.size() < 2) return false;
  const std::string_view start = text.substr(0, 2);
  return start == "\xFF\xFE" || start == "\xFE\xFF" || start[0] == '\0' || start[1] == '\0';
}

// Offset of the bracket that nests too deeply, or npos. Runs before any recursive code sees it.
std::size_t find_too_deep(std::string_view text) {
  std::size_t depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string && c == '\\') {
      ++i;
    } else if (c == '"') {
      in_string = !in_string;
    } else if (!in_string && (c == '{' || c == '[')) {
      if (++depth > kDeepestNesting) return i;
    } else if (!in_string && (c == '}' || c == ']') && depth > 0) {
      --depth;
    }
  }
  return std::string_view::npos;
}

// What a person who is used to other formats most likely meant.
std::string_view advice(std::string_view text, std::size_t offset) {
  if (offset >= text.size()) return "";
  const std::string_view rest = text.substr(offset);
  if (rest.starts_with("//") || rest.starts_with("/*") || rest.starts_with("#")) {
    return R"( (JSON has no comments; write a "$comment" key))";
  }
  if (rest.starts_with("'")) return " (strings stand in double quotes)";
  for (const std::string_view word : {"NaN", "nan", "Infinity", "-Infinity", "inf", "-inf"}) {
    if (rest.starts_with(word)) return " (JSON has no NaN and no infinity)";
  }
  const std::size_t before = text.substr(0, offset).find_last_not_of(" \t\r\n");
  const bool closes = rest.starts_with("}") || rest.starts_with("]");
  if (closes && before != std::string_view::npos && text[before] == ',') {
    return " (remove the comma before it)";
  }
  return "";
}

// The words of nlohmann's message without its error number, position and quotation.
std::string plain_message(std::string message) {
  const std::size_t last_read = message.find("; last read: ");
  if (last_read != std::string::npos) {
    const std::size_t more = message.find("; expected ", last_read + 1);
    message.replace(last_read, std::min(more, message.size()) - last_read, "");
  }
  for (const std::string_view end_of_intro : {"] ", "column ", ": ", " - "}) {
    const std::size_t at = message.find(end_of_intro);
    if (at != std::string::npos) message.erase(0, at + end_of_intro.size());
  }
  return message;
}

// Where the offending token starts. The parser says where it ends, and its text: exactly for strings
// and numbers; for others with what stood before.
std::size_t find_token(std::string_view text, std::size_t end, std::string_view token,
                       std::string_view message) {
  const auto says = [&](std::string_view words) { return message.find(words) != message.npos; };
  const auto in_word = [&](std::size_t i) {
    return std::isalnum(static_cast<unsigned char>(text[i])) != 0;
  };
  if (says("unexpected end of input")) return text.find_last_not_of(" \t\r\n") + 1;
  end = std::min(end, text.size());
  const bool exact = says("number") || says("unexpected string") || says("closing quote");
  if (exact && token.size() <= end) return end - token.size();
  std::size_t start = end - std::min<std::size_t>(end, 1);
  while (start > 0 && start < text.size() && in_word(start) && in_word(start - 1)) --start;
  return start;
}

// A pass over the text that finds the first syntax error and every repeated key.
class SyntaxCheck : public nlohmann::json_sax<Json> {
 public:
  SyntaxCheck(std::string_view text, const std::string& file, Diagnostics& diagnostics)
      : text_(text), file_(file), diagnostics_(diagnostics) {}

  bool null() override { return next_value(); }
  bool boolean(bool) override { return next_value(); }
  bool number_integer(number_integer_t) override { return next_value(); }
  bool number_unsigned(number_unsigned_t) override { return next_value(); }
  bool number_float(number_float_t, const string_t&) override { return next_value(); }
  bool string(string_t&) override { return next_value(); }
  bool binary(binary_t&) override { return next_value(); }
  bool start_object(std::size_t) override { return open(false); }
  bool start_array(std::size_t) override { return open(true); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }

  bool key(string_t& key) override {
    open_.back().key = key;
    if (open_.back().keys.size() == kMostKeys) {
      diagnostics_.add(
          {file_, pointer(), fmt::format("is one of more than {} keys", kMostKeys), ""});
      return false;
    }
    if (!open_.back().keys.insert(key).second) {
      diagnostics_.add({file_, pointer(), "the key is given twice", ""});
    }
    return true;
  }

  bool parse_error(std::size_t position, const std::string& last_token,
                   const nlohmann::detail::exception& error) override {
    std::string message = plain_message(error.what());
    if (error.id == kNumberOverflow) {
      constexpr std::size_t kShown = 40;
      message = fmt::format("the number {}{} is too large", last_token.substr(0, kShown),
                            last_token.size() > kShown ? "..." : "");
    }
    const std::size_t start = find_token(text_, position, last_token, message);
    report_at(text_, start, message + std::string(advice(text_, start)), file_, diagnostics_);
    return false;
  }

 private:
  static constexpr int kNumberOverflow = 406;
  struct Open {
    bool is_array = false;
    std::size_t next_index = 0;
    std::string key;
    std::set<std::string> keys;
  };

  bool next_value() {
    if (!open_.empty() && open_.back().is_array) ++open_.back().next_index;
    return true;
  }
  bool open(bool is_array) {
    next_value();
    open_.push_back({is_array, 0, "", {}});
    return true;
  }
  bool close() {
    open_.pop_back();
    return true;
  }
  [[nodiscard]] std::string pointer() const {
    std::string text;
    for (const Open& level : open_) {
      text += '/';
      text += level.is_array ? std::to_string(level.next_index - 1) : escape_pointer(level.key);
    }
    return text;
  }

  std::string_view text_;
  const std::string& file_;
  Diagnostics& diagnostics_;
  std::vector<Open> open_;
};

bool check_encoding(std::string_view text, const std::string& file, Diagnostics& diagnostics) {
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
    diagnostics.add({file, "", "is empty, expected a JSON document", ""});
    return false;
  }
  if (looks_like_utf16(text)) {
    diagnostics.add({file, "", "is UTF-16, expected UTF-8", "save it with encoding UTF-8"});
    return false;
  }
  const std::size_t invalid = find_invalid_utf8(text);
  if (invalid != std::string_view::npos) {
    const unsigned byte = static_cast<unsigned char>(text[invalid]);
    report_at(text, invalid, fmt::format("byte 0x{:02X} is not UTF-8", byte), file, diagnostics);
    return false;
  }
  return true;
}

}  // namespace

std::size_t find_invalid_utf8(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  std::size_t i = 0;
  while (i < text.size()) {
    const unsigned char first = byte(i);
    std::size_t length = 1;
    unsigned char low = 0x80;
    unsigned char high = 0xBF;
    if (first >= 0xC2 && first <= 0xDF) length = 2;
    if (first >= 0xE0 && first <= 0xEF) length = 3;
    if (first >= 0xF0 && first <= 0xF4) length = 4;
    if (first == 0xE0) low = 0xA0;
    if (first == 0xED) high = 0x9F;
    if (first == 0xF0) low = 0x90;
    if (first == 0xF4) high = 0x8F;
    if ((length == 1 && first >= 0x80) || i + length > text.size()) return i;
    for (std::size_t k = 1; k < length; ++k) {
      if (byte(i + k) < (k == 1 ? low : 0x80) || byte(i + k) > (k == 1 ? high : 0xBF)) return i;
    }
    i += length;
  }
  return std::string_view::npos;
}

std::optional<std::string> read_text_file(const std::filesystem::path& path,
                                          Diagnostics& diagnostics) {
  const std::string name = path.string();
  const auto refuse = [&](std::string message) {
    diagnostics.add({name, "", std::move(message), ""});
    return std::nullopt;
  };
  std::error_code error;
  const std::filesystem::file_status status = std::filesystem::status(path, error);
  if (status.type() == std::filesystem::file_type::not_found)
    return refuse("there is no such file");
  if (std::filesystem::is_directory(status)) return refuse("is a folder, expected a file");
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file) return refuse("cannot be read: " + std::generic_category().message(errno));

  std::string text;
  std::string block(std::size_t{1} << 16, '\0');
  while (file.read(block.data(), static_cast<std::streamsize>(block.size())) || file.gcount() > 0) {
    text.append(block, 0, static_cast<std::size_t>(file.gcount()));
    if (text.size() > kLargestFileBytes) {
      return refuse(fmt::format("is larger than {} MiB", kLargestFileBytes >> 20));
    }
  }
  if (file.bad()) return refuse("cannot be read: " + std::generic_category().message(errno));
  return text;
}

std::optional<JsonDocument> parse_json(std::string_view text, const std::string& file,
                                       Diagnostics& diagnostics) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);  // UTF-8's optional mark
  if (!check_encoding(text, file, diagnostics)) return std::nullopt;
  const std::size_t too_deep = find_too_deep(text);
  if (too_deep != std::string_view::npos) {
    report_at(text, too_deep, fmt::format("nests deeper than {} levels", kDeepestNesting), file,
              diagnostics);
    return std::nullopt;
  }
  SyntaxCheck check(text, file, diagnostics);
  if (!Json::sax_parse(text, &check)) return std::nullopt;
  return JsonDocument(Json::parse(text));
}

std::optional<JsonDocument> load_json_file(const std::filesystem::path& path,
                                           Diagnostics& diagnostics) {
  const std::optional<std::string> text = read_text_file(path, diagnostics);
  if (!text) return std::nullopt;
  return parse_json(*text, path.string(), diagnostics);
}

}  // namespace autoscale
