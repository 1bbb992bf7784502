// A model file of generate.
#include <sstream>
#include <string>

#include "sim/traces/trace_model.h"
#include "tests/fuzz/targets.h"
#include "tests/fuzz/try_trace.h"

namespace autoscale::fuzz {
namespace {

void read(std::string_view bytes) {
  Diagnostics problems;
  const auto model = read_trace_model(bytes, "model.json", problems);
  problems.throw_if_any();
  try_trace(generate_trace(*model, 100, 1));
}

const RegisterTarget registered{"trace_model", read};

}  // namespace
}  // namespace autoscale::fuzz
