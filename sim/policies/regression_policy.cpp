#include "sim/policies/regression_policy.h"

#include <algorithm>
#include <cmath>
#include <ostream>
#include <utility>

namespace autoscale {
namespace {

constexpr double kLeast = 1e-6;        // mJ or ms: what has a logarithm
constexpr double kGreatestLog = 50.0;  // extrapolations beyond are as wrong, but finite

std::vector<std::vector<TargetId>> group_targets(std::span<const Target> targets,
                                                 ModelSharing sharing) {
  std::vector<std::vector<TargetId>> groups;
  for (TargetId t = 0; t < targets.size(); ++t) {
    const auto own = std::ranges::find_if(groups, [&](const auto& members) {
      return sharing == ModelSharing::kSingle || targets[members[0]].place == targets[t].place;
    });
    if (own == groups.end()) {
      groups.push_back({t});
    } else {
      own->push_back(t);
    }
  }
  return groups;
}

double mean_of(std::span<const double> values) {
  double sum = 0.0;
  for (const double v : values) sum += v;
  return sum / static_cast<double>(values.size());
}

}  // namespace

const char* to_string(TargetScale s) { return s == TargetScale::kLog ? "log" : "linear"; }
const char* to_string(ModelSharing s) {
  return s == ModelSharing::kPerPlace ? "per_place" : "single";
}

// The records of one group, as columns.
struct RegressionPolicy::Rows {
  std::vector<StateVector> states;
  std::vector<std::uint32_t> targets;
  std::vector<double> latency;
  std::vector<double> energy;
};

RegressionPolicy::RegressionPolicy(const RegressionConfig& config, const PolicyContext& context,
                                   MakeRegressor make)
    : scale_(config.target),
      context_(context),
      make_(std::move(make)),
      features_(context),
      sweep_(supported_targets(context), context.rng),
      cheapest_in_time_(context),
      sample_(static_cast<std::size_t>(config.records_count), context.rng),
      predicted_(context.targets.size()) {
  for (std::vector<TargetId>& members : group_targets(context.targets, config.models)) {
    Group& group = groups_.emplace_back();
    group.targets = std::move(members);
    group.y.resize(group.targets.size());
  }
  if (config.load.empty()) return;
  for (const Record& r : read_records(config.load, context.targets)) sample_.add(r);
  loaded_ = true;
}

TargetId RegressionPolicy::choose(const Observation& now) {
  if (mode_ == Mode::kTraining) return sweep_.next(now.workload);
  predict(now);
  return cheapest_in_time_(now.workload, predicted_);
}

void RegressionPolicy::learn(const Outcome& outcome) {
  if (mode_ != Mode::kTraining || outcome.dropped) return;
  const Observation& then = *outcome.observation;
  sample_.add(record_of(outcome, features_(then), context_.workloads[then.workload]));
}

void RegressionPolicy::set_mode(Mode mode) {
  mode_ = mode;
  if (mode_ != Mode::kTraining && fitted_ != sample_.seen()) fit();
}

std::size_t RegressionPolicy::footprint_bytes() const {
  std::size_t sum = 0;
  for (const Group& group : groups_) {
    if (group.latency) sum += group.latency->footprint_bytes() + group.energy->footprint_bytes();
  }
  return sum > 0 ? sum : sample_.footprint_bytes();  // before the models there are records
}

bool RegressionPolicy::save(std::ostream& out) const {
  write_records(sample_.records(), context_.targets, out);
  return true;
}

void RegressionPolicy::fit() {
  for (Group& group : groups_) fit(group);
  fitted_ = sample_.seen();
}

void RegressionPolicy::fit(Group& group) {
  const Matrix all = target_features(context_.targets);
  Rows rows;
  group.states = Standardiser(kFeatures);
  Standardiser targets(all.columns());
  for (const Record& r : sample_.records()) {
    const auto member = std::ranges::lower_bound(group.targets, r.target);
    if (member == group.targets.end() || *member != r.target) continue;
    rows.states.push_back(r.state);
    rows.targets.push_back(static_cast<std::uint32_t>(member - group.targets.begin()));
    const bool log = scale_ == TargetScale::kLog;
    rows.latency.push_back(log ? std::log(std::max(kLeast, r.latency_ms)) : r.latency_ms);
    rows.energy.push_back(log ? std::log(std::max(kLeast, r.energy_mj)) : r.energy_mj);
    group.states.add(r.state);
    targets.add(all.row(r.target));
  }
  group.latency.reset();
  group.energy.reset();
  if (rows.states.empty()) return;
  group.states.close();
  targets.close();
  for (StateVector& state : rows.states) group.states.apply(state);
  Matrix features(group.targets.size(), all.columns());
  for (std::size_t t = 0; t < group.targets.size(); ++t) {
    std::ranges::copy(all.row(group.targets[t]), features.row(t).begin());
    targets.apply(features.row(t));
  }
  const auto fitted = [&](std::vector<double>& y, double& scale) {
    // In units of their mean, so that what a model is told about sizes holds for ms and for mJ.
    scale = scale_ == TargetScale::kLog ? 1.0 : std::max(kLeast, std::abs(mean_of(y)));
    for (double& value : y) value /= scale;
    auto model = make_();
    model->fit({rows.states, rows.targets, y, &features});
    return model;
  };
  group.latency = fitted(rows.latency, group.latency_scale);
  group.energy = fitted(rows.energy, group.energy_scale);
}

void RegressionPolicy::predict(const Observation& now) {
  const StateVector state = features_(now);
  const auto profile = context_.workloads[now.workload].profile;
  for (Group& group : groups_) {
    if (group.latency) {
      predict(group, state);
      continue;
    }
    // Nothing was learned of this place: what the offline profile says.
    for (const TargetId t : group.targets)
      predicted_[t] = {profile[t].latency.value, profile[t].energy.value};
  }
}

void RegressionPolicy::predict(Group& group, const StateVector& state) {
  StateVector standardised = state;
  group.states.apply(standardised);
  group.latency->predict(standardised, group.y);
  for (std::size_t i = 0; i < group.targets.size(); ++i)
    predicted_[group.targets[i]].latency_ms = value_of(group.y[i], group.latency_scale);
  group.energy->predict(standardised, group.y);
  for (std::size_t i = 0; i < group.targets.size(); ++i)
    predicted_[group.targets[i]].energy_mj = value_of(group.y[i], group.energy_scale);
}

double RegressionPolicy::value_of(double y, double scale) const {
  if (scale_ == TargetScale::kLinear) return std::max(0.0, y * scale);
  return std::exp(std::clamp(y, -kGreatestLog, kGreatestLog));
}

}  // namespace autoscale
