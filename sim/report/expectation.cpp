#include "sim/report/expectation.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "sim/config/json_file.h"
#include "sim/report/text_table.h"

namespace autoscale {
namespace {

constexpr std::array<std::string_view, 3> kWallClock{"decision_ns", "update_ns", "wall_seconds"};
constexpr const char* kHint = "a golden file holds what `run --format json` prints";

bool is_number(const Json& json) {
  Diagnostics ignored;
  double value = 0.0;
  return read_number(json, value, FieldInfo{}, Place{"", "", &ignored});
}

double number_of(const Json& json) {
  Diagnostics ignored;
  double value = 0.0;
  read_number(json, value, FieldInfo{}, Place{"", "", &ignored});
  return value;
}

// Walks a report. Its skeleton must be there; what else it holds is taken as it comes, so that reports of
// other versions can be compared.
class FigureReader {
 public:
  void read_document(const Json& root, const Place& at) {
    if (!is_array(root)) return read_scenario(root, at);
    if (!expect_array(root, 1, at)) return;
    for (std::size_t i = 0; i < size_of(root); ++i) read_scenario(element(root, i), at.child(i));
  }

  [[nodiscard]] std::vector<ReportedFigure> figures() && { return std::move(figures_); }

 private:
  void read_scenario(const Json& object, const Place& at) {
    if (!expect_object(object, at)) return;
    where_ = ReportedFigure{};
    if (!read_name(object, "scenario", where_.scenario, at)) return;
    const Json* policies = required(object, "policies", at);
    if (policies == nullptr || !expect_array(*policies, 0, at.child("policies"))) return;
    add_members(object, {"scenario", "policies"}, "", at);
    for (std::size_t i = 0; i < size_of(*policies); ++i) {
      read_policy(element(*policies, i), at.child("policies").child(i));
    }
  }

  void read_policy(const Json& object, const Place& at) {
    if (!expect_object(object, at)) return;
    if (!read_name(object, "name", where_.policy, at)) return;
    where_.network = "all";
    read_group(object, {"name", "metrics", "networks"}, at);
    const Json* networks = required(object, "networks", at);
    if (networks == nullptr || !expect_object(*networks, at.child("networks"))) return;
    for (const std::string& network : member_names(*networks)) {
      where_.network = network;
      const Place there = at.child("networks").child(network);
      const Json& group = *find_member(*networks, network);
      if (expect_object(group, there)) read_group(group, {"metrics"}, there);
    }
  }

  void read_group(const Json& object, const std::vector<std::string_view>& apart, const Place& at) {
    const Json* metrics = required(object, "metrics", at);
    if (metrics == nullptr || !expect_object(*metrics, at.child("metrics"))) return;
    for (const std::string& metric : member_names(*metrics)) {
      if (std::ranges::find(kWallClock, metric) != kWallClock.end()) continue;
      read_metric(metric, *find_member(*metrics, metric), at.child("metrics").child(metric));
    }
    add_members(object, apart, "", at);
  }

  void read_metric(const std::string& metric, const Json& object, const Place& at) {
    if (!expect_object(object, at)) return;
    for (const std::string part : {"mean", "ci95"}) {
      const Json* value = required(object, part, at);
      if (value == nullptr) continue;
      if (found(*value) != "null" && !is_number(*value)) {
        at.child(part).error(fmt::format("expected a number or null, got {}", found(*value)),
                             kHint);
        continue;
      }
      add(part == "mean" ? metric : fmt::format("{} {}", metric, part), *value);
    }
  }

  // Every value below `object`, by its path, but those members that are read apart.
  void add_members(const Json& object, const std::vector<std::string_view>& apart,
                   const std::string& path, const Place& at) {
    for (const std::string& key : member_names(object)) {
      if (std::ranges::find(apart, key) != apart.end()) continue;
      const Json& value = *find_member(object, key);
      if (is_object(value)) {
        add_members(value, {}, path + key + '/', at.child(key));
      } else if (is_array(value)) {
        at.child(key).error("expected a value or an object, got a list", kHint);
      } else {
        add(path + key, value);
      }
    }
  }

  void add(std::string metric, const Json& value) {
    ReportedFigure figure = where_;
    figure.metric = std::move(metric);
    figure.text = is_string(value) ? text_of(value) : found(value);
    if (is_number(value)) figure.number = number_of(value);
    figures_.push_back(std::move(figure));
  }

  static const Json* required(const Json& object, std::string_view key, const Place& at) {
    const Json* member = find_member(object, key);
    if (member == nullptr) at.child(key).error("is missing", kHint);
    return member;
  }

  static bool read_name(const Json& object, std::string_view key, std::string& out,
                        const Place& at) {
    const Json* member = required(object, key, at);
    return member != nullptr && read_string(*member, out, FieldInfo{}, at.child(key));
  }

