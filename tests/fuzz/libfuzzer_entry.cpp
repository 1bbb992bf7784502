// What libFuzzer calls: the one target that is linked to this program, and a mutation that knows numbers.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <ctime>
#include <random>
#include <string>
#include <string_view>

#include "tests/fuzz/targets.h"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);

namespace {

constexpr std::clock_t kLongestSeconds = 5;  // libFuzzer's own -timeout counts the waiting too

constexpr std::array<std::string_view, 20> kNumbers{
    "0",      "-0.0",   "1",     "-1",         "0.5",
    "5e-324", "1e-300", "1e-9",  "1e9",        "1e15",
    "1e18",   "1e100",  "1e308", "-1e308",     "1e39",
    "65535",  "65536",  "300",   "4294967296", "18446744073709551615"};

bool in_number(char c) { return (c >= '0' && c <= '9') || c == '.' || c == '-' || c == 'e'; }

// Replaces one number of the text by an extreme one: what flips of single bytes hardly ever do.
std::string with_extreme_number(std::string_view text, std::minstd_rand& random) {
  std::size_t begin = text.find_first_of("0123456789", random() % text.size());
  if (begin == std::string_view::npos) begin = text.find_first_of("0123456789");
  if (begin == std::string_view::npos) return std::string(text);
  std::size_t end = begin;
  while (begin > 0 && in_number(text[begin - 1])) --begin;
  while (end < text.size() && in_number(text[end])) ++end;
  std::string changed(text.substr(0, begin));
  changed += kNumbers[random() % kNumbers.size()];
  changed += text.substr(end);
  return changed;
}

}  // namespace

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t max_size, unsigned seed) {
  std::minstd_rand random(seed);
  if (size == 0 || random() % 2 == 0) return LLVMFuzzerMutate(data, size, max_size);
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::string changed = with_extreme_number(text, random);
  const std::size_t length = std::min(changed.size(), max_size);
  std::memcpy(data, changed.data(), length);
  return length;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::clock_t start = std::clock();
  autoscale::fuzz::accepts(autoscale::fuzz::targets().front(), bytes);
  autoscale::fuzz::expect(std::clock() - start < kLongestSeconds * CLOCKS_PER_SEC,
                          "an input takes less than 5 s of processor time");
  return 0;
}
