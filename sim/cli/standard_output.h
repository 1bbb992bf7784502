// Data goes to stdout through here, so that what could not be written is known with its reason.
#pragma once

#include <cerrno>
#include <cstdio>
#include <string_view>
#include <system_error>

namespace autoscale {

// Throws std::system_error; main() knows a full disk from a pipe that nobody reads.
inline void print_data(std::string_view text) {
  errno = 0;
  const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
  if (!written || std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
    throw std::system_error(errno == 0 ? EIO : errno, std::generic_category(), "standard output");
  }
}

}  // namespace autoscale
