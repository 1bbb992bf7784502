// The kinds of files that the program reads, each with its JSON Schema.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace autoscale {

struct FileKind {
  std::string_view name;
  std::string_view files;  // where they usually are
  std::string_view doc;
  std::string (*schema)();
};

// All but policies. Policy configurations have a schema per policy.
[[nodiscard]] std::span<const FileKind> file_kinds();

// Names of policies that can be given to policy_schema, sorted.
[[nodiscard]] std::vector<std::string> policy_names();

// Of the configuration of a registered policy; throws InputError when there is no such policy.
[[nodiscard]] std::string policy_schema(const std::string& name);

}  // namespace autoscale
