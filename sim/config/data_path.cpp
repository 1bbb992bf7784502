#include "sim/config/data_path.h"

#include <algorithm>
#include <cstdlib>
#include <system_error>

#include <fmt/format.h>

#include "sim/base/version.h"

namespace autoscale {
namespace {

namespace fs = std::filesystem;

struct KindInfo {
  const char* word = "";
  const char* words = "";
  const char* folder = "";
  const char* suffix = ".json";
};

KindInfo info(DataKind kind) {
  switch (kind) {
    case DataKind::kDevice: return {"device", "devices", "models/devices"};
    case DataKind::kNetwork: return {"network", "networks", "models/networks"};
    case DataKind::kRadio: return {"radio", "radios", "configs/radios"};
    case DataKind::kPolicyConfig:
      return {"policy configuration", "policy configurations", "configs/policies"};
    case DataKind::kScenario: return {"scenario", "scenarios", "scenarios"};
    case DataKind::kTrace: return {"trace", "traces", "traces", ".csv"};
    case DataKind::kSweep: return {"sweep", "sweeps", "configs/sweeps"};
  }
  return {"", "", ""};
}

bool is_there(const fs::path& path) {
  std::error_code ignored;
  return fs::exists(path, ignored);
}

bool holds_data(const fs::path& root) {
  std::error_code ignored;
  return fs::is_directory(root / "models", ignored) && fs::is_directory(root / "configs", ignored);
}

// A folder that the user names is taken or refused, never silently replaced by another.
DataPath named_by_user(std::string_view how, std::string_view folder) {
  if (!holds_data(fs::path(folder))) {
    throw InputError({{std::string(how), "",
                       fmt::format("\"{}\" has no folders models/ and configs/", folder), ""}});
  }
  return DataPath(fs::path(folder));
}

std::vector<fs::path> usual_places() {
  std::vector<fs::path> places;
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  if (!error) places.push_back(program.parent_path().parent_path() / "share/autoscale-sim");
  places.emplace_back(kInstallDataDir);
  return places;
}

// As short as a person would name it: from the current folder, when it is below.
fs::path from_here(const fs::path& folder) {
  std::error_code error;
  const fs::path here = fs::current_path(error);
  const fs::path relative = folder.lexically_relative(here);
  return error || relative.empty() || *relative.begin() == ".." ? folder : relative;
}

bool is_path(DataKind kind, std::string_view name) {
  return name.ends_with(info(kind).suffix) || name.find('/') != std::string_view::npos;
}

}  // namespace

DataPath DataPath::find(std::string_view data_flag) {
  if (!data_flag.empty()) return named_by_user("--data", data_flag);
  const char* variable = std::getenv("AUTOSCALE_SIM_DATA");
  if (variable != nullptr && *variable != '\0') {
    return named_by_user("AUTOSCALE_SIM_DATA", variable);
  }
  std::string tried;
  for (const fs::path& place : usual_places()) {
    if (holds_data(place)) return DataPath(from_here(place.lexically_normal()));
    tried += fmt::format("{}\"{}\"", tried.empty() ? "" : ", ", place.string());
  }
  throw InputError({{"", "", "found no data (models/, configs/) in " + tried,
                     "name the folder with --data or AUTOSCALE_SIM_DATA"}});
}

std::vector<std::string> DataPath::available(DataKind kind) const {
  const fs::path folder = root_ / info(kind).folder;
  std::vector<std::string> names;
  std::error_code error;
  for (fs::recursive_directory_iterator file(folder, error), end; !error && file != end;
       file.increment(error)) {
    if (file->path().extension() != info(kind).suffix) continue;
    fs::path name = file->path().lexically_relative(folder);
    names.push_back(name.replace_extension().generic_string());
  }
  std::ranges::sort(names);
  return names;
}

std::optional<fs::path> DataPath::resolve(DataKind kind, std::string_view name,
                                          const Place& named_at) const {
  if (is_path(kind, name)) {
    const fs::path beside = fs::path(named_at.file).parent_path() / name;
    if (is_there(beside)) return named_at.file.empty() ? beside : beside.lexically_normal();
    if (is_there(fs::path(name))) return fs::path(name);
    if (kind != DataKind::kScenario || name.ends_with(info(kind).suffix)) {
      named_at.error(fmt::format("there is no file \"{}\"", name));
      return std::nullopt;
    }
  }
  const std::vector<std::string> names = available(kind);
  if (std::ranges::binary_search(names, name)) {
    return root_ / info(kind).folder / (std::string(name) + info(kind).suffix);
  }
  const std::string near = nearest(name, names);
  named_at.error(
      fmt::format("there is no {} \"{}\"", info(kind).word, name),
      names.empty()
          ? fmt::format("there are no {} in {}", info(kind).words,
                        (root_ / info(kind).folder).string())
          : fmt::format("{}{}: {}", near.empty() ? "" : fmt::format("did you mean '{}'? ", near),
                        info(kind).words, fmt::join(names, ", ")));
  return std::nullopt;
}

}  // namespace autoscale
