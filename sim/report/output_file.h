// Files that are there completely or not at all: written under a temporary name in the same folder,
// synced to disk, renamed.
#pragma once

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

  void append(std::string_view text);
  void commit();

 private:
  void write_out();
  [[noreturn]] void fail(std::string_view what) const;

  std::filesystem::path path_;
  std::filesystem::path temporary_;
  std::string option_;
  std::string buffer_;
  int descriptor_ = -1;
};

void write_file(const std::filesystem::path& path, std::string_view text,
                const std::string& option);

// Creates the folder and what is above it. Throws InputError when it cannot be written to.
void prepare_folder(const std::filesystem::path& folder, const std::string& option);

}  // namespace autoscale
