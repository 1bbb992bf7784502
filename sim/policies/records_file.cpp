#include <algorithm>
#include <cstdint>
#include <ostream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "sim/config/json_file.h"
#include "sim/config/reader.h"
#include "sim/policies/records.h"

namespace autoscale {
namespace {

constexpr std::int64_t kVersion = 1;
constexpr double kGreatest = 1e12;  // of any figure: leaves room for sums of squares

struct SavedPoint {  // a target, without names that only its device has
  std::string place;
  double frequency_ratio = 1.0;
};
template <class Visitor>
void describe(SavedPoint& self, Visitor& field) {
  field(self.place, {.key = "place", .doc = "Site, processor and precision.", .required = true});
  field(self.frequency_ratio, {.key = "frequency_ratio",
                               .doc = "Frequency over the processor's greatest.",
                               .above = 0,
                               .max = 1,
                               .required = true});
}

struct SavedRecord {
  StateVector state{};
  std::int64_t target = 0;
  bool meets_accuracy = false;
  double qos_ms = 0.0;
  double latency_ms = 0.0;
  double energy_mj = 0.0;
};
template <class Visitor>
void describe(SavedRecord& self, Visitor& field) {
  field(self.state, {.key = dimensionless("state"),
                     .doc = "State features, not discretised.",
                     .min = -kGreatest,
                     .max = kGreatest,
                     .required = true});
  field(self.target, {.key = "target", .doc = "Position in targets.", .min = 0, .required = true});
  field(self.meets_accuracy,
        {.key = "meets_accuracy", .doc = "Whether it met the requirement.", .required = true});
  field(
      self.qos_ms,
      {.key = "qos_ms", .doc = "Of the request.", .above = 0, .max = kGreatest, .required = true});
  field(self.latency_ms, {.key = "latency_ms",
                          .doc = "Arrival to finish.",
                          .min = 0,
                          .max = kGreatest,
                          .required = true});
  field(self.energy_mj, {.key = "energy_mj",
                         .doc = "The phone's.",
                         .min = -kGreatest,
                         .max = kGreatest,
                         .required = true});
}

struct SavedRecords {
  std::int64_t version = kVersion;
  std::vector<SavedPoint> targets;
  std::vector<SavedRecord> records;
};
template <class Visitor>
void describe(SavedRecords& self, Visitor& field) {
  field(self.version, {.key = "autoscale_records",
                       .doc = "Version of this format.",
                       .min = kVersion,
                       .max = kVersion,
                       .required = true});
  field(self.targets, {.key = "targets", .doc = "By target.", .required = true, .min_items = 1});
  field(self.records,
        {.key = "records", .doc = "Measured inferences.", .required = true, .min_items = 1});
}

void validate(const SavedRecords& saved, const Place& place) {
  for (std::size_t i = 0; i < saved.records.size(); ++i) {
    const auto target = static_cast<std::size_t>(saved.records[i].target);
    if (target < saved.targets.size()) continue;
    place.child("records").child(i).child("target").error(
        fmt::format("is {}, but there are {} targets", target, saved.targets.size()));
  }
}

// Of each saved target the position among `targets`.
std::vector<TargetId> match(const std::vector<SavedPoint>& saved, std::span<const Target> targets,
                            const Place& place) {
  std::vector<TargetId> ids;
  for (std::size_t i = 0; i < saved.size(); ++i) {
    const auto found = std::ranges::find_if(targets, [&](const Target& t) {
      return t.place == saved[i].place && t.frequency_ratio == saved[i].frequency_ratio;
    });
    ids.push_back(found == targets.end() ? kNoTarget
                                         : static_cast<TargetId>(found - targets.begin()));
    if (found != targets.end()) continue;
    place.child(i).error(fmt::format("this phone has no target {} at f/f_max = {}", saved[i].place,
                                     saved[i].frequency_ratio),
                         "train on this device");
  }
  return ids;
}

}  // namespace

void write_records(std::span<const Record> records, std::span<const Target> targets,
                   std::ostream& out) {
  out << fmt::format("{{\n  \"autoscale_records\": {},\n  \"targets\": [", kVersion);
  for (std::size_t t = 0; t < targets.size(); ++t) {
    out << fmt::format("{}\n    {{\"place\": {}, \"frequency_ratio\": {}}}", t == 0 ? "" : ",",
                       nlohmann::json(targets[t].place).dump(), targets[t].frequency_ratio);
  }
  out << "],\n  \"records\": [";
  for (std::size_t i = 0; i < records.size(); ++i) {
    const Record& r = records[i];
    out << fmt::format(
        "{}\n    {{\"state\": [{}], \"target\": {}, \"meets_accuracy\": {}, \"qos_ms\": {}, "
        "\"latency_ms\": {}, \"energy_mj\": {}}}",
        i == 0 ? "" : ",", fmt::join(r.state, ", "), r.target, r.meets_accuracy, r.qos_ms,
        r.latency_ms, r.energy_mj);
  }
  out << "]\n}\n";
}

std::vector<Record> parse_records(std::string_view text, const std::string& file,
                                  std::span<const Target> targets) {
  Diagnostics diagnostics;
  SavedRecords saved;
  read_json_text(text, saved, file, "", diagnostics);
  diagnostics.throw_if_any();
  const std::vector<TargetId> ids =
      match(saved.targets, targets, Place{file, "/targets", &diagnostics});
  diagnostics.throw_if_any();
  std::vector<Record> records;
  for (const SavedRecord& r : saved.records) {
    records.push_back({.state = r.state,
                       .target = ids[static_cast<std::size_t>(r.target)],
                       .meets_accuracy = r.meets_accuracy,
                       .qos_ms = r.qos_ms,
                       .latency_ms = r.latency_ms,
                       .energy_mj = r.energy_mj});
  }
  return records;
}

std::vector<Record> read_records(const std::string& path, std::span<const Target> targets) {
  Diagnostics diagnostics;
  const std::optional<std::string> text = read_text_file(path, diagnostics);
  diagnostics.throw_if_any();
  return parse_records(*text, path, targets);
}

}  // namespace autoscale
