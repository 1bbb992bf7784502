#include "sim/sweep/merge.h"

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "sim/config/reader.h"
#include "sim/config/sweep_fields.h"
#include "sim/sweep/journal.h"

namespace autoscale {
namespace {

namespace fs = std::filesystem;

struct ShardFolder {
  fs::path path;
  SweepFolder folder;  // locked while it is read
  SweepState state;
};

std::optional<ShardFolder> open_shard(const fs::path& path, Diagnostics& problems) {
  if (!fs::exists(path / "plan.json")) {
    problems.add({path.string(), "",
                  fs::exists(path / "manifest.json") ? "is a finished sweep, not a shard of one"
                                                     : "holds no shard of a sweep",
                  "name folders of `sweep --shard I/N --out DIR`"});
    return std::nullopt;
  }
  SweepFolder folder(path, "merge");
  std::optional<SweepState> state = read_state(folder.plan(), problems);
  if (!state) return std::nullopt;
  if (!state->shard) state->shard = Shard{};
  return ShardFolder{path, std::move(folder), std::move(*state)};
}

void check_together(const std::vector<ShardFolder>& shards, Diagnostics& problems) {
  const ShardFolder& first = shards.front();
  std::map<std::uint32_t, fs::path> by_index;
  for (const ShardFolder& shard : shards) {
    const std::string name = shard.path.string();
    if (&shard != &first) {
      SweepState other = shard.state;
      // Shards rest on different files; those that they share have to agree.
      for (const FileDigest& file : first.state.files) {
        if (std::ranges::find(other.files, file.file, &FileDigest::file) == other.files.end())
          other.files.push_back(file);
      }
      report_changes(first.state, other, name, problems);
    }
    if (shard.state.shard->count != first.state.shard->count) {
      problems.add(
          {name, "",
           fmt::format("is one of {} shards, but {} is one of {}", shard.state.shard->count,
                       first.path.string(), first.state.shard->count),
           ""});
    }
    const auto [at, is_new] = by_index.emplace(shard.state.shard->index, shard.path);
    if (!is_new) {
      problems.add(
          {name, "",
           fmt::format("is shard {}, and so is {}", shard.state.shard->index, at->second.string()),
           "name each shard once"});
    }
  }
  if (!problems.empty()) return;
  for (std::uint32_t i = 1; i <= first.state.shard->count; ++i) {
    if (by_index.contains(i)) continue;
    problems.add({"merge", "", fmt::format("shard {}/{} is missing", i, first.state.shard->count),
                  "name the folders of all shards"});
  }
}

void check_complete(const std::vector<ShardFolder>& shards, Diagnostics& problems) {
  for (const ShardFolder& shard : shards) {
    JournalReader reader(shard.folder.journal(), journal_identity(shard.state));
    FinishedPoints finished;
    while (const auto record = reader.next()) finished.add(record->position);
    if (finished.first_missing() == shard.state.points) continue;
    problems.add({shard.path.string(), "",
                  fmt::format("is not complete: {} of {} points are finished", finished.count(),
                              shard.state.points),
                  "finish it with --resume"});
  }
}

SweepPlan plan_of(const SweepState& state, const std::string& file) {
  Diagnostics problems;
  SweepSpec sweep;
  read_json_text(state.sweep_json, sweep, file, "/sweep", problems);
  problems.throw_if_any();
  return SweepPlan(std::move(sweep));
}

// All shards' points in the order of their numbers.
class MergedPoints {
 public:
  explicit MergedPoints(const std::vector<ShardFolder>& shards) {
    for (const ShardFolder& shard : shards) {
      journals_.push_back(
          std::make_unique<OrderedJournal>(shard.folder.journal(), journal_identity(shard.state)));
      heads_.push_back(journals_.back()->next());
    }
  }

  std::optional<PointRows> next() {
    std::optional<std::size_t> least;
    for (std::size_t s = 0; s < heads_.size(); ++s) {
      if (heads_[s] && (!least || heads_[s]->number < heads_[*least]->number)) least = s;
    }
    if (!least) return std::nullopt;
    std::optional<PointRows> rows = std::move(heads_[*least]);
    heads_[*least] = journals_[*least]->next();
    return rows;
  }

 private:
  std::vector<std::unique_ptr<OrderedJournal>> journals_;
  std::vector<std::optional<PointRows>> heads_;
};

SweepState whole_of(const std::vector<ShardFolder>& shards) {
  SweepState whole = shards.front().state;
  whole.points = 0;
  std::map<std::string, FileDigest> files;
  for (const ShardFolder& shard : shards) {
    whole.points += shard.state.points;
    for (const FileDigest& file : shard.state.files) files.emplace(file.file, file);
  }
  whole.files.clear();
  for (const auto& [name, file] : files) whole.files.push_back(file);
  return whole;
}

}  // namespace

Merged merge_shards(const std::vector<fs::path>& paths, const SweepFolder& out) {
  Diagnostics problems;
  std::vector<ShardFolder> shards;
  for (auto at = paths.begin(); at != paths.end(); ++at) {
    const fs::path& path = *at;
    std::error_code ignored;
    const auto is_same = [&](const fs::path& other) {
      return fs::equivalent(path, other, ignored);
    };
    if (std::any_of(paths.begin(), at, is_same)) {
      problems.add({path.string(), "", "is named twice", "name each shard once"});
      continue;
    }
    std::optional<ShardFolder> shard = open_shard(path, problems);
    if (shard) shards.push_back(std::move(*shard));
  }
  problems.throw_if_any();
  check_together(shards, problems);
  problems.throw_if_any();
  check_complete(shards, problems);
  problems.throw_if_any();
  const SweepState whole = whole_of(shards);
  const SweepPlan plan = plan_of(whole, shards.front().folder.plan().string());
  if (const std::uint64_t all = count_points(plan, Shard{}); all != whole.points) {
    throw InputError(
        {{"merge", "",
          fmt::format("the shards have {} points together, the sweep has {}", whole.points, all),
          ""}});
  }
  MergedPoints points(shards);
  const std::uint64_t failed = out.write_results(plan, whole, [&] { return points.next(); });
  return {whole.points, failed};
}

}  // namespace autoscale
