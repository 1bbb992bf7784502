// Signals that ask the program to end: SIGINT (Ctrl-C), SIGTERM (kill, batch systems), SIGHUP (the
// terminal is gone). One that was ignored when the program started stays ignored.
#pragma once

#include <atomic>
#include <string>

namespace autoscale {

// From now on such a signal removes temporary files and ends the program with 128 + its number. A
// pipe that nobody reads any more is an error of the write, not a signal.
void handle_signals();

// From now on the first signal only sets the flag that is returned; a second one ends the program.
const std::atomic<bool>& stop_on_signal();

// Once the flag is set: 128 + the signal's number, and its name.
int interrupted_exit_code();
std::string interrupting_signal();

}  // namespace autoscale
