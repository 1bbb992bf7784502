#include "sim/base/check.h"

#include <cinttypes>
#include <cstdio>
#include <cstdlib>

namespace autoscale {

CheckContext& check_context() {
  thread_local CheckContext context;
  return context;
}

void check_failed(const char* condition, const char* message, const char* file, int line) {
  const CheckContext& at = check_context();
  std::fprintf(
      stderr,
      "autoscale-sim: internal error: %s\n  check: %s (%s:%d)\n  scenario '%s', seed %" PRIu64
      ", replication %" PRIu32 ", simulated time %.6f ms\n",
      message, condition, file, line, at.scenario, at.seed, at.replication,
      static_cast<double>(at.now_ns) * 1e-6);
  std::abort();
}

}  // namespace autoscale
