#include "sim/sweep/sweep_folder.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <memory>
#include <system_error>
#include <unistd.h>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <sys/file.h>

#include "sim/report/output_file.h"

namespace autoscale {
namespace {

namespace fs = std::filesystem;

constexpr std::array kAllTables{Table::kResultsCsv, Table::kSummaryCsv, Table::kResultsJsonl,
                                Table::kSummaryJsonl, Table::kFailures};

bool is_there(const fs::path& path) {
  std::error_code ignored;
  return fs::exists(path, ignored);
}

void discard(const fs::path& path) {
  std::error_code absent;
  fs::remove(path, absent);
}

}  // namespace

SweepFolder::SweepFolder(fs::path path, const std::string& option)
    : path_(std::move(path)), option_(option) {
  prepare_folder(path_, option);
  constexpr mode_t kWritableByAll = 0666;  // less the umask
  const fs::path file = path_ / ".lock";
  lock_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, kWritableByAll);
  if (lock_ < 0) {
    throw InputError(
        {{option, "",
          fmt::format("cannot write to \"{}\": {}", path_.string(), std::strerror(errno)), ""}});
  }
  if (::flock(lock_, LOCK_EX | LOCK_NB) == 0) {
    remove_abandoned_files(path_);
    return;
  }
  const int why = errno;
  ::close(std::exchange(lock_, -1));
  throw InputError(
      {{option, "",
        why == EWOULDBLOCK
            ? fmt::format("another process works in \"{}\"", path_.string())
            : fmt::format("cannot lock \"{}\": {}", path_.string(), std::strerror(why)),
        why == EWOULDBLOCK ? "wait for it, or choose another folder" : ""}});
}

SweepFolder::SweepFolder(SweepFolder&& other) noexcept
    : path_(std::move(other.path_)),
      option_(std::move(other.option_)),
      lock_(std::exchange(other.lock_, -1)) {}

SweepFolder::~SweepFolder() {
  if (lock_ >= 0) ::close(lock_);
}

bool SweepFolder::is_begun() const { return is_there(plan()); }
bool SweepFolder::is_finished() const { return is_there(manifest()); }

std::string SweepFolder::first_result() const {
  for (const Table table : kAllTables) {
    if (is_there(path_ / file_name(table))) return file_name(table);
  }
  return is_there(manifest()) ? "manifest.json" : "";
}

void SweepFolder::write_plan(const SweepState& state) const {
  write_file(plan(), state_json(state), option_);
}

std::uint64_t SweepFolder::write_results(
    const SweepPlan& plan_of_points, SweepState state,
    const std::function<std::optional<PointRows>()>& next) const {
  std::vector<std::pair<Table, std::unique_ptr<OutputFile>>> files;
  for (const Table table : kAllTables) {
    if (!is_wanted(table, plan_of_points.spec())) continue;
    files.emplace_back(table, std::make_unique<OutputFile>(path_ / file_name(table), option_));
    files.back().second->append(header_of(table, plan_of_points));
  }
  state.failed_points = 0;
  state.shard.reset();
  while (const auto rows = next()) {
    for (const auto& [table, file] : files)
      file->append(rows->text[static_cast<std::size_t>(table)]);
    *state.failed_points += rows->failed() ? 1 : 0;
  }
  OutputFile last(manifest(), option_);
  last.append(state_json(state));
  last.sync();
  for (const auto& [table, file] : files) file->sync();
  for (const auto& [table, file] : files) file->commit();
  last.commit();
  remove_leftovers();
  return *state.failed_points;
}

void SweepFolder::remove_leftovers() const {
  discard(plan());
  discard(journal());
}

}  // namespace autoscale
