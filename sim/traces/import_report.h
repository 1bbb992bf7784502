// What an importer read, and what it left out and why.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

namespace autoscale {

struct DroppedRows {
  std::string reason;
  std::size_t rows = 0;
  std::size_t first_line = 0;  // 0: the format has no lines
};

struct ImportReport {
  std::size_t rows = 0;              // of data, without the header
  std::vector<DroppedRows> dropped;  // by reason, in the order of their first line
  std::vector<std::string> notes;    // what else a user should know
  std::string nothing;  // why no row is left, and what there is instead; empty: some are

  void drop(const std::string& reason, std::size_t line) {
    const auto known = std::ranges::find(dropped, reason, &DroppedRows::reason);
    if (known != dropped.end()) {
      ++known->rows;
    } else if (dropped.size() < kMostReasons) {
      dropped.push_back({reason, 1, line});
    } else {
      ++dropped.back().rows;
      dropped.back().reason = "other reasons";
    }
  }

 private:
  static constexpr std::size_t kMostReasons = 30;
};

}  // namespace autoscale
