// Rows of named values, for programs to read.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace autoscale {

using RecordValue = std::variant<std::string, std::optional<double>>;
using Record = std::vector<std::pair<const char*, RecordValue>>;  // all rows with the same names

// A line of names, then one per record; what is not defined is empty. Nothing is rounded.
[[nodiscard]] std::string records_csv(std::span<const Record> records);

// {HEAD..., LIST: [{...}], "notes": [...]}; what is not defined is null.
[[nodiscard]] std::string records_json(const char* list, std::span<const Record> records,
                                       std::span<const std::string> notes, const Record& head = {});

}  // namespace autoscale
