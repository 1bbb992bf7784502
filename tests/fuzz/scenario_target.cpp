// A scenario and the --set options that change it: the file up to the first NUL byte, then one option a
// line.
#include <string>
#include <vector>

#include "sim/base/split.h"
#include "sim/config/load_scenario.h"
#include "tests/fuzz/targets.h"
#include "tests/fuzz/try_world.h"

namespace autoscale::fuzz {
namespace {

std::vector<std::string> lines(std::string_view text) {
  std::vector<std::string> list;
  for (const std::string_view line : split(text, '\n')) list.emplace_back(line);
  return list;
}

void read(std::string_view bytes) {
  const std::size_t nul = bytes.find('\0');
  std::vector<std::string> overrides;
  if (nul != std::string_view::npos) overrides = lines(bytes.substr(nul + 1));
  const auto file = file_with("scenario.json", bytes.substr(0, nul));
  const Scenario scenario = load_scenario(file, overrides, data());
  const std::string effective = effective_json(scenario);
  const auto again = load_scenario(file_with("effective.json", effective), {}, data());
  expect(effective_json(again) == effective, "what check prints reads back as the same scenario");
  try_scenario(scenario);
}

const RegisterTarget registered{"scenario", read};

}  // namespace
}  // namespace autoscale::fuzz
