#include "sim/policies/q_policy.h"

#include <ostream>

#include <fmt/format.h>

#include "sim/policies/q_file.h"
#include "sim/policies/q_transfer.h"

namespace autoscale {
namespace {

StateDescription description_of(StateIndex state) {
  StateDescription description{state, {}};
  const StateBins bins = decode(state);
  for (std::size_t f = 0; f < kFeatures; ++f) {
    const auto feature = static_cast<Feature>(f);
    description.features.push_back(
        {to_string(feature), bins[f], kBins[f], bin_label(feature, bins[f])});
  }
  return description;
}

}  // namespace

QPolicy::QPolicy(const AutoScaleConfig& config, const UpdateRule& rule,
                 const PolicyContext& context)
    : learner_(config, context, rule), trained_(!config.load.empty() && !config.transfer) {
  if (!config.load.empty()) restore(read_q_file(config.load), learner_, config.load);
}

bool QPolicy::save(std::ostream& out) const {
  write(snapshot(learner_), out);
  return true;
}

ChoiceExplanation QPolicy::explain(const Observation& now) const {
  const QTable& table = learner_.agents()[learner_.agent_of(now.workload)].table;
  const StateIndex observed = learner_.encoder().encode(now);
  const StateIndex deciding = learner_.deciding_state(now);
  const QTable::Row row = table.find(deciding);
  const bool known = row != QTable::kNoRow;
  ChoiceExplanation explanation;
  explanation.state = description_of(observed);
  if (deciding != observed) explanation.answered_by = description_of(deciding);
  const bool visited = known && table.row_visits(row) > 0;
  explanation.reason = reason(now, visited, deciding != observed);
  for (TargetId t = 0; t < table.targets(); ++t) {
    explanation.opinions.push_back({t, false,
                                    known ? table.value(row, t) : table.initial_value(deciding, t),
                                    known ? table.visits(row)[t] : std::uint32_t{0}});
  }
  for (const TargetId t : learner_.allowed(now.workload)) explanation.opinions[t].allowed = true;
  return explanation;
}

std::string QPolicy::reason(const Observation& now, bool visited, bool elsewhere) const {
  if (learner_.explored()) {
    return fmt::format("exploring: drawn at random among {} allowed targets",
                       learner_.allowed(now.workload).size());
  }
  if (elsewhere) {
    return "greedy: greatest Q value of the nearest visited state, as this one was never visited";
  }
  if (!visited) return "greedy: greatest initial Q value, as nothing was learned in this state";
  return "greedy: greatest Q value of this state";
}

}  // namespace autoscale
