// Which files a result rests on, and what they held.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "sim/config/data_path.h"
#include "sim/config/json_access.h"

namespace autoscale {

struct FileDigest {
  std::string file;  // data files by their name below the data folder, so that two machines agree
  std::uint64_t bytes = 0;
  std::string fnv1a64;  // 16 hexadecimal digits

  friend bool operator==(const FileDigest&, const FileDigest&) = default;
};

[[nodiscard]] std::string hex_digest(std::string_view text);

// Of those that can be read, in the order given.
[[nodiscard]] std::vector<FileDigest> file_digests(std::span<const std::filesystem::path> files,
                                                   const DataPath& data);
// Where the file of a digest is on this machine.
[[nodiscard]] std::filesystem::path path_of(const FileDigest& digest, const DataPath& data);

// [{"file": ..., "bytes": ..., "fnv1a64": ...}]
void write_digests(Json& list, std::span<const FileDigest> digests);

}  // namespace autoscale
