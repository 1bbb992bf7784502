// Checks of our own invariants: always on, abort with the simulated circumstances. A failed check is
// a bug of the simulator, never a mistake of the user (those are Diagnostics).
#pragma once

#include <cstdint>
#include <stdexcept>

namespace autoscale {

// What the running thread is simulating; printed when a check fails.
struct CheckContext {
  const char* scenario = "";
  std::uint64_t seed = 0;
  std::uint32_t replication = 0;
  std::int64_t now_ns = 0;
};

CheckContext& check_context();

// What a failed check does from now on, in all threads: throw CheckError instead of aborting. For batches,
// where the other simulations go on.
void throw_failed_checks();

class CheckError : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

[[noreturn, gnu::cold]] void check_failed(const char* condition, const char* message,
                                          const char* file, int line);

}  // namespace autoscale

#define AUTOSCALE_CHECK(condition, message) \
  ((condition) ? static_cast<void>(0)       \
               : ::autoscale::check_failed(#condition, message, __FILE__, __LINE__))
