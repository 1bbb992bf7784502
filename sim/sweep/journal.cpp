#include "sim/sweep/journal.h"

#include <array>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <cstring>
#include <fcntl.h>
#include <mutex>
#include <sstream>
#include <string_view>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

#include "sim/base/diagnostics.h"
#include "sim/base/digest.h"

namespace autoscale {
namespace {

using namespace std::chrono_literals;

constexpr auto kSyncPeriod = 1s;

std::uint64_t digest_of(std::uint64_t position, const PointRows& rows) {
  std::uint64_t digest = fnv1a64(fmt::format("{} {}", position, rows.number));
  for (const std::string& text : rows.text) {
    digest = fnv1a64(text, digest);
    digest = fnv1a64("\n", digest);
  }
  return digest;
}

// "point POSITION NUMBER LENGTH... DIGEST", and the rows.
std::string record_text(std::uint64_t position, const PointRows& rows) {
  std::string text = fmt::format("point {} {}", position, rows.number);
  for (const std::string& part : rows.text) text += fmt::format(" {}", part.size());
  text += fmt::format(" {:016x}\n", digest_of(position, rows));
  for (const std::string& part : rows.text) text += part;
  return text;
}

}  // namespace

void FinishedPoints::add(std::uint64_t position) {
  if (position >= first_missing_) ahead_.insert(position);
  while (!ahead_.empty() && *ahead_.begin() == first_missing_) {
    ahead_.erase(ahead_.begin());
    ++first_missing_;
  }
}

JournalReader::JournalReader(const std::filesystem::path& path, const std::string& identity)
    : file_(path, std::ios::binary) {
  std::error_code error;
  size_ = std::filesystem::file_size(path, error);
  if (error) size_ = 0;
  std::string line;
  begins_well_ = std::getline(file_, line) && !file_.eof() && line == identity;
  if (begins_well_) end_ = identity.size() + 1;
}

std::optional<JournalReader::Record> JournalReader::next() {
  if (!begins_well_) return std::nullopt;
  file_.clear();
  file_.seekg(static_cast<std::streamoff>(end_));
  std::optional<Record> record = read();
  if (record) end_ = static_cast<std::uint64_t>(file_.tellg());
  return record;
}

std::optional<JournalReader::Record> JournalReader::read_at(std::uint64_t offset) {
  file_.clear();
  file_.seekg(static_cast<std::streamoff>(offset));
  return read();
}

std::optional<JournalReader::Record> JournalReader::read() {
  std::string line;
  if (!std::getline(file_, line) || file_.eof()) return std::nullopt;
  std::istringstream words(line);
  std::string word;
  Record record;
  std::array<std::uint64_t, kTables> lengths{};
  if (!(words >> word) || word != "point") return std::nullopt;
  if (!(words >> record.position >> record.rows.number)) return std::nullopt;
  for (std::uint64_t& length : lengths) {
    if (!(words >> length) || length > size_) return std::nullopt;
  }
  std::string digest;
  if (!(words >> digest)) return std::nullopt;
  for (std::size_t t = 0; t < kTables; ++t) {
    record.rows.text[t].resize(lengths[t]);
    if (!file_.read(record.rows.text[t].data(), static_cast<std::streamsize>(lengths[t])))
      return std::nullopt;
  }
  if (digest != fmt::format("{:016x}", digest_of(record.position, record.rows)))
    return std::nullopt;
  return record;
}

std::optional<PointRows> OrderedJournal::next() {
  const auto known = ahead_.find(position_);
  if (known != ahead_.end()) {
    const std::uint64_t offset = known->second;
    ahead_.erase(known);
    ++position_;
    auto record = reader_.read_at(offset);
    return record ? std::optional(std::move(record->rows)) : std::nullopt;
  }
  for (;;) {
    const std::uint64_t offset = reader_.end();
    auto record = reader_.next();
    if (!record) return std::nullopt;
    if (record->position == position_) {
      ++position_;
      return std::move(record->rows);
    }
    if (record->position > position_) ahead_.emplace(record->position, offset);
  }
}

Journal::Journal(std::filesystem::path path, std::string identity)
    : path_(std::move(path)), identity_(std::move(identity)) {
  constexpr mode_t kReadableByAll = 0666;  // less the umask
  descriptor_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, kReadableByAll);
  if (descriptor_ < 0) fail();
  recover();
  syncing_ = std::jthread([this](const std::stop_token& stop) { sync_regularly(stop); });
}

void Journal::sync_regularly(const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any never;
  std::unique_lock lock(mutex);
  while (!stop.stop_requested()) {
    never.wait_for(lock, stop, kSyncPeriod, [] { return false; });
    if (::fdatasync(descriptor_) != 0 && errno != EINVAL) sync_error_ = errno;
  }
}

Journal::~Journal() {
  syncing_ = {};  // the last sync
  if (descriptor_ >= 0) ::close(descriptor_);
}

void Journal::fail() const {
  throw InputError(
      {{"--out", "",
        fmt::format("cannot write to \"{}\": {}", path_.string(), std::strerror(errno)),
        "what is finished is kept: --resume goes on"}});
}

void Journal::recover() {
  std::error_code ignored;
  const bool has_first_line = std::filesystem::file_size(path_, ignored) > identity_.size();
  JournalReader reader(path_, identity_);
  if (has_first_line && !reader.begins_well()) {
    throw InputError(
        {{path_.string(), "", "is not the journal of this sweep", "choose another --out"}});
  }
  while (const auto record = reader.next()) {
    finished_.add(record->position);
    failed_ += record->rows.failed() ? 1 : 0;
  }
  size_ = reader.end();
  if (::ftruncate(descriptor_, static_cast<off_t>(size_)) != 0) fail();
  if (::lseek(descriptor_, 0, SEEK_END) < 0) fail();
  if (size_ == 0) write(identity_ + "\n");
}

void Journal::write(const std::string& text) {
  std::string_view rest = text;
  while (!rest.empty()) {
    const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) {
      const int why = errno;
      // Half a record would be cut off by the next start anyway.
      static_cast<void>(!::ftruncate(descriptor_, static_cast<off_t>(size_)));
      errno = why;
      fail();
    }
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
  size_ += text.size();
}

void Journal::append(std::uint64_t position, const PointRows& rows) {
  if (const int error = sync_error_; error != 0) {
    errno = error;
    fail();
  }
  write(record_text(position, rows));
  finished_.add(position);
  failed_ += rows.failed() ? 1 : 0;
}

void Journal::sync() {
  if (::fdatasync(descriptor_) != 0 && errno != EINVAL) fail();
}

}  // namespace autoscale
