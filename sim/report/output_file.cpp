#include "sim/report/output_file.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

#include "sim/base/diagnostics.h"

namespace autoscale {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t kBufferBytes = std::size_t{1} << 20;
constexpr std::string_view kTemporaryBegin = ".autoscale-sim-";
constexpr std::string_view kTemporaryEnd = ".tmp";

[[noreturn]] void refuse(const std::string& option, const fs::path& path, std::string_view what,
                         const std::string& why) {
  throw InputError(
      {{option, "", fmt::format("cannot {} \"{}\": {}", what, path.string(), why), ""}});
}

// What a link points to, whether it is there or not: the link stays one.
fs::path followed(fs::path path) {
  constexpr int kMostLinks = 40;  // as the system follows
  std::error_code error;
  for (int n = 0; n < kMostLinks && fs::is_symlink(path, error); ++n) {
    path = path.parent_path() / fs::read_symlink(path, error);
  }
  return path;
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

// Names of temporary files where a signal handler can read them: no allocation, no locks.
struct TemporaryName {
  std::atomic<bool> taken{false};
  std::atomic<bool> ready{false};
  std::array<char, PATH_MAX> text{};
};
std::array<TemporaryName, 16> temporary_names;

// The place that the name was given. Without room, only a signal leaves the file behind.
std::size_t remember(const fs::path& path) noexcept {
  if (path.native().size() >= PATH_MAX) return OutputFile::kNoSlot;
  for (std::size_t i = 0; i < temporary_names.size(); ++i) {
    TemporaryName& name = temporary_names[i];
    if (name.taken.exchange(true)) continue;
    std::copy_n(path.c_str(), path.native().size() + 1, name.text.begin());
    name.ready = true;
    return i;
  }
  return OutputFile::kNoSlot;
}

void forget(std::size_t slot) noexcept {
  if (slot == OutputFile::kNoSlot) return;
  temporary_names[slot].ready = false;
  temporary_names[slot].taken = false;
}

}  // namespace

void remove_temporary_files() noexcept {
  for (const TemporaryName& name : temporary_names) {
    if (name.ready) ::unlink(name.text.data());
  }
}

void remove_abandoned_files(const fs::path& folder) {
  std::error_code ignored;  // they are in nobody's way
  for (const auto& entry : fs::directory_iterator(folder, ignored)) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with(kTemporaryBegin) || !name.ends_with(kTemporaryEnd)) continue;
    const int writer = std::atoi(name.c_str() + kTemporaryBegin.size());
    const bool is_living = writer > 0 && (::kill(writer, 0) == 0 || errno == EPERM);
    if (!is_living) fs::remove(entry.path(), ignored);
  }
}

OutputFile::OutputFile(fs::path path, std::string option)
    : path_(std::move(path)), target_(path_), option_(std::move(option)) {
  if (path_.empty()) throw InputError({{option_, "", "the name of the file is empty", ""}});
  std::error_code ignored;
  if (fs::is_directory(path_, ignored)) refuse(option_, path_, "write to", "it is a folder");
  target_ = followed(path_);
  if (fs::exists(path_, ignored) && !fs::is_regular_file(path_, ignored)) {
    descriptor_ =
        ::open(path_.c_str(), O_WRONLY | O_CLOEXEC);  // a pipe or device: written, not replaced
  } else {
    open_temporary();
  }
  if (descriptor_ < 0) fail("write to");
}

// Its name does not grow with the file's, which may be as long as names can be.
void OutputFile::open_temporary() {
  constexpr mode_t kReadableByAll = 0666;  // less the umask
  for (int n = 0; descriptor_ < 0; ++n) {
    temporary_ = folder_of(target_) /
                 fmt::format("{}{}-{}{}", kTemporaryBegin, ::getpid(), n, kTemporaryEnd);
    descriptor_ =
        ::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kReadableByAll);
    if (descriptor_ < 0 && errno != EEXIST) return;
  }
  slot_ = remember(temporary_);
}

OutputFile::~OutputFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
  forget(slot_);
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

void OutputFile::sync() {
  if (synced_) return;
  write_out();
  const bool failed = !temporary_.empty() && ::fsync(descriptor_) != 0 && errno != EINVAL;
  if (failed) fail("write to");  // EINVAL: no such thing on this file system
  close();
  synced_ = true;
}

void OutputFile::close() {
  const int descriptor = std::exchange(descriptor_, -1);
  if (::close(descriptor) != 0 && errno != EINTR) fail("write to");  // network file systems wait
}

void OutputFile::commit() {
  sync();
  if (temporary_.empty()) return;
  if (::rename(temporary_.c_str(), target_.c_str()) != 0) fail("rename to");
  temporary_.clear();
  forget(std::exchange(slot_, kNoSlot));
  sync_folder(folder_of(target_));
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
