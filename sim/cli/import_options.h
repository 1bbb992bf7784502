// The options of `import`: common ones, and those that one format takes.
#pragma once

#include <string>
#include <vector>

#include "sim/base/diagnostics.h"
#include "sim/traces/importers.h"

namespace CLI {
class App;
}

namespace autoscale {

struct ImportArguments {
  std::string format;
  std::vector<std::string> files;
  std::string out;
  std::string print = "table";

  // As typed; empty: not given.
  std::string mode;
  std::string window_ms;
  std::string level_dbm;
  std::string pair;
  std::string memory_ratio;
  std::vector<std::string> map;
  std::vector<std::string> where;
  std::string pieces;
  std::string separator;

  UccOptions ucc;
  MahimahiOptions mahimahi;
  FeupOptions feup;
  WipeOptions wipe;
  CsvOptions csv;
};

void declare_import_options(CLI::App& command, ImportArguments& arguments);

// From what was typed to the options of the format; reports what is wrong, missing, or an option of another format.
void read_import_options(ImportArguments& arguments, Diagnostics& problems);

// " (--pair ap2->m1)" as given, or "".
[[nodiscard]] std::string chosen_options(const ImportArguments& arguments);
// What the trace holds that was not in the data, for its header.
[[nodiscard]] std::vector<std::string> assumed_notes(const ImportArguments& arguments);

}  // namespace autoscale
