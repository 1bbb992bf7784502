#include "sim/policies/classification_policy.h"

#include <algorithm>
#include <map>
#include <ostream>
#include <tuple>

#include "sim/policies/fixed_choice.h"

namespace autoscale {
namespace {

// Network features, QoS, bin of the runtime features.
using ContextKey = std::tuple<double, double, double, double, double, int>;

ContextKey key_of(const Record& r) {
  using enum Feature;
  return {at(r.state, kConv), at(r.state, kFc), at(r.state, kRc),
          at(r.state, kMac),  r.qos_ms,         runtime_bin(r.state)};
}

struct Trials {  // of one target in one context
  std::size_t count = 0;
  double latency_ms = 0.0;  // sums
  double energy_mj = 0.0;
  bool meets_accuracy = false;
};

struct ContextTrials {
  std::size_t count = 0;
  StateVector state{};  // sum
  std::map<TargetId, Trials> by_target;
};

TargetId best_of(const ContextTrials& context, double qos_ms) {
  using Cost = std::tuple<bool, bool, double>;  // inaccurate, late, energy
  TargetId best = kNoTarget;
  Cost least;
  for (const auto& [target, trials] : context.by_target) {
    const auto n = static_cast<double>(trials.count);
    const Cost cost{!trials.meets_accuracy, trials.latency_ms / n > qos_ms, trials.energy_mj / n};
    if (best != kNoTarget && !(cost < least)) continue;
    best = target;
    least = cost;
  }
  return best;
}

// The label of each target: its own number, or that of the first target of its place.
std::vector<int> labels_of(std::span<const Target> targets, LabelKind kind) {
  std::vector<int> labels;
  for (std::size_t t = 0; t < targets.size(); ++t) {
    const auto first =
        kind == LabelKind::kTarget
            ? t
            : static_cast<std::size_t>(
                  std::ranges::find(targets, targets[t].place, &Target::place) - targets.begin());
    labels.push_back(static_cast<int>(first));
  }
  return labels;
}

}  // namespace

const char* to_string(LabelKind k) { return k == LabelKind::kTarget ? "target" : "place"; }

std::vector<LabelledContext> label_contexts(std::span<const Record> records) {
  std::map<ContextKey, ContextTrials> contexts;
  for (const Record& r : records) {
    ContextTrials& context = contexts[key_of(r)];
    ++context.count;
    for (std::size_t f = 0; f < kFeatures; ++f) context.state[f] += r.state[f];
    Trials& trials = context.by_target[r.target];
    ++trials.count;
    trials.latency_ms += r.latency_ms;
    trials.energy_mj += r.energy_mj;
    trials.meets_accuracy = r.meets_accuracy;
  }
  std::vector<LabelledContext> labelled;
  for (auto& [key, context] : contexts) {
    for (double& sum : context.state) sum /= static_cast<double>(context.count);
    constexpr std::size_t kQos = 4;
    labelled.push_back({context.state, best_of(context, std::get<kQos>(key))});
  }
  return labelled;
}

ClassificationPolicy::ClassificationPolicy(const ClassificationConfig& config,
                                           const PolicyContext& context)
    : context_(context),
      features_(context),
      sweep_(allowed_targets(context), context.rng),
      sample_(static_cast<std::size_t>(config.records_count), context.rng),
      label_of_(labels_of(context.targets, config.labels)),
      labels_(context.targets.size()),
      best_by_profile_(best_targets(
          context, [](const Target&) { return true; }, better_by_profile, "anywhere")),
      votes_(labels_) {
  const TargetLists allowed = allowed_targets(context);
  for (std::size_t w = 0; w < allowed.size(); ++w) {
    const WorkloadInfo& workload = context.workloads[w];
    std::vector<TargetId>& answers = answers_.emplace_back(labels_, kNoTarget);
    for (const TargetId t : allowed[w]) {
      TargetId& answer = answers[static_cast<std::size_t>(label_of_[t])];
      if (answer == kNoTarget ||
          better_by_profile(workload, workload.profile[t], workload.profile[answer]))
        answer = t;
    }
  }
  if (config.load.empty()) return;
  for (const Record& r : read_records(config.load, context.targets)) sample_.add(r);
  loaded_ = true;
}

TargetId ClassificationPolicy::choose(const Observation& now) {
  if (mode_ == Mode::kTraining) return sweep_.next(now.workload);
  if (fitted_ == 0) return best_by_profile_[now.workload];
  StateVector state = features_(now);
  states_.apply(state);
  std::ranges::fill(votes_, 0.0);
  vote(state, votes_);
  const std::vector<TargetId>& answers = answers_[now.workload];
  std::size_t most = labels_;
  for (std::size_t label = 0; label < labels_; ++label) {
    if (answers[label] == kNoTarget || votes_[label] <= 0.0) continue;
    if (most == labels_ || votes_[label] > votes_[most]) most = label;
  }
  return most == labels_ ? best_by_profile_[now.workload] : answers[most];
}

void ClassificationPolicy::learn(const Outcome& outcome) {
  if (mode_ != Mode::kTraining || outcome.dropped) return;
  const Observation& then = *outcome.observation;
  sample_.add(record_of(outcome, features_(then), context_.workloads[then.workload]));
}

void ClassificationPolicy::set_mode(Mode mode) {
  mode_ = mode;
  if (mode_ != Mode::kTraining && fitted_ != sample_.seen()) fit();
}

void ClassificationPolicy::fit() {
  fitted_ = sample_.seen();
  std::vector<LabelledContext> contexts = label_contexts(sample_.records());
  std::ranges::stable_sort(contexts, {}, [&](const auto& c) { return label_of_[c.best]; });
  states_ = Standardiser(kFeatures);
  for (const LabelledContext& context : contexts) states_.add(context.state);
  states_.close();
  std::vector<StateVector> states;
  std::vector<int> labels;
  for (const LabelledContext& context : contexts) {
    states.push_back(context.state);
    states_.apply(states.back());
    labels.push_back(label_of_[context.best]);
  }
  fit_labels(states, labels);
}

std::size_t ClassificationPolicy::footprint_bytes() const {
  return fitted_ > 0 ? fitted_bytes() : sample_.footprint_bytes();
}

bool ClassificationPolicy::save(std::ostream& out) const {
  write_records(sample_.records(), context_.targets, out);
  return true;
}

}  // namespace autoscale
