// A scenario and the --set options that change it: the file up to the first NUL byte, then one option a
// line.
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "sim/base/split.h"
#include "sim/config/load_scenario.h"
#include "sim/experiment/load_world.h"
#include "tests/fuzz/targets.h"
#include "tests/fuzz/try_world.h"

namespace autoscale::fuzz {
namespace {

std::vector<std::string> lines(std::string_view text) {
  std::vector<std::string> list;
  for (const std::string_view line : split(text, '\n')) list.emplace_back(line);
  return list;
}

// Throws InputError with all that is wrong, as the program tells it.
Scenario whole_scenario(const std::filesystem::path& file, std::span<const std::string> overrides) {
  static InputStore store(data());
  Diagnostics problems;
  Scenario so_far;
  std::optional<Scenario> scenario = load_scenario(file, overrides, data(), problems, &so_far);
  if (!scenario) check_partly_read(std::move(so_far), {}, store, problems);
  problems.throw_if_any();
  expect(scenario.has_value(), "a scenario without problems is whole");
  return std::move(*scenario);
}

void read(std::string_view bytes) {
  const std::size_t nul = bytes.find('\0');
  std::vector<std::string> overrides;
  if (nul != std::string_view::npos) overrides = lines(bytes.substr(nul + 1));
  const auto file = file_with("scenario.json", bytes.substr(0, nul));
  const Scenario scenario = whole_scenario(file, overrides);
  const std::string effective = effective_json(scenario);
  const auto again = load_scenario(file_with("effective.json", effective), {}, data());
  expect(effective_json(again) == effective, "what check prints reads back as the same scenario");
  try_scenario(scenario);
}

const RegisterTarget registered{"scenario", read};

}  // namespace
}  // namespace autoscale::fuzz
