#include "sim/report/result_text.h"

#include <set>
#include <vector>

#include <fmt/format.h>

#include "sim/base/split.h"
#include "sim/config/json_file.h"

namespace autoscale {
namespace {

constexpr const char* kHint = "a report is what `run --format json` prints";

// Null is an empty field, as in CSV.
std::string cell_of(const Json& value) {
  if (is_string(value)) return text_of(value);
  const std::string text = found(value);
  return text == "null" ? "" : text;
}

const Json* required(const Json& object, std::string_view key, const Place& at) {
  const Json* member = find_member(object, key);
  if (member == nullptr) at.child(key).error("is missing", kHint);
  return member;
}

bool read_name(const Json& object, std::string_view key, std::string& out, const Place& at) {
  const Json* member = required(object, key, at);
  return member != nullptr && read_string(*member, out, FieldInfo{}, at.child(key));
}

// Walks a report down to the values of each metric by replication.
class ReportReader {
 public:
  void read_document(const Json& root, const Place& at) {
    if (!is_array(root)) return read_scenario(root, at);
    if (!expect_array(root, 1, at)) return;
    for (std::size_t i = 0; i < size_of(root); ++i) read_scenario(element(root, i), at.child(i));
  }

  [[nodiscard]] ReportTable result() && {
    if (seeds_.size() == 1) result_.seed = *seeds_.begin();
    return std::move(result_);
  }

 private:
  void read_scenario(const Json& object, const Place& at) {
    if (!expect_object(object, at)) return;
    names_.resize(4);  // scenario, device, policy, network
    if (!read_name(object, "scenario", names_[0], at)) return;
    if (!read_name(object, "device", names_[1], at)) return;
    read_seed(object, at);
    if (!read_replications(object, at)) return;
    const Json* policies = required(object, "policies", at);
    if (policies == nullptr || !expect_array(*policies, 0, at.child("policies"))) return;
    for (std::size_t i = 0; i < size_of(*policies); ++i) {
      read_policy(element(*policies, i), at.child("policies").child(i));
    }
  }

  void read_seed(const Json& object, const Place& at) {
    const Json* member = required(object, "seed", at);
    std::uint64_t seed = 0;
    if (member != nullptr && read_integer(*member, seed, FieldInfo{}, at.child("seed")))
      seeds_.insert(seed);
  }

  bool read_replications(const Json& object, const Place& at) {
    replications_.clear();
    const Json* list = required(object, "replication_numbers", at);
    const Place there = at.child("replication_numbers");
    if (list == nullptr || !expect_array(*list, 1, there)) return false;
    for (std::size_t i = 0; i < size_of(*list); ++i) {
      std::uint64_t number = 0;
      if (!read_integer(element(*list, i), number, FieldInfo{}, there.child(i))) return false;
      replications_.push_back(number);
    }
    return true;
  }

  void read_policy(const Json& object, const Place& at) {
    if (!expect_object(object, at)) return;
    if (!read_name(object, "name", names_[2], at)) return;
    names_[3] = "all";
    read_group(object, at);
    const Json* networks = required(object, "networks", at);
    if (networks == nullptr || !expect_object(*networks, at.child("networks"))) return;
    for (const std::string& network : member_names(*networks)) {
      names_[3] = network;
      read_group(*find_member(*networks, network), at.child("networks").child(network));
    }
  }

  void read_group(const Json& object, const Place& at) {
    if (!expect_object(object, at)) return;
    const Json* metrics = required(object, "metrics", at);
    const Place there = at.child("metrics");
    if (metrics == nullptr || !expect_object(*metrics, there)) return;
    if (!same_columns(member_names(*metrics), there)) return;
    std::vector<std::vector<std::string>> rows;
    for (const std::uint64_t replication : replications_) {
      rows.push_back(names_);
      rows.back().push_back(fmt::format("{}", replication));
    }
    for (const std::string& metric : member_names(*metrics)) {
      if (!add_values(*find_member(*metrics, metric), rows, there.child(metric))) return;
    }
    for (std::vector<std::string>& row : rows) {
      result_.table.rows.push_back(std::move(row));
      result_.table.lines.push_back(result_.table.rows.size() + 1);
    }
  }

  bool same_columns(const std::vector<std::string>& metrics, const Place& at) {
    std::vector<std::string> columns{"scenario", "device", "policy", "network", "replication"};
    columns.insert(columns.end(), metrics.begin(), metrics.end());
    if (result_.table.columns.empty()) result_.table.columns = columns;
    if (result_.table.columns == columns) return true;
    at.error("are other metrics than those of the first policy", kHint);
    return false;
  }

  // Appends the value in each replication to its row.
  static bool add_values(const Json& metric, std::vector<std::vector<std::string>>& rows,
                         const Place& at) {
    if (!expect_object(metric, at)) return false;
    const Json* values = required(metric, "by_replication", at);
    const Place there = at.child("by_replication");
    if (values == nullptr || !expect_array(*values, 0, there)) return false;
    if (size_of(*values) != rows.size()) {
      there.error(fmt::format("has {} values, but there are {} replications", size_of(*values),
                              rows.size()),
                  kHint);
      return false;
    }
    for (std::size_t r = 0; r < rows.size(); ++r) rows[r].push_back(cell_of(element(*values, r)));
    return true;
  }

  std::vector<std::string> names_;  // that hold at this place
  std::vector<std::uint64_t> replications_;
  std::set<std::uint64_t> seeds_;
  ReportTable result_;
};

}  // namespace

std::optional<ReportTable> table_of_report(std::string_view json_text, const std::string& file,
                                           Diagnostics& diagnostics) {
  const std::size_t before = diagnostics.list().size();
  const std::optional<JsonDocument> document = parse_json(json_text, file, diagnostics);
  if (!document) return std::nullopt;
  ReportReader reader;
  reader.read_document(document->root(), Place{file, "", &diagnostics});
  if (diagnostics.list().size() != before) return std::nullopt;
  return std::move(reader).result();
}

std::optional<CsvTable> table_of_lines(std::string_view jsonl, const std::string& file,
                                       Diagnostics& diagnostics) {
  const std::size_t before = diagnostics.list().size();
  CsvTable table;
  std::size_t number = 0;
  for (const std::string_view line : split(jsonl, '\n')) {
    ++number;
    if (line.empty()) continue;
    const std::string where = fmt::format("{}, line {}", file, number);
    const std::optional<JsonDocument> document = parse_json(line, where, diagnostics);
    const Place place{where, "", &diagnostics};
    if (!document || !expect_object(document->root(), place)) return std::nullopt;
    const std::vector<std::string> columns = member_names(document->root());
    if (table.columns.empty()) table.columns = columns;
    if (columns != table.columns) {
      place.error("has other members than the first line");
      return std::nullopt;
    }
    std::vector<std::string> row;
    row.reserve(columns.size());
    for (const std::string& column : columns)
      row.push_back(cell_of(*find_member(document->root(), column)));
    table.rows.push_back(std::move(row));
    table.lines.push_back(number);
  }
  if (table.columns.empty()) diagnostics.add({file, "", "is empty", ""});
  if (diagnostics.list().size() != before) return std::nullopt;
  return table;
}

}  // namespace autoscale
