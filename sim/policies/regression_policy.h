// What the policies `linear_regression` and `svr` share: they predict latency and energy of every target by
// regression on records of a training campaign, and take the cheapest in time.
#pragma once

#include <functional>
#include <iosfwd>
#include <memory>
#include <string>
#include <vector>

#include "sim/config/field.h"
#include "sim/engine/policy.h"
#include "sim/policies/predictor.h"
#include "sim/policies/records.h"
#include "sim/policies/regressor.h"
#include "sim/policies/target_choice.h"

namespace autoscale {

enum class TargetScale : std::uint8_t { kLog, kLinear };
enum class ModelSharing : std::uint8_t { kPerPlace, kSingle };
const char* to_string(TargetScale s);
const char* to_string(ModelSharing s);
template <>
inline constexpr std::size_t kEnumCount<TargetScale> = 2;
template <>
inline constexpr std::size_t kEnumCount<ModelSharing> = 2;

struct RegressionConfig {
  TargetScale target = TargetScale::kLog;
  ModelSharing models = ModelSharing::kPerPlace;
  std::int64_t records_count = 1 << 14;
  std::string load{};
};

template <class Visitor>
void describe_regression(RegressionConfig& self, double most_records, Visitor& field) {
  field(self.target, {.key = "target",
                      .doc = "What is predicted: the logarithm of latency and energy, or linear: "
                             "these themselves."});
  field(self.models, {.key = "models",
                      .doc = "per_place: a model for each place (site, processor and precision); "
                             "or single: one for all targets, told apart by its features."});
  describe_records(self.records_count, self.load, most_records, field);
}

class RegressionPolicy : public Policy, public Predictor {
 public:
  TargetId choose(const Observation& now) final;
  void learn(const Outcome& outcome) final;
  void set_mode(Mode mode) final;
  void end_episode() final { sweep_.restart(); }
  [[nodiscard]] bool needs_training() const final { return !loaded_; }
  [[nodiscard]] std::size_t footprint_bytes() const final;
  bool save(std::ostream& out) const final;
  [[nodiscard]] std::span<const Prediction> predictions() const final { return predicted_; }

 protected:
  using MakeRegressor = std::function<std::unique_ptr<Regressor>()>;
  RegressionPolicy(const RegressionConfig& config, const PolicyContext& context,
                   MakeRegressor make);

 private:
  // Targets that share their models.
  struct Group {
    std::vector<TargetId> targets;
    std::unique_ptr<Regressor> latency;  // null where there was nothing to learn from
    std::unique_ptr<Regressor> energy;
    double latency_scale = 1.0;  // of one unit of the models' y; linear only
    double energy_scale = 1.0;
    Standardiser states;
    std::vector<double> y;  // [target], while predicting
  };
  struct Rows;

  void fit();
  void fit(Group& group);
  void predict(const Observation& now);
  void predict(Group& group, const StateVector& state);
  [[nodiscard]] double value_of(double y, double scale) const;

  TargetScale scale_;
  PolicyContext context_;
  MakeRegressor make_;
  FeatureReader features_;
  TargetSweep sweep_;
  CheapestInTime cheapest_in_time_;
  RecordSample sample_;
  bool loaded_ = false;
  Mode mode_ = Mode::kTraining;
  std::uint64_t fitted_ = 0;  // records that had been seen at the last fit
  std::vector<Group> groups_;
  std::vector<Prediction> predicted_;  // [target]
};

}  // namespace autoscale
