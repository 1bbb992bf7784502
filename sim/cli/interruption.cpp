#include "sim/cli/interruption.h"

#include <array>
#include <csignal>
#include <string_view>
#include <unistd.h>

#include "sim/report/output_file.h"

namespace autoscale {
namespace {

constexpr std::array kEndingSignals{SIGINT, SIGTERM, SIGHUP};
constexpr int kSignalExitBase = 128;  // as shells count

std::atomic<bool> graceful{false};
std::atomic<bool> stop{false};
std::atomic<int> received{0};
static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<int>::is_always_lock_free,
              "a signal handler may touch nothing else");

// Only what is safe in a signal handler.
extern "C" void on_signal(int signal) {
  if (graceful && !stop.exchange(true)) {
    received = signal;
    return;
  }
  remove_temporary_files();
  constexpr std::string_view kMessage = "autoscale-sim: interrupted\n";
  static_cast<void>(!::write(STDERR_FILENO, kMessage.data(), kMessage.size()));
  ::_exit(kSignalExitBase + signal);
}

}  // namespace

void handle_signals() {
  for (const int signal : kEndingSignals) {
    struct sigaction action {};
    if (sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN) continue;
    action = {};
    action.sa_handler = on_signal;
    action.sa_flags = SA_RESTART;
    sigaction(signal, &action, nullptr);
  }
  std::signal(SIGPIPE, SIG_IGN);
}

const std::atomic<bool>& stop_on_signal() {
  graceful = true;
  return stop;
}

int interrupted_exit_code() { return kSignalExitBase + received; }

std::string interrupting_signal() {
  switch (received) {
    case SIGINT: return "SIGINT";
    case SIGTERM: return "SIGTERM";
    case SIGHUP: return "SIGHUP";
    default: return "a signal";
  }
}

}  // namespace autoscale
