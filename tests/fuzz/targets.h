// What bytes from a user are given to. A target is one file NAME_target.cpp: a function that does with
// the bytes what the program does, and one line that registers it. libFuzzer calls it with bytes that it
// makes up (scripts/fuzz), test_fuzz with files of the tree.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "sim/config/data_path.h"

namespace autoscale::fuzz {

struct FuzzTarget {
  std::string name;
  // Refuses input by throwing InputError; anything else that it throws, aborts on, leaks or hangs in
  // is a finding.
  void (*read)(std::string_view bytes) = nullptr;
};

class RegisterTarget {
 public:
  RegisterTarget(const char* name, void (*read)(std::string_view bytes)) noexcept;
};

[[nodiscard]] std::span<const FuzzTarget> targets();

// False when the target refused the bytes.
bool accepts(const FuzzTarget& target, std::string_view bytes);

// The data of the source tree.
[[nodiscard]] const DataPath& data();

// For readers that take a path: a file of this process holding `bytes` until the next call with the same
// name. Names stand in a folder that is removed when the program ends.
std::filesystem::path file_with(std::string_view name, std::string_view bytes);

// Ends the program: what has to hold of every accepted input does not.
void expect(bool holds, const char* what);

}  // namespace autoscale::fuzz
