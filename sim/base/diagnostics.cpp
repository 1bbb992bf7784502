#include "sim/base/diagnostics.h"

#include <algorithm>
#include <cctype>
#include <utility>

namespace autoscale {
namespace {

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return result;
}

// Edit distance in which swapping two neighbours is one edit, as fingers do.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> two_back(b.size() + 1);
  std::vector<std::size_t> back(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) back[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = back[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({replaced, back[j] + 1, row[j - 1] + 1});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], two_back[j - 2] + 1);
    }
    two_back.swap(back);
    back.swap(row);
  }
  return back[b.size()];
}

// A name cut short or with something appended ("qos" for "qos_ms") counts as one edit.
std::size_t distance(std::string_view word, std::string_view candidate) {
  constexpr std::size_t kShortestStem = 3;
  const bool stem = std::min(word.size(), candidate.size()) >= kShortestStem &&
                    (candidate.starts_with(word) || word.starts_with(candidate));
  return stem ? std::min<std::size_t>(1, edit_distance(word, candidate))
              : edit_distance(word, candidate);
}

std::string joined(const std::vector<Diagnostic>& diagnostics) {
  std::string text;
  for (const Diagnostic& d : diagnostics) {
    if (!text.empty()) text += '\n';
    text += to_string(d);
  }
  return text;
}

}  // namespace

void Diagnostics::throw_if_any() const {
  if (!list_.empty()) throw InputError(list_);
}

InputError::InputError(std::vector<Diagnostic> diagnostics)
    : std::runtime_error(joined(diagnostics)), diagnostics_(std::move(diagnostics)) {}

std::string to_string(const Diagnostic& d) {
  std::string text;
  if (!d.file.empty()) text.append(d.file).append(": ");
  if (!d.pointer.empty()) text.append(d.pointer).append(": ");
  text += d.message;
  if (!d.hint.empty()) text.append("; ").append(d.hint);
  return text;
}

std::string nearest(std::string_view word, std::span<const std::string> candidates) {
  // Names that are absurdly long are not misspelt, and the distance is quadratic.
  constexpr std::size_t kLongestWord = 100;
  if (word.empty() || word.size() > kLongestWord) return "";
  const std::string wanted = lower(word);
  std::size_t best = std::max<std::size_t>(1, (word.size() + 1) / 3) + 1;
  std::string found;
  for (const std::string& candidate : candidates) {
    const std::size_t d = distance(wanted, lower(candidate));
    if (d < best) {
      best = d;
      found = candidate;
    }
  }
  return found;
}

}  // namespace autoscale
