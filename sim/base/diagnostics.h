// What a user reads when an input is wrong: where, what was found, what to write instead.
#pragma once

#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace autoscale {

struct Diagnostic {
  std::string file;     // as the user named it; empty for the command line
  std::string pointer;  // JSON pointer, "" for the whole document
  std::string message;  // what was found and what is expected; lower case, no full stop
  std::string hint;     // what to write instead; may be empty
};

// Collects every problem of an input before anything is thrown.
class Diagnostics {
 public:
  void add(Diagnostic d) { list_.push_back(std::move(d)); }
  [[nodiscard]] bool empty() const { return list_.empty(); }
  [[nodiscard]] const std::vector<Diagnostic>& list() const { return list_; }
  void throw_if_any() const;  // throws InputError holding all of them

 private:
  std::vector<Diagnostic> list_;
};

// A user's mistake (exit code 2). Carries all diagnostics found.
class InputError : public std::runtime_error {
 public:
  explicit InputError(std::vector<Diagnostic> diagnostics);
  [[nodiscard]] const std::vector<Diagnostic>& diagnostics() const { return diagnostics_; }

 private:
  std::vector<Diagnostic> diagnostics_;
};

// "FILE: /pointer: message; hint", one line.
[[nodiscard]] std::string to_string(const Diagnostic& d);

// The nearest of `candidates` to `word` by edit distance, or "" when none is near.
[[nodiscard]] std::string nearest(std::string_view word, std::span<const std::string> candidates);

}  // namespace autoscale
