// The commands. Each adds itself to the command line and, when it was chosen, leaves what to do in
// `action`; main() runs that after parsing.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "sim/config/data_path.h"

namespace CLI {
class App;
}

namespace autoscale {

struct GlobalOptions {
  std::string data;                  // --data
  bool quiet = false;                // --quiet: nothing on stderr but errors
  std::vector<std::string> command;  // as typed, without the program's folder

  [[nodiscard]] DataPath data_path() const { return DataPath::find(data); }
};

using Action = std::function<int()>;  // returns the exit code

inline constexpr int kExitOk = 0;
inline constexpr int kExitUnexpected = 1;  // results are not those expected
inline constexpr int kExitUsage = 2;
inline constexpr int kExitFailedPoints = 3;  // of a sweep; the others are there
inline constexpr int kExitInternalError = 70;
inline constexpr int kExitClosedPipe = 141;  // as if SIGPIPE had ended the program

void add_run(CLI::App& app, const GlobalOptions& global, Action& action);
void add_check(CLI::App& app, const GlobalOptions& global, Action& action);
void add_list(CLI::App& app, const GlobalOptions& global, Action& action);
void add_explain(CLI::App& app, const GlobalOptions& global, Action& action);
void add_compare(CLI::App& app, const GlobalOptions& global, Action& action);
void add_completion(CLI::App& app, Action& action);
void add_man(CLI::App& app, Action& action);
void add_schema(CLI::App& app, Action& action);
void add_merge(CLI::App& app, const GlobalOptions& global, Action& action);
void add_sweep(CLI::App& app, const GlobalOptions& global, Action& action);
void add_train(CLI::App& app, const GlobalOptions& global, Action& action);
void add_import(CLI::App& app, const GlobalOptions& global, Action& action);
void add_fit(CLI::App& app, const GlobalOptions& global, Action& action);
void add_generate(CLI::App& app, Action& action);

}  // namespace autoscale
