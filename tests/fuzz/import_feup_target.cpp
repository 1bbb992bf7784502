// A log of the FEUP Wi-Fi experiments.
#include <sstream>
#include <string>

#include "sim/traces/importers.h"
#include "tests/fuzz/targets.h"
#include "tests/fuzz/try_trace.h"

namespace autoscale::fuzz {
namespace {

void read(std::string_view bytes) {
  Diagnostics problems;
  ImportReport report;
  std::istringstream text{std::string(bytes)};
  const auto trace = import_feup(text, "feup.csv", {}, report, problems);
  try_imported(trace, report, problems);
}

const RegisterTarget registered{"import_feup", read};

}  // namespace
}  // namespace autoscale::fuzz
