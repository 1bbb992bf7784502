#include "sim/report/file_digests.h"

#include <system_error>

#include <fmt/format.h>

#include "sim/base/digest.h"
#include "sim/config/json_file.h"

namespace autoscale {
namespace {

namespace fs = std::filesystem;

std::string shown_name(const fs::path& file, const DataPath& data) {
  const fs::path relative = file.lexically_relative(data.root());
  const bool inside = !relative.empty() && !relative.native().starts_with("..");
  return (inside ? relative : file).generic_string();
}

}  // namespace

std::string hex_digest(std::string_view text) { return fmt::format("{:016x}", fnv1a64(text)); }

std::vector<FileDigest> file_digests(std::span<const fs::path> files, const DataPath& data) {
  std::vector<FileDigest> digests;
  for (const fs::path& file : files) {
    Diagnostics ignored;
    const auto content = read_text_file(file, ignored);
    if (content) digests.push_back({shown_name(file, data), content->size(), hex_digest(*content)});
  }
  return digests;
}

fs::path path_of(const FileDigest& digest, const DataPath& data) {
  std::error_code ignored;
  const fs::path below = data.root() / digest.file;
  return fs::exists(below, ignored) ? below : fs::path(digest.file);
}

void write_digests(Json& list, std::span<const FileDigest> digests) {
  set_array(list);
  for (const FileDigest& digest : digests) {
    Json& entry = append(list);
    set_object(entry);
    set_text(add_member(entry, "file"), digest.file);
    set(add_member(entry, "bytes"), digest.bytes);
    set_text(add_member(entry, "fnv1a64"), digest.fnv1a64);
  }
}

}  // namespace autoscale
