// Both files of a mahimahi recording: the uplink up to the first semicolon, then the downlink.
#include <algorithm>
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
  const std::size_t cut = std::min(bytes.find(';'), bytes.size());
  std::istringstream up{std::string(bytes.substr(0, cut))};
  std::istringstream down{std::string(bytes.substr(std::min(cut + 1, bytes.size())))};
  // 5 s windows: 200,000 at most, of the latest time that is allowed.
  const auto trace = import_mahimahi(MahimahiFile{&up, "link.up"}, MahimahiFile{&down, "link.down"},
                                     {5000.0, -95.0}, report, problems);
  try_imported(trace, report, problems);
}

const RegisterTarget registered{"import_mahimahi", read};

}  // namespace
}  // namespace autoscale::fuzz
