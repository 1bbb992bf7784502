// A session of wipe-v2.
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
  const auto trace = import_wipe(std::string(bytes), "app.json", {0.5}, report, problems);
  try_imported(trace, report, problems);
}

const RegisterTarget registered{"import_wipe", read};

}  // namespace
}  // namespace autoscale::fuzz
