// Policy `bayesian_optimization`: Gaussian processes of the logarithms of energy and latency, which also choose what is
// tried in training (docs/predictors.md).
#include <algorithm>
#include <cmath>
#include <ostream>

#include "sim/policies/acquisition.h"
#include "sim/policies/gaussian_process.h"
#include "sim/policies/predictor.h"
#include "sim/policies/records.h"
#include "sim/policies/registry.h"
#include "sim/policies/target_choice.h"

namespace autoscale {

enum class Acquisition : std::uint8_t { kConstrained, kExpectedImprovement, kLowerBound };
template <>
inline constexpr std::size_t kEnumCount<Acquisition> = 3;

const char* to_string(Acquisition a) {
  switch (a) {
    case Acquisition::kConstrained: return "constrained_expected_improvement";
    case Acquisition::kExpectedImprovement: return "expected_improvement";
    case Acquisition::kLowerBound: return "lower_confidence_bound";
  }
  return "";
}

namespace {

constexpr double kLeast = 1e-6;                // mJ or ms: what has a logarithm
constexpr double kGreatestLog = 50.0;          // extrapolations beyond are as wrong, but finite
constexpr double kMostRecordsOfProcess = 512;  // a factorisation takes time in n^3
constexpr std::size_t kRefreshEvery = 16;      // records kept since the last factorisation
constexpr std::size_t kFirstTuning = 32;       // records; then whenever they have doubled
constexpr int kTuningSteps = 60;
constexpr std::size_t kTuningPoints = 128;

struct BayesianOptimizationConfig {
  Acquisition acquisition = Acquisition::kConstrained;
  double confidence = 2.0;
  std::int64_t initial_count = 32;
  std::int64_t records_count = 256;
  std::string load;
};
template <class Visitor>
void describe(BayesianOptimizationConfig& self, Visitor& field) {
  field(
      self.acquisition,
      {.key = "acquisition",
       .doc = "What training tries. constrained_expected_improvement: the target of greatest "
              "expected improvement of energy times the probability that it meets the QoS; "
              "expected_improvement: without that probability; lower_confidence_bound: the target "
              "of least bound of energy."});
  field(self.confidence, {.key = dimensionless("confidence"),
                          .doc = "Standard deviations below the mean, in lower_confidence_bound.",
                          .min = 0,
                          .max = 100});
  field(self.initial_count, {.key = "initial_count",
                             .doc = "Random targets that training begins with.",
                             .min = 1,
                             .max = kMostRecordsOfProcess});
  describe_records(self.records_count, self.load, kMostRecordsOfProcess, field);
}

class BayesianOptimization final : public Policy, public Predictor {
 public:
  using Config = BayesianOptimizationConfig;

  BayesianOptimization(const Config& config, const PolicyContext& context)
      : config_(config),
        context_(context),
        features_(context),
        sweep_(allowed_targets(context), context.rng),
        cheapest_in_time_(context),
        sample_(static_cast<std::size_t>(config.records_count), context.rng),
        latency_(target_features(context.targets), static_cast<std::size_t>(config.records_count)),
        energy_(target_features(context.targets), static_cast<std::size_t>(config.records_count)),
        predicted_(context.targets.size()) {
    for (Posterior* p : {&latency_log_, &energy_log_}) {
      p->mean.resize(context.targets.size());
      p->variance.resize(context.targets.size());
    }
    if (config.load.empty()) return;
    for (const Record& r : read_records(config.load, context.targets)) add(r);
    loaded_ = true;
  }

  TargetId choose(const Observation& now) override {
    const bool learns = mode_ != Mode::kFrozen && sample_.keeps_next();
    const bool initial = static_cast<std::int64_t>(energy_.size()) < config_.initial_count;
    // In training, requests whose outcome will not be kept need not be chosen with care.
    if (mode_ == Mode::kTraining && (!learns || initial)) return sweep_.next(now.workload);
    if (energy_.size() == 0) {
      const auto profile = context_.workloads[now.workload].profile;
      for (std::size_t t = 0; t < profile.size(); ++t)
        predicted_[t] = {profile[t].latency.value, profile[t].energy.value};
      return cheapest_in_time_(now.workload, predicted_);
    }
    predict(features_(now), learns);
    const TargetId cheapest = cheapest_in_time_(now.workload, predicted_);
    return learns ? most_promising(now.workload, cheapest) : cheapest;
  }

