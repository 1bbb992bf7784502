// What a sweep has finished, on disk while it goes on: one record per point in the order they finish, each
// with its digest, so that a kill or a power cut at any instant costs at most the records that had not
// reached the disk. docs/batch.md describes the file.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <thread>

#include "sim/sweep/tables.h"

namespace autoscale {

// Points are opened at most this far beyond the first that is not finished, so that nothing here grows
// with a sweep.
inline constexpr std::uint64_t kMostAhead = 4096;

// A set of positions 0, 1, 2, ... that is filled nearly in order.
class FinishedPoints {
 public:
  void add(std::uint64_t position);
  [[nodiscard]] bool contains(std::uint64_t position) const {
    return position < first_missing_ || ahead_.contains(position);
  }
  [[nodiscard]] std::uint64_t first_missing() const { return first_missing_; }
  [[nodiscard]] std::uint64_t count() const { return first_missing_ + ahead_.size(); }

 private:
  std::uint64_t first_missing_ = 0;
  std::set<std::uint64_t> ahead_;
};

// Reads records from the beginning; stops before the first that is not whole.
class JournalReader {
 public:
  struct Record {
    std::uint64_t position = 0;
    PointRows rows;
  };

  // `identity`: what the journal must begin with. Check begins_well() first.
  JournalReader(const std::filesystem::path& path, const std::string& identity);

  [[nodiscard]] bool begins_well() const { return begins_well_; }
  [[nodiscard]] std::optional<Record> next();
  // Where the last whole record ended.
  [[nodiscard]] std::uint64_t end() const { return end_; }
  [[nodiscard]] std::optional<Record> read_at(std::uint64_t offset);

 private:
  [[nodiscard]] std::optional<Record> read();

  std::ifstream file_;
  std::uint64_t size_ = 0;  // when it was opened: nothing in it is longer
  std::uint64_t end_ = 0;
  bool begins_well_ = false;
};

// The records in the order of their positions.
class OrderedJournal {
 public:
  OrderedJournal(const std::filesystem::path& path, const std::string& identity)
      : reader_(path, identity) {}
  // Nothing at the end, or where a position is missing.
  [[nodiscard]] std::optional<PointRows> next();

 private:
  JournalReader reader_;
  std::uint64_t position_ = 0;
  std::map<std::uint64_t, std::uint64_t> ahead_;  // position -> offset
};

// Appends. Records that are not whole, at the end, are cut off first.
class Journal {
 public:
  // Throws InputError when the file cannot be written or is of another sweep; so does append().
  Journal(std::filesystem::path path, std::string identity);
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;
  ~Journal();

  void append(std::uint64_t position, const PointRows& rows);
  void sync();

  [[nodiscard]] const FinishedPoints& finished() const { return finished_; }
  [[nodiscard]] std::uint64_t failed() const { return failed_; }

 private:
  void recover();
  void sync_regularly(const std::stop_token& stop);
  void write(const std::string& text);
  [[noreturn]] void fail() const;

  std::filesystem::path path_;
  std::string identity_;
  int descriptor_ = -1;
  std::uint64_t size_ = 0;
  FinishedPoints finished_;
  std::uint64_t failed_ = 0;
  std::atomic<int> sync_error_{0};
  std::jthread syncing_;  // a disk takes a tenth of a second: nobody waits for it
};

}  // namespace autoscale
