// What the policies `svm` and `knn` share: they learn from the records of a training campaign which target was best in
// which context, and answer a new context with one of these labels; they predict no costs.
#pragma once

#include <iosfwd>
#include <span>
#include <string>
#include <vector>

#include "sim/config/field.h"
#include "sim/engine/policy.h"
#include "sim/policies/records.h"
#include "sim/policies/target_choice.h"

namespace autoscale {

// What a label stands for: a target, or a place (site, processor and precision) on whatever step the offline
// profile finds best there.
enum class LabelKind : std::uint8_t { kTarget, kPlace };
const char* to_string(LabelKind k);
template <>
inline constexpr std::size_t kEnumCount<LabelKind> = 2;

struct ClassificationConfig {
  LabelKind labels = LabelKind::kTarget;
  std::int64_t records_count = 1 << 16;
  std::string load{};
};

// Records of one network, QoS and runtime bin (runtime_bin, the 64 of AutoScale) are of one context.
struct LabelledContext {
  StateVector state{};  // mean over its records
  TargetId best = kNoTarget;
  friend auto operator<=>(const LabelledContext&, const LabelledContext&) = default;
};

// The best target of a context, of those that were tried: by means over its records, the one that meets the accuracy,
// then the QoS, then costs least energy (the oracle's order); the lowest on ties. Contexts come in a fixed order.
std::vector<LabelledContext> label_contexts(std::span<const Record> records);

class ClassificationPolicy : public Policy {
 public:
  TargetId choose(const Observation& now) final;
  void learn(const Outcome& outcome) final;
  void set_mode(Mode mode) final;
  void end_episode() final { sweep_.restart(); }
  [[nodiscard]] bool needs_training() const final { return !loaded_; }
  [[nodiscard]] std::size_t footprint_bytes() const final;
  bool save(std::ostream& out) const final;

 protected:
  ClassificationPolicy(const ClassificationConfig& config, const PolicyContext& context);

  // Standardised states with their labels, which ascend. There is at least one.
  virtual void fit_labels(std::span<const StateVector> states, std::span<const int> labels) = 0;
  // Adds to `votes`, which are by label. Does not allocate.
  virtual void vote(const StateVector& standardised, std::span<double> votes) = 0;
  [[nodiscard]] virtual std::size_t fitted_bytes() const = 0;

 private:
  void fit();

  PolicyContext context_;
  FeatureReader features_;
  TargetSweep sweep_;
  RecordSample sample_;
  bool loaded_ = false;
  Mode mode_ = Mode::kTraining;
  std::uint64_t fitted_ = 0;               // records that had been seen at the last fit
  std::vector<int> label_of_;              // [target]
  std::size_t labels_ = 0;                 // in all
  TargetLists answers_;                    // [workload][label]; kNoTarget: not allowed
  std::vector<TargetId> best_by_profile_;  // [workload]: where no label of the training is allowed
  Standardiser states_;
  std::vector<double> votes_;  // [label], while choosing
};

template <class Visitor>
void describe_classification(ClassificationConfig& self, Visitor& field) {
  field(self.labels, {.key = "labels",
                      .doc = "target: the answer is a target; or place: a site, processor and "
                             "precision, on the step that the offline profile finds best."});
  describe_records(self.records_count, self.load, kMostRecords, field);
}

}  // namespace autoscale
