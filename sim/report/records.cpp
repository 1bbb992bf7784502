#include "sim/report/records.h"

#include <fmt/format.h>

#include "sim/config/json_access.h"
#include "sim/report/csv_report.h"

namespace autoscale {
namespace {

std::string cell(const RecordValue& value) {
  if (const auto* words = std::get_if<std::string>(&value)) return csv_field(*words);
  const auto& number = std::get<std::optional<double>>(value);
  return number ? fmt::format("{}", *number) : "";
}

void add_members(Json& object, const Record& record) {
  for (const auto& [name, value] : record) {
    Json& slot = add_member(object, name);  // null
    if (const auto* words = std::get_if<std::string>(&value)) {
      set_text(slot, *words);
    } else if (const auto& number = std::get<std::optional<double>>(value)) {
      set(slot, *number);
    }
  }
}

}  // namespace

std::string records_csv(std::span<const Record> records) {
  std::string text;
  const char* separator = "";
  for (const auto& [name, value] : records.front()) {
    text.append(separator).append(name);
    separator = ",";
  }
  text += '\n';
  for (const Record& record : records) {
    separator = "";
    for (const auto& [name, value] : record) {
      text.append(separator).append(cell(value));
      separator = ",";
    }
    text += '\n';
  }
  return text;
}

std::string records_json(const char* list, std::span<const Record> records,
                         std::span<const std::string> notes, const Record& head) {
  JsonDocument document;
  Json& root = document.root();
  set_object(root);
  add_members(root, head);
  Json& rows = add_member(root, list);
  set_array(rows);
  for (const Record& record : records) {
    Json& object = append(rows);
    set_object(object);
    add_members(object, record);
  }
  Json& texts = add_member(root, "notes");
  set_array(texts);
  for (const std::string& note : notes) set_text(append(texts), note);
  return dump(root) + '\n';
}

}  // namespace autoscale
