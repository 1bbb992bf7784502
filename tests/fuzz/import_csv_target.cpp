// Any CSV; with a column "run", in pieces.
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
  CsvOptions options{.map = {{"time_s", "t"}, {"rssi_dbm", "level"}, {"downlink_kbps", "down"}}};
  if (bytes.find("run") != std::string_view::npos) options.pieces = "run";
  if (bytes.find("phone") != std::string_view::npos) options.where = {{"phone", "a"}};
  if (bytes.find(';') != std::string_view::npos) options.separator = ';';
  const auto trace = import_csv(text, "log.csv", options, report, problems);
  try_imported(trace, report, problems);
}

const RegisterTarget registered{"import_csv", read};

}  // namespace
}  // namespace autoscale::fuzz
