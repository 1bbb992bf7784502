// Where models/, configs/, scenarios/ and traces/ are, and which file a name stands for.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/config/place.h"

namespace autoscale {

enum class DataKind : unsigned char {
  kDevice,
  kNetwork,
  kRadio,
  kPolicyConfig,
  kScenario,
  kTrace,
  kSweep
};

class DataPath {
 public:
  explicit DataPath(std::filesystem::path root) : root_(std::move(root)) {}

  // The first of: --data, AUTOSCALE_SIM_DATA, share/autoscale-sim beside the program's folder (in a
  // build folder it is a link to the sources), the install prefix that the build was configured
  // with. What the user names must exist; throws InputError if not.
  // A place that nobody named is given from the current folder when it is below it, for messages.
  [[nodiscard]] static DataPath find(std::string_view data_flag = "");

  [[nodiscard]] const std::filesystem::path& root() const { return root_; }

  // Names that can be given, sorted; scenarios with their folder ("paper/s1").
  [[nodiscard]] std::vector<std::string> available(DataKind kind) const;

  // The file of a name. A value with '/' or ending in .json (of a trace: .csv) is a path, relative to the file that
  // mentions it (named_at.file) or else to the current folder, and is returned as the user typed it
  // where no file mentions it; for scenarios a path is tried first.
  // Reports at `named_at` when there is no such file.
  [[nodiscard]] std::optional<std::filesystem::path> resolve(DataKind kind, std::string_view name,
                                                             const Place& named_at) const;

 private:
  std::filesystem::path root_;
};

}  // namespace autoscale
