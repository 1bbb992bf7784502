#include "sim/cli/progress.h"

#include <cstdio>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

#include "sim/cli/talk.h"

namespace autoscale {

using namespace std::chrono_literals;

Progress::Progress(bool wanted, std::string what)
    : enabled_(wanted),
      terminal_(::isatty(STDERR_FILENO) != 0),
      what_(std::move(what)),
      next_(start_ + (terminal_ ? Clock::duration(2s) : Clock::duration(1min))) {}

void Progress::update(std::size_t done, std::size_t total) {
  const Clock::time_point now = Clock::now();
  if (!enabled_ || now < next_) return;
  next_ = now + (terminal_ ? Clock::duration(100ms) : Clock::duration(1min));
  const double elapsed = std::chrono::duration<double>(now - start_).count();
  const double left = elapsed * static_cast<double>(total - done) / static_cast<double>(done);
  tell("{}{} of {} {}, {:.3g} per second, about {:.0f} s left{}", terminal_ ? "\r\033[K" : "", done,
       total, what_, static_cast<double>(done) / elapsed, left, terminal_ ? "" : "\n");
  std::fflush(stderr);
  shown_ = terminal_;
}

void Progress::clear() {
  if (!shown_) return;
  tell("\r\033[K");
  shown_ = false;
}

}  // namespace autoscale
