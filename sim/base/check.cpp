#include "sim/base/check.h"

#include <array>
#include <atomic>
#include <cinttypes>
#include <cstdio>
#include <cstdlib>

namespace autoscale {
namespace {
std::atomic<bool> throwing{false};
}

CheckContext& check_context() {
  thread_local CheckContext context;
  return context;
}

void throw_failed_checks() { throwing = true; }

void check_failed(const char* condition, const char* message, const char* file, int line) {
  const CheckContext& at = check_context();
  std::array<char, 1024> text{};
  std::snprintf(text.data(), text.size(),
                "internal error: %s\n  check: %s (%s:%d)\n  scenario '%s', seed %" PRIu64
                ", replication %" PRIu32 ", simulated time %.6f ms",
                message, condition, file, line, at.scenario, at.seed, at.replication,
                static_cast<double>(at.now_ns) * 1e-6);
  if (throwing) throw CheckError(text.data());
  std::fprintf(stderr, "autoscale-sim: %s\n", text.data());
  std::abort();
}

}  // namespace autoscale
