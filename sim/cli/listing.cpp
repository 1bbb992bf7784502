#include "sim/cli/listing.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "sim/base/check.h"
#include "sim/config/json_access.h"
#include "sim/report/text_table.h"

namespace autoscale {
namespace {

std::string cell(const ListedValue& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* number = std::get_if<double>(&value)) return fmt::format("{}", *number);
  constexpr std::ptrdiff_t kMostShown = 3;
  const auto& items = std::get<std::vector<std::string>>(value);
  const auto is_number = [](const std::string& s) {
    return s.find_first_not_of("+-.e0123456789") == std::string::npos;
  };
  if (std::ssize(items) <= kMostShown || !std::ranges::all_of(items, is_number)) {
    return fmt::format("{}", fmt::join(items, ", "));
  }
  return fmt::format("{}, ... ({} values)",
                     fmt::join(items.begin(), items.begin() + kMostShown, ", "), items.size());
}

void write(Json& slot, const ListedValue& value) {
  if (const auto* text = std::get_if<std::string>(&value)) {
    set_text(slot, *text);
  } else if (const auto* number = std::get_if<double>(&value)) {
    set(slot, *number);
  } else {
    set_array(slot);
    for (const std::string& item : std::get<std::vector<std::string>>(value)) {
      set_text(append(slot), item);
    }
  }
}

}  // namespace

void Listing::add(std::vector<ListedValue> row) {
  AUTOSCALE_CHECK(row.size() == keys_.size(), "a row has a value per key");
  rows_.push_back(std::move(row));
}

std::string Listing::table() const {
  TextTable table;
  for (std::size_t k = 0; k < keys_.size(); ++k) {
    const bool numbers = std::ranges::any_of(
        rows_, [&](const auto& row) { return std::holds_alternative<double>(row[k]); });
    table.add_column(keys_[k], numbers ? TextTable::Align::kRight : TextTable::Align::kLeft);
  }
  for (const auto& row : rows_) {
    std::vector<std::string> cells(row.size());
    std::ranges::transform(row, cells.begin(), cell);
    table.add_row(std::move(cells));
  }
  return table.text();
}

std::string Listing::json() const {
  JsonDocument document;
  set_array(document.root());
  for (const auto& row : rows_) {
    Json& object = append(document.root());
    set_object(object);
    for (std::size_t k = 0; k < keys_.size(); ++k) write(add_member(object, keys_[k]), row[k]);
  }
  return dump(document.root()) + '\n';
}

}  // namespace autoscale
