// What the points of a sweep are made from: its scenarios as documents and the files that these name, each
// read once.
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "sim/experiment/load_world.h"
#include "sim/sweep/plan.h"

namespace autoscale {

class SweepSources {
 public:
  // Reads the scenarios; reports those that are not there. `plan` and `data` outlive this.
  SweepSources(const SweepPlan& plan, const DataPath& data, Diagnostics& diagnostics);

  // Whether the policies of a point are built to see what is wrong with them, or known to be right.
  enum class Policies : unsigned char { kCheck, kChecked };

  // The world of one point, ready to run, or nothing after reporting all that is wrong with it: at the axis
  // that set the value in question, otherwise where it stands. Any thread may ask.
  [[nodiscard]] std::unique_ptr<const World> world(const Point& point, Policies policies,
                                                   Diagnostics& diagnostics);

  // The seed that all scenarios share, or the sweep's. Reports seeds that differ.
  [[nodiscard]] std::uint64_t seed(Diagnostics& diagnostics) const;

  // What was read so far, in the order of names.
  [[nodiscard]] std::vector<std::filesystem::path> files() const;

 private:
  [[nodiscard]] std::unique_ptr<const World> build(const Point& point, Policies policies,
                                                   Diagnostics& found);
  void remember_files(const Scenario& scenario);
  void blame(const Diagnostics& found, const Point& point, Diagnostics& diagnostics) const;

  const SweepPlan& plan_;
  std::vector<std::string> scenario_files_;
  std::vector<JsonDocument> documents_;  // [scenario], with /set applied
  InputStore store_;
  mutable std::mutex mutex_;
  std::set<std::filesystem::path> files_;  // beside those of the store
};

}  // namespace autoscale