  ReportedFigure where_;  // the names that hold at this place
  std::vector<ReportedFigure> figures_;
};

using Key = std::tuple<std::string, std::string, std::string, std::string>;

Key key_of(const ReportedFigure& f) { return {f.scenario, f.policy, f.network, f.metric}; }

// The key of what holds the figure, from the outermost: scenario, policy, network.
std::array<Key, 3> holders_of(const ReportedFigure& f) {
  return {Key{f.scenario, "", "", "*"}, Key{f.scenario, f.policy, "", "*"},
          Key{f.scenario, f.policy, f.network, "*"}};
}

class Lookup {
 public:
  explicit Lookup(std::span<const ReportedFigure> figures) {
    for (const ReportedFigure& f : figures) {
      by_key_[key_of(f)] = &f;
      for (const Key& holder : holders_of(f)) holders_.insert(holder);
    }
  }
  [[nodiscard]] const ReportedFigure* find(const ReportedFigure& f) const {
    const auto found = by_key_.find(key_of(f));
    return found == by_key_.end() ? nullptr : found->second;
  }
  // What of the figure's surroundings is missing here, the outermost first; the figure itself if nothing is.
  [[nodiscard]] Key missing(const ReportedFigure& f) const {
    for (const Key& holder : holders_of(f)) {
      if (!holders_.contains(holder)) return holder;
    }
    return key_of(f);
  }

 private:
  std::map<Key, const ReportedFigure*> by_key_;
  std::set<Key> holders_;
};

bool agree(const ReportedFigure& expected, const ReportedFigure& got, double tolerance) {
  if (!expected.number || !got.number) return expected.text == got.text;
  return std::abs(*got.number - *expected.number) <= tolerance * std::abs(*expected.number);
}

Moved moved(const ReportedFigure& expected, const ReportedFigure& got) {
  Moved m{expected.scenario, expected.policy, expected.network, expected.metric,
          expected.text,     got.text,        std::nullopt};
  if (expected.number && got.number && *expected.number != 0.0) {
    m.relative = (*got.number - *expected.number) / std::abs(*expected.number);
  }
  return m;
}

// Of figures that the other side lacks; each missing policy, network or scenario once.
class Absences {
 public:
  std::optional<Moved> of(const ReportedFigure& f, const Lookup& other, bool is_expected) {
    const Key key = other.missing(f);
    if (!said_.insert(key).second) return std::nullopt;
    const auto& [scenario, policy, network, metric] = key;
    Moved m{scenario, policy, network, metric, "", "", std::nullopt};
    (is_expected ? m.expected : m.got) = metric == "*" ? "there" : f.text;
    return m;
  }

 private:
  std::set<Key> said_;
};

std::string relative_text(const Moved& m) {
  return m.relative ? fmt::format("{:+.3g} %", 100.0 * *m.relative) : "-";
}

std::string side_text(const std::string& text) { return text.empty() ? "missing" : text; }

}  // namespace

std::optional<std::vector<ReportedFigure>> read_figures(std::string_view json_text,
                                                        const std::string& file,
                                                        Diagnostics& diagnostics) {
  const std::size_t before = diagnostics.list().size();
  const std::optional<JsonDocument> document = parse_json(json_text, file, diagnostics);
  if (!document) return std::nullopt;
  FigureReader reader;
  reader.read_document(document->root(), Place{file, "", &diagnostics});
  if (diagnostics.list().size() != before) return std::nullopt;
  return std::move(reader).figures();
}

std::vector<Moved> moved_figures(std::span<const ReportedFigure> expected,
                                 std::span<const ReportedFigure> got, double tolerance) {
  std::vector<Moved> list;
  const Lookup here(got);
  const Lookup there(expected);
  Absences lacking;
  for (const ReportedFigure& f : expected) {
    const ReportedFigure* now = here.find(f);
    if (now == nullptr) {
      if (auto absent = lacking.of(f, here, true)) list.push_back(std::move(*absent));
    } else if (!agree(f, *now, tolerance)) {
      list.push_back(moved(f, *now));
    }
  }
  Absences extra;
  for (const ReportedFigure& f : got) {
    if (there.find(f) != nullptr) continue;
    if (auto absent = extra.of(f, there, false)) list.push_back(std::move(*absent));
  }
  return list;
}

std::string moved_table(std::span<const Moved> moved, std::size_t rows) {
  using Align = TextTable::Align;
  TextTable table;
  for (const char* name : {"scenario", "policy", "network", "metric"}) {
    table.add_column(name, Align::kLeft);
  }
  for (const char* name : {"expected", "got", "relative"}) table.add_column(name, Align::kRight);
  const auto or_dash = [](const std::string& text) { return text.empty() ? "-" : text; };
  for (const Moved& m : moved.first(std::min(rows, moved.size()))) {
    table.add_row({m.scenario, or_dash(m.policy), or_dash(m.network), m.metric,
                   side_text(m.expected), side_text(m.got), relative_text(m)});
  }
  std::string text = table.text();
  if (moved.size() > rows) text += fmt::format("... and {} more\n", moved.size() - rows);
  return text;
}

}  // namespace autoscale
