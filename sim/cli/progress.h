// A line on stderr while a long experiment runs, after two seconds: on a terminal one that is rewritten, elsewhere
// (a batch system's log) one each minute.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace autoscale {

class Progress {
 public:
  // `what` is counted: "runs".
  Progress(bool wanted, std::string what);
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress() { clear(); }

  void update(std::size_t done, std::size_t total);
  void clear();

 private:
  using Clock = std::chrono::steady_clock;
  bool enabled_;
  bool terminal_;
  std::string what_;
  bool shown_ = false;
  Clock::time_point start_ = Clock::now();
  Clock::time_point next_;
};

}  // namespace autoscale
