// Files that are there completely or not at all: written under a temporary name in the same folder,
// synced to disk, renamed.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace autoscale {

class OutputFile {
 public:
  // Opens the temporary file, so that a folder that cannot be written to is found before hours of
  // work. Throws InputError when that fails; so do append() and commit(). `option` names the
  // culprit ("--out").
  OutputFile(std::filesystem::path path, std::string option);
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;
  ~OutputFile();  // without commit(): removes the temporary file

  static constexpr std::size_t kNoSlot = static_cast<std::size_t>(-1);

  void append(std::string_view text);
  // Puts everything on the disk, under the temporary name: where several files belong together, none
  // takes its place before all are complete.
  void sync();
  void commit();  // sync() and the real name

 private:
  void open_temporary();
  void write_out();
  void close();
  [[noreturn]] void fail(std::string_view what) const;

  std::filesystem::path path_;    // as the user named it, for messages
  std::filesystem::path target_;  // where it is: links are followed
  std::filesystem::path temporary_;
  std::string option_;
  std::string buffer_;
  std::size_t slot_ = kNoSlot;  // of the temporary name, for remove_temporary_files
  int descriptor_ = -1;
  bool synced_ = false;
};

void write_file(const std::filesystem::path& path, std::string_view text,
                const std::string& option);

// Of all files not committed yet. Safe in a signal handler; the program has to end then.
void remove_temporary_files() noexcept;

// Of programs that were killed, on this machine.
void remove_abandoned_files(const std::filesystem::path& folder);

// Creates the folder and what is above it. Throws InputError when it cannot be written to.
void prepare_folder(const std::filesystem::path& folder, const std::string& option);

}  // namespace autoscale
