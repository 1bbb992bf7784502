#include "sim/policies/q_file.h"

#include <ostream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "sim/config/json_file.h"
#include "sim/config/reader.h"

namespace autoscale {
namespace {

constexpr double kGreatestValue = 1e30;  // leaves room for learning in floats, and for scaling

}  // namespace

template <class Visitor>
void describe(SavedTarget& self, Visitor& field) {
  field(self.place, {.key = "place", .doc = "Site, processor and precision.", .required = true});
  field(self.frequency_ratio, {.key = "frequency_ratio",
                               .doc = "Frequency over the processor's greatest.",
                               .above = 0,
                               .max = 1,
                               .required = true});
}

template <class Visitor>
void describe(SavedRow& self, Visitor& field) {
  field(self.state,
        {.key = "state", .doc = "State index.", .min = 0, .max = kStates - 1, .required = true});
  field(self.values, {.key = dimensionless("values"),
                      .doc = "Q by target.",
                      .min = -kGreatestValue,
                      .max = kGreatestValue,
                      .required = true});
  field(self.visits, {.key = "visits",
                      .doc = "Learning steps by target.",
                      .min = 0,
                      .max = 65535,
                      .required = true});
}

template <class Visitor>
void describe(SavedTable& self, Visitor& field) {
  field(self.qos_ms, {.key = "qos_ms",
                      .doc = "QoS of the service class; 0: for all classes.",
                      .min = 0,
                      .required = true});
  field(self.accuracy_percent,
        {.key = "accuracy_percent", .doc = "Accuracy required of each network.", .required = true});
  field(self.rows, {.key = "rows", .doc = "Visited states.", .required = true});
}

template <class Visitor>
void describe(SavedLearner& self, Visitor& field) {
  field(self.version, {.key = "autoscale_q_table",
                       .doc = "Version of this format.",
                       .min = kQFileVersion,
                       .max = kQFileVersion,
                       .required = true});
  field(self.update,
        {.key = "update",
         .doc = "Rule it learned by. Tables from before there was a choice: Q-learning."});
  field(self.reward, {.key = "reward", .doc = "Reward it learned.", .required = true});
  field(self.reward_terms_left_out,
        {.key = "reward_terms_left_out", .doc = "As in the policy.", .omit_empty = true});
  field(self.features_left_out,
        {.key = "features_left_out", .doc = "As in the policy.", .omit_empty = true});
  field(self.layer_counts, {.key = "layer_counts", .doc = "As in the policy.", .required = true});
  field(self.tables, {.key = "tables", .doc = "As in the policy.", .required = true});
  field(self.reference_mj, {.key = "reference_mj",
                            .doc = "Energy of each network on the CPU, FP32, top step.",
                            .above = 0,
                            .required = true});
  field(self.targets, {.key = "targets", .doc = "By target.", .required = true, .min_items = 1});
  field(self.q, {.key = "q", .doc = "Tables.", .required = true});
  field(self.second_q, {.key = "second_q",
                        .doc = "Of double Q: the second table of each in q.",
                        .omit_empty = true});
}

namespace {

void validate_tables(const std::vector<SavedTable>& tables, const SavedLearner& saved,
                     const Place& place) {
  for (std::size_t t = 0; t < tables.size(); ++t) {
    const auto& rows = tables[t].rows;
    const Place table = place.child(t).child("rows");
    for (std::size_t r = 0; r < rows.size(); ++r) {
      if (rows[r].values.size() != saved.targets.size() ||
          rows[r].visits.size() != saved.targets.size()) {
        table.child(r).error(
            fmt::format("expected {} values and visits, one per target", saved.targets.size()));
      }
      if (r > 0 && rows[r].state <= rows[r - 1].state) {
        table.child(r).child("state").error("states must ascend");
      }
    }
  }
}

}  // namespace

void validate(const SavedLearner& saved, const Place& place) {
  validate_tables(saved.q, saved, place.child("q"));
  validate_tables(saved.second_q, saved, place.child("second_q"));
  const std::size_t expected = saved.update == UpdateKind::kDoubleQ ? saved.q.size() : 0;
  if (saved.second_q.size() != expected) {
    place.child("second_q")
        .error(fmt::format("expected {} tables with update \"{}\", got {}", expected,
                           to_string(saved.update), saved.second_q.size()));
  }
}

namespace {

std::string quoted(const std::string& text) { return nlohmann::json(text).dump(); }

std::string object_of(const std::map<std::string, double>& numbers) {
  std::string text;
  for (const auto& [key, value] : numbers) {
    text += fmt::format("{}{}: {}", text.empty() ? "" : ", ", quoted(key), value);
  }
  return "{" + text + "}";
}

template <class T, class Text>
std::string list_of(const std::vector<T>& values, const Text& text_of_value) {
  std::string text;
  for (const T& value : values) {
    if (!text.empty()) text += ", ";
    text += text_of_value(value);
  }
  return "[" + text + "]";
}

SavedRow snapshot(const QTable& table, QTable::Row row) {
  const std::vector<float> values = table.values(row);
  const std::span<const std::uint16_t> visits = table.visits(row);
  return {table.state(row), {values.begin(), values.end()}, {visits.begin(), visits.end()}};
}

SavedTable snapshot(const QLearner& learner, const QAgent& agent, const QTable& table) {
  SavedTable saved;
  const bool single = learner.config().tables == TableSharing::kSingle;
  for (const std::uint32_t w : agent.workloads) {
    const WorkloadInfo& workload = learner.context().workloads[w];
    if (!single) saved.qos_ms = workload.qos.value;
    saved.accuracy_percent[workload.network->name] = workload.accuracy_required_percent;
  }
  for (int state = 0; state < kStates; ++state) {
    const QTable::Row row = table.find(static_cast<StateIndex>(state));
    if (row != QTable::kNoRow && table.row_visits(row) > 0) {
      saved.rows.push_back(snapshot(table, row));
    }
  }
  return saved;
}

void write(const SavedRow& row, std::ostream& out) {
  // Values as floats, whose shortest form is shorter than a double's.
  const auto value_text = [](double v) { return fmt::format("{}", static_cast<float>(v)); };
  const auto visits_text = [](std::int64_t v) { return fmt::format("{}", v); };
  out << fmt::format("{{\"state\": {}, \"values\": {}, \"visits\": {}}}", row.state,
                     list_of(row.values, value_text), list_of(row.visits, visits_text));
}

void write(const SavedTable& table, std::ostream& out) {
  out << fmt::format("    {{\"qos_ms\": {}, \"accuracy_percent\": {}, \"rows\": [", table.qos_ms,
                     object_of(table.accuracy_percent));
  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    out << (r == 0 ? "\n      " : ",\n      ");
    write(table.rows[r], out);
  }
  out << "]}";
}

void write(const std::vector<SavedTable>& tables, std::ostream& out) {
  for (std::size_t t = 0; t < tables.size(); ++t) {
    if (t != 0) out << ",\n";
    write(tables[t], out);
  }
}

// A line of the file for a list of names.
template <class E>
std::string member_unless_empty(const char* key, const std::vector<E>& names) {
  if (names.empty()) return "";
  return fmt::format("  \"{}\": {},\n", key,
                     list_of(names, [](E name) { return quoted(to_string(name)); }));
}

}  // namespace

