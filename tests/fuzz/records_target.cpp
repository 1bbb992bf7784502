// Saved records, written again; every predictor then learns from the first of them.
#include <algorithm>
#include <memory>
#include <sstream>
#include <string>

#include <fmt/format.h>

#include "sim/experiment/load_world.h"
#include "sim/policies/records.h"
#include "tests/fuzz/targets.h"
#include "tests/fuzz/try_world.h"

namespace autoscale::fuzz {
namespace {

constexpr std::size_t kMostFitted =
    64;  // work grows with their square and cube, what is reached does not

std::span<const Target> quickstart_targets() {
  static const std::unique_ptr<const World> world =
      build_world(quickstart(), quickstart_inputs(), "quickstart.json");
  return world->table.targets;
}

void read(std::string_view bytes) {
  const auto file = file_with("records.json", bytes);
  const auto targets = quickstart_targets();
  const auto records = read_records(file.string(), targets);
  std::ostringstream text;
  write_records(records, targets, text);
  std::ostringstream again;
  write_records(parse_records(text.str(), "written", targets), targets, again);
  expect(again.str() == text.str(), "records that were written read back");
  std::ostringstream few;
  write_records(std::span(records).first(std::min(records.size(), kMostFitted)), targets, few);
  const auto learned = file_with("learned.json", few.str());
  for (const char* policy : {"linear_regression", "svr", "svm", "knn", "bayesian_optimization"}) {
    Scenario scenario = quickstart();
    PolicySpec spec = scenario.policies.front();
    spec.name = spec.policy = policy;
    spec.config_json = fmt::format(R"({{"load": "{}"}})", learned.string());
    scenario.policies = {spec};
    try_world(*build_world(std::move(scenario), quickstart_inputs(), "quickstart.json"));
  }
}

const RegisterTarget registered{"records", read};

}  // namespace
}  // namespace autoscale::fuzz
