#include "tests/fuzz/targets.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <vector>

#include "sim/base/diagnostics.h"
#include "tests/support/scratch.h"

namespace autoscale::fuzz {
namespace {

// Inside a function: registrations run before main(), in no particular order.
std::vector<FuzzTarget>& list() {
  static std::vector<FuzzTarget> all;
  return all;
}

}  // namespace

RegisterTarget::RegisterTarget(const char* name, void (*read)(std::string_view bytes)) noexcept {
  list().push_back({name, read});
}

std::span<const FuzzTarget> targets() { return list(); }

bool accepts(const FuzzTarget& target, std::string_view bytes) {
  try {
    target.read(bytes);
    return true;
  } catch (const InputError& error) {
    expect(!error.diagnostics().empty(), "a refusal says why");
    return false;
  }
}

const DataPath& data() {
  static const DataPath path{AUTOSCALE_SOURCE_DIR};
  return path;
}

std::filesystem::path file_with(std::string_view name, std::string_view bytes) {
  static const test::ScratchFolder folder;
  std::filesystem::path file = folder.path() / name;
  std::ofstream(file, std::ios::binary) << bytes;
  return file;
}

void expect(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "expectation failed: %s\n", what);
  std::abort();
}

}  // namespace autoscale::fuzz