SavedLearner snapshot(const QLearner& learner) {
  SavedLearner saved;
  saved.update = learner.rule().kind;
  saved.reward = learner.config().reward;
  saved.reward_terms_left_out = learner.config().reward_terms_left_out;
  saved.features_left_out = learner.config().features_left_out;
  saved.layer_counts = learner.config().layer_counts;
  saved.tables = learner.config().tables;
  const PolicyContext& context = learner.context();
  for (const WorkloadInfo& workload : context.workloads) {
    saved.reference_mj[workload.network->name] = reference_energy(workload, context.targets).value;
  }
  for (const Target& target : context.targets) {
    saved.targets.push_back({target.place, target.frequency_ratio});
  }
  for (const QAgent& agent : learner.agents()) {
    const bool halved = !agent.halves.empty();
    saved.q.push_back(snapshot(learner, agent, halved ? agent.halves[0] : agent.table));
    if (halved) saved.second_q.push_back(snapshot(learner, agent, agent.halves[1]));
  }
  return saved;
}

void write(const SavedLearner& saved, std::ostream& out) {
  out << fmt::format(
      "{{\n  \"autoscale_q_table\": {},\n  \"update\": \"{}\",\n  \"reward\": \"{}\",\n"
      "{}{}  \"layer_counts\": \"{}\",\n  \"tables\": \"{}\",\n"
      "  \"reference_mj\": {},\n  \"targets\": [",
      saved.version, to_string(saved.update), to_string(saved.reward),
      member_unless_empty("reward_terms_left_out", saved.reward_terms_left_out),
      member_unless_empty("features_left_out", saved.features_left_out),
      to_string(saved.layer_counts), to_string(saved.tables), object_of(saved.reference_mj));
  for (std::size_t t = 0; t < saved.targets.size(); ++t) {
    out << fmt::format("{}\n    {{\"place\": {}, \"frequency_ratio\": {}}}", t == 0 ? "" : ",",
                       quoted(saved.targets[t].place), saved.targets[t].frequency_ratio);
  }
  out << "],\n  \"q\": [\n";
  write(saved.q, out);
  if (!saved.second_q.empty()) {
    out << "],\n  \"second_q\": [\n";
    write(saved.second_q, out);
  }
  out << "]\n}\n";
}

SavedLearner parse_q_file(std::string_view text, const std::string& file) {
  Diagnostics diagnostics;
  SavedLearner saved;
  read_json_text(text, saved, file, "", diagnostics);
  diagnostics.throw_if_any();
  return saved;
}

SavedLearner read_q_file(const std::string& path) {
  Diagnostics diagnostics;
  const std::optional<std::string> text = read_text_file(path, diagnostics);
  diagnostics.throw_if_any();
  return parse_q_file(*text, path);
}

}  // namespace autoscale
