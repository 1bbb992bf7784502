// The folder of a sweep: who may write to it, what it holds, and how results take their place in it.
//
//   plan.json, journal   while the sweep goes on; a shard keeps them until it is merged
//   results.csv ...      when it is done; manifest.json comes last and vouches for the rest
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "sim/sweep/sweep_state.h"
#include "sim/sweep/tables.h"

namespace autoscale {

class SweepFolder {
 public:
  // Creates the folder and locks it until the end of the program. Throws InputError when it cannot be written
  // to, or another process works in it. `option` names the culprit.
  SweepFolder(std::filesystem::path path, const std::string& option);
  SweepFolder(SweepFolder&& other) noexcept;
  SweepFolder(const SweepFolder&) = delete;
  SweepFolder& operator=(const SweepFolder&) = delete;
  ~SweepFolder();

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] std::filesystem::path plan() const { return path_ / "plan.json"; }
  [[nodiscard]] std::filesystem::path journal() const { return path_ / "journal"; }
  [[nodiscard]] std::filesystem::path manifest() const { return path_ / "manifest.json"; }

  [[nodiscard]] bool is_begun() const;
  [[nodiscard]] bool is_finished() const;
  // Results that this folder's name would lose; "" when there are none.
  [[nodiscard]] std::string first_result() const;

  void write_plan(const SweepState& state) const;
  // Writes the tables from the points that `next` returns, in order, then the manifest of `state` with the
  // number of those that failed, which it returns. Only then plan and journal go.
  std::uint64_t write_results(const SweepPlan& plan, SweepState state,
                              const std::function<std::optional<PointRows>()>& next) const;
  void remove_leftovers() const;  // of a finished sweep

 private:
  std::filesystem::path path_;
  std::string option_;
  int lock_ = -1;
};

}  // namespace autoscale
