#include "sim/report/output_file.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

#include <fmt/format.h>

#include "sim/base/diagnostics.h"

namespace autoscale {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t kBufferBytes = std::size_t{1} << 20;

[[noreturn]] void refuse(const std::string& option, const fs::path& path, std::string_view what,
                         const std::string& why) {
  throw InputError(
      {{option, "", fmt::format("cannot {} \"{}\": {}", what, path.string(), why), ""}});
}

fs::path folder_of(const fs::path& path) {
  return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

// Makes a rename survive a power cut; where folders cannot be synced, the file is still complete.
void sync_folder(const fs::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  static_cast<void>(::fsync(descriptor));
  ::close(descriptor);
}

}  // namespace

OutputFile::OutputFile(fs::path path, std::string option)
    : path_(std::move(path)), option_(std::move(option)) {
  std::error_code ignored;
  if (fs::is_directory(path_, ignored)) refuse(option_, path_, "write to", "it is a folder");
  if (fs::exists(path_, ignored)) path_ = fs::canonical(path_);  // a link stays one
  constexpr mode_t kReadableByAll = 0666;                        // less the umask
  if (fs::exists(path_, ignored) && !fs::is_regular_file(path_, ignored)) {
    descriptor_ =
        ::open(path_.c_str(), O_WRONLY | O_CLOEXEC);  // a pipe or device: written, not replaced
    if (descriptor_ < 0) fail("write to");
    return;
  }
  temporary_ = folder_of(path_) / fmt::format(".{}.{}.tmp", path_.filename().string(), ::getpid());
  descriptor_ =
      ::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, kReadableByAll);
  if (descriptor_ < 0) fail("write to");
}

OutputFile::~OutputFile() {
  if (descriptor_ < 0) return;
  ::close(descriptor_);
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

void OutputFile::fail(std::string_view what) const {
  refuse(option_, path_, what, std::strerror(errno));
}

void OutputFile::append(std::string_view text) {
  buffer_ += text;
  if (buffer_.size() >= kBufferBytes) write_out();
}

void OutputFile::write_out() {
  std::string_view rest = buffer_;
  while (!rest.empty()) {
    const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail("write to");
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
  buffer_.clear();
}

void OutputFile::commit() {
  write_out();
  if (temporary_.empty()) {
    ::close(descriptor_);
    descriptor_ = -1;
    return;
  }
  if (::fsync(descriptor_) != 0 && errno != EINVAL) fail("write to");  // EINVAL: no such thing here
  if (::rename(temporary_.c_str(), path_.c_str()) != 0) fail("rename to");
  ::close(descriptor_);
  descriptor_ = -1;
  sync_folder(folder_of(path_));
}

void write_file(const fs::path& path, std::string_view text, const std::string& option) {
  OutputFile file(path, option);
  file.append(text);
  file.commit();
}

void prepare_folder(const fs::path& folder, const std::string& option) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) refuse(option, folder, "create", error.message());
  if (!fs::is_directory(folder, error)) refuse(option, folder, "write to", "it is not a folder");
  if (::access(folder.c_str(), W_OK | X_OK) != 0) {
    refuse(option, folder, "write to", std::strerror(errno));
  }
}

}  // namespace autoscale
