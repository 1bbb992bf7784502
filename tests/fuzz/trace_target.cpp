// A trace in our own format.
#include <sstream>
#include <string>

#include "sim/traces/trace_file.h"
#include "tests/fuzz/targets.h"
#include "tests/fuzz/try_trace.h"

namespace autoscale::fuzz {
namespace {

void read(std::string_view bytes) {
  Diagnostics problems;
  std::istringstream text{std::string(bytes)};
  const auto trace = read_trace(text, "trace.csv", problems);
  problems.throw_if_any();
  try_trace(*trace);
}

const RegisterTarget registered{"trace", read};

}  // namespace
}  // namespace autoscale::fuzz
