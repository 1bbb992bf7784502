#include "sim/cli/progress.h"

#include <cstdio>
#include <unistd.h>

#include <fmt/format.h>

#include "sim/cli/talk.h"

namespace autoscale {

using namespace std::chrono_literals;

Progress::Progress(bool wanted)
    : enabled_(wanted && ::isatty(STDERR_FILENO) != 0), next_(start_ + 2s) {}

void Progress::update(std::size_t done, std::size_t total) {
  const Clock::time_point now = Clock::now();
  if (!enabled_ || now < next_) return;
  next_ = now + 100ms;
  const double elapsed = std::chrono::duration<double>(now - start_).count();
  const double left = elapsed * static_cast<double>(total - done) / static_cast<double>(done);
  tell("\r\033[K{} of {} runs, about {:.0f} s left", done, total, left);
  std::fflush(stderr);
  shown_ = true;
}

void Progress::clear() {
  if (!shown_) return;
  tell("\r\033[K");
  shown_ = false;
}

}  // namespace autoscale
