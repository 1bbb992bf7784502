// Compares the study's own policy with the simulator's in the scenario named on the command line.
#include <iostream>

#include <sim/base/version.h>
#include <sim/config/load_scenario.h>
#include <sim/experiment/load_world.h>
#include <sim/report/csv_report.h>

using namespace autoscale;

int main(int argc, char** argv) {
  try {
    const DataPath data = DataPath::find(DATA_DIR);
    Diagnostics problems;
    const auto file = data.resolve(DataKind::kScenario, argc > 1 ? argv[1] : "quickstart",
                                   Place{"", "", &problems});
    problems.throw_if_any();
    const std::vector<std::string> overrides{
        R"(/policies=["cpu_only", "fastest", {"name": "near", "policy": "fastest", "config": {"local": true}}])"};
    Scenario scenario = load_scenario(*file, overrides, data);
    ExperimentOptions options;
    options.seed = scenario.seed;
    options.replications = 2;
    const auto world = load_world(std::move(scenario), data);
    const ExperimentResult result = run_experiment(*world, file->string(), options);
    std::cout << csv_header()
              << csv_rows(summarise(*world, result, options.seed, options.replications));
    std::cerr << "with autoscale-sim " << kVersion << '\n';
  } catch (const InputError& error) {
    std::cerr << error.what() << '\n';
    return 2;
  }
}
