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
  field(self.reward, {.key = "reward", .doc = "Reward it learned.", .required = true});
  field(self.layer_counts, {.key = "layer_counts", .doc = "As in the policy.", .required = true});
  field(self.tables, {.key = "tables", .doc = "As in the policy.", .required = true});
  field(self.reference_mj, {.key = "reference_mj",
                            .doc = "Energy of each network on the CPU, FP32, top step.",
                            .above = 0,
                            .required = true});
  field(self.targets, {.key = "targets", .doc = "By target.", .required = true, .min_items = 1});
  field(self.q, {.key = "q", .doc = "Tables.", .required = true});
}

void validate(const SavedLearner& saved, const Place& place) {
  for (std::size_t t = 0; t < saved.q.size(); ++t) {
    const auto& rows = saved.q[t].rows;
    const Place table = place.child("q").child(t).child("rows");
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
  const auto values = table.values(row);
  const auto visits = table.visits(row);
  return {table.state(row), {values.begin(), values.end()}, {visits.begin(), visits.end()}};
}

SavedTable snapshot(const QLearner& learner, const QLearner::Agent& agent) {
  SavedTable saved;
  const bool single = learner.config().tables == TableSharing::kSingle;
  for (const std::uint32_t w : agent.workloads) {
    const WorkloadInfo& workload = learner.context().workloads[w];
    if (!single) saved.qos_ms = workload.qos.value;
    saved.accuracy_percent[workload.network->name] = workload.accuracy_required_percent;
  }
  for (int state = 0; state < kStates; ++state) {
    const QTable::Row row = agent.table.find(static_cast<StateIndex>(state));
    if (row != QTable::kNoRow && agent.table.row_visits(row) > 0) {
      saved.rows.push_back(snapshot(agent.table, row));
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

}  // namespace

SavedLearner snapshot(const QLearner& learner) {
  SavedLearner saved;
  saved.reward = learner.config().reward;
  saved.layer_counts = learner.config().layer_counts;
  saved.tables = learner.config().tables;
  const PolicyContext& context = learner.context();
  for (const WorkloadInfo& workload : context.workloads) {
    saved.reference_mj[workload.network->name] = reference_energy(workload, context.targets).value;
  }
  for (const Target& target : context.targets) {
    saved.targets.push_back({target.place, target.frequency_ratio});
  }
  for (const QLearner::Agent& agent : learner.agents()) {
    saved.q.push_back(snapshot(learner, agent));
  }
  return saved;
}

void write(const SavedLearner& saved, std::ostream& out) {
  out << fmt::format(
      "{{\n  \"autoscale_q_table\": {},\n  \"reward\": \"{}\",\n"
      "  \"layer_counts\": \"{}\",\n  \"tables\": \"{}\",\n"
      "  \"reference_mj\": {},\n  \"targets\": [",
      saved.version, to_string(saved.reward), to_string(saved.layer_counts),
      to_string(saved.tables), object_of(saved.reference_mj));
  for (std::size_t t = 0; t < saved.targets.size(); ++t) {
    out << fmt::format("{}\n    {{\"place\": {}, \"frequency_ratio\": {}}}", t == 0 ? "" : ",",
                       quoted(saved.targets[t].place), saved.targets[t].frequency_ratio);
  }
  out << "],\n  \"q\": [\n";
  for (std::size_t t = 0; t < saved.q.size(); ++t) {
    if (t != 0) out << ",\n";
    write(saved.q[t], out);
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