  void learn(const Outcome& outcome) override {
    if (mode_ == Mode::kFrozen || outcome.dropped) return;
    const Observation& then = *outcome.observation;
    add(record_of(outcome, features_(then), context_.workloads[then.workload]));
    if (mode_ == Mode::kTraining && energy_.size() >= std::max(kFirstTuning, 2 * tuned_)) tune();
  }

  void set_mode(Mode mode) override {
    const bool ends_training = mode_ == Mode::kTraining && mode != Mode::kTraining;
    mode_ = mode;
    if (ends_training && energy_.size() > 0) tune();
  }
  void end_episode() override { sweep_.restart(); }
  [[nodiscard]] bool needs_training() const override { return !loaded_; }
  [[nodiscard]] std::size_t footprint_bytes() const override {
    return latency_.footprint_bytes() + energy_.footprint_bytes();
  }
  bool save(std::ostream& out) const override {
    write_records(sample_.records(), context_.targets, out);
    return true;
  }
  [[nodiscard]] std::span<const Prediction> predictions() const override { return predicted_; }

 private:
  struct Posterior {  // [target], of a logarithm
    std::vector<double> mean;
    std::vector<double> variance;
  };

  void add(const Record& r) {
    std::size_t place = 0;
    if (!sample_.add(r, &place)) return;
    latency_.put(place, r.state, r.target, std::log(std::max(kLeast, r.latency_ms)));
    energy_.put(place, r.state, r.target, std::log(std::max(kLeast, r.energy_mj)));
    if (++kept_ % kRefreshEvery != 0) return;
    latency_.refresh();
    energy_.refresh();
  }

  void tune() {
    latency_.tune(kTuningSteps, kTuningPoints);
    energy_.tune(kTuningSteps, kTuningPoints);
    tuned_ = energy_.size();
  }

  void predict(const StateVector& state, bool learns) {
    if (learns && config_.acquisition == Acquisition::kConstrained) {
      latency_.predict(state, latency_log_.mean, latency_log_.variance);
    } else {
      latency_.predict(state, latency_log_.mean);
    }
    if (learns) {
      energy_.predict(state, energy_log_.mean, energy_log_.variance);
    } else {
      energy_.predict(state, energy_log_.mean);
    }
    const auto value = [](double log) {
      return std::exp(std::clamp(log, -kGreatestLog, kGreatestLog));
    };
    for (std::size_t t = 0; t < predicted_.size(); ++t)
      predicted_[t] = {value(latency_log_.mean[t]), value(energy_log_.mean[t])};
  }

  // `incumbent` is the best that is believed to be known for this context. Where nothing promises anything, it stays.
  [[nodiscard]] TargetId most_promising(std::uint32_t workload, TargetId incumbent) const {
    const auto allowed = cheapest_in_time_.allowed(workload);
    const double qos_log = std::log(context_.workloads[workload].qos.value);
    double best = energy_log_.mean[incumbent];
    if (config_.acquisition == Acquisition::kExpectedImprovement) {
      for (const TargetId t : allowed) best = std::min(best, energy_log_.mean[t]);
    }
    TargetId chosen = incumbent;
    double most = 0.0;
    for (const TargetId t : allowed) {
      const double mean = energy_log_.mean[t];
      const double sd = std::sqrt(energy_log_.variance[t]);
      double promise = 0.0;
      switch (config_.acquisition) {
        case Acquisition::kExpectedImprovement:
          promise = expected_improvement(mean, sd, best);
          break;
        case Acquisition::kConstrained:
          promise = expected_improvement(mean, sd, best) *
                    normal_probability((qos_log - latency_log_.mean[t]) /
                                       std::sqrt(latency_log_.variance[t]));
          break;
        case Acquisition::kLowerBound: promise = std::exp(-(mean - config_.confidence * sd)); break;
      }
      if (!(promise > most)) continue;
      most = promise;
      chosen = t;
    }
    return chosen;
  }

  Config config_;
  PolicyContext context_;
  FeatureReader features_;
  TargetSweep sweep_;
  CheapestInTime cheapest_in_time_;
  RecordSample sample_;
  GaussianProcess latency_;
  GaussianProcess energy_;
  Posterior latency_log_;
  Posterior energy_log_;
  std::vector<Prediction> predicted_;
  std::size_t kept_ = 0;   // records, those included that were replaced since
  std::size_t tuned_ = 0;  // points at the last tuning
  bool loaded_ = false;
  Mode mode_ = Mode::kTraining;
};

const RegisterPolicy<BayesianOptimization> registered{
    "bayesian_optimization",
    "Gaussian processes of energy and latency, trained where they expect improvement.",
    PolicyKind::kLearner};

}  // namespace
}  // namespace autoscale
