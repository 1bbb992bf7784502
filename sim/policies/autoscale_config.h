// The fields of policy `autoscale`. The defaults are this project's recommendation; the paper's own
// settings are configs/policies/autoscale_paper.json. docs/autoscale.md explains every difference.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/config/field.h"
#include "sim/policies/state_encoder.h"

namespace autoscale {

enum class RewardKind : std::uint8_t { kPenalised, kPaper };
enum class RewardTerm : std::uint8_t { kEnergy, kQos, kAccuracy };
enum class EpsilonSchedule : std::uint8_t { kDecaying, kConstant };
enum class LearningRateSchedule : std::uint8_t { kConstant, kSampleAverage };
enum class InitialValueKind : std::uint8_t { kPrior, kUniform01, kRewardScaled, kZero };
enum class QValueBits : std::uint8_t { k32, k16, k8 };
enum class TableSharing : std::uint8_t { kPerServiceClass, kSingle };
enum class MaskInaccurate : std::uint8_t { kAuto, kYes, kNo };

const char* to_string(RewardKind k);
const char* to_string(RewardTerm t);
const char* to_string(EpsilonSchedule s);
const char* to_string(LearningRateSchedule s);
const char* to_string(InitialValueKind k);
const char* to_string(QValueBits b);
const char* to_string(TableSharing s);
const char* to_string(MaskInaccurate m);
const char* to_string(LayerCounts c);

template <>
inline constexpr std::size_t kEnumCount<RewardKind> = 2;
template <>
inline constexpr std::size_t kEnumCount<RewardTerm> = 3;
template <>
inline constexpr std::size_t kEnumCount<EpsilonSchedule> = 2;
template <>
inline constexpr std::size_t kEnumCount<LearningRateSchedule> = 2;
template <>
inline constexpr std::size_t kEnumCount<InitialValueKind> = 4;
template <>
inline constexpr std::size_t kEnumCount<QValueBits> = 3;
template <>
inline constexpr std::size_t kEnumCount<TableSharing> = 2;
template <>
inline constexpr std::size_t kEnumCount<MaskInaccurate> = 3;
template <>
inline constexpr std::size_t kEnumCount<LayerCounts> = 2;

inline constexpr double kGreatestWeight = 1e9;  // Q values are floats

struct AutoScaleConfig {
  double learning_rate = 0.9;
  LearningRateSchedule learning_rate_schedule = LearningRateSchedule::kConstant;
  double discount = 0.1;
  double epsilon = 0.1;
  EpsilonSchedule epsilon_schedule = EpsilonSchedule::kDecaying;
  double epsilon_floor = 0.01;
  double epsilon_decay_count = 50.0;

  RewardKind reward = RewardKind::kPenalised;
  double alpha = 0.1;
  double beta = 0.1;
  double overshoot_weight = 1.0;
  double violation_penalty = 0.0;
  std::vector<RewardTerm> reward_terms_left_out;

  std::vector<Feature> features_left_out;
  LayerCounts layer_counts = LayerCounts::kPaper;
  TableSharing tables = TableSharing::kPerServiceClass;
  MaskInaccurate mask_inaccurate = MaskInaccurate::kAuto;
  InitialValueKind initial_values = InitialValueKind::kPrior;
  QValueBits q_value_bits = QValueBits::k32;

  std::string load;
  bool transfer = false;
  std::int64_t transfer_visits_count = 3;

  [[nodiscard]] bool masks_inaccurate() const {
    return mask_inaccurate == MaskInaccurate::kYes ||
           (mask_inaccurate == MaskInaccurate::kAuto && reward == RewardKind::kPenalised);
  }
};

template <class Visitor>
void describe_learning(AutoScaleConfig& self, Visitor& field) {
  field(self.learning_rate, {.key = dimensionless("learning_rate"),
                             .doc = "Step of the Q update (gamma in the paper).",
                             .above = 0,
                             .max = 1});
  field(self.learning_rate_schedule,
        {.key = "learning_rate_schedule",
         .doc = "constant, or sample_average: 1/n on the n-th visit of an entry, which averages "
                "noise out but follows changes slowly."});
  field(self.discount, {.key = dimensionless("discount"),
                        .doc = "Weight of the best value of the next state (mu in the paper).",
                        .min = 0,
                        .max = 0.999});
  field(self.epsilon, {.key = dimensionless("epsilon"),
                       .doc = "Probability of a random action while learning.",
                       .min = 0,
                       .max = 1});
  field(self.epsilon_schedule,
        {.key = "epsilon_schedule",
         .doc = "constant, or decaying: max(epsilon_floor, epsilon / sqrt(1 + n / "
                "epsilon_decay_count)) after n visits of the state."});
  field(self.epsilon_floor, {.key = dimensionless("epsilon_floor"),
                             .doc = "Least epsilon of the decaying schedule.",
                             .min = 0,
                             .max = 1});
  field(self.epsilon_decay_count, {.key = "epsilon_decay_count",
                                   .doc = "Visits of a state after which its epsilon has fallen "
                                          "to 71 %, in the decaying schedule.",
                                   .above = 0,
                                   .max = 1e9});
}

template <class Visitor>
void describe_reward(AutoScaleConfig& self, Visitor& field) {
  field(self.reward,
        {.key = "reward",
         .doc = "penalised: energy relative to the CPU, with a penalty for every missed "
                "requirement; or paper: the published formula, which does not punish a miss."});
  field(self.alpha, {.key = dimensionless("alpha"),
                     .doc = "reward paper: weight of the latency, mJ per ms.",
                     .min = 0,
                     .max = kGreatestWeight});
  field(self.beta, {.key = dimensionless("beta"),
                    .doc = "reward paper: weight of the accuracy, mJ per percent.",
                    .min = 0,
                    .max = kGreatestWeight});
  field(self.overshoot_weight,
        {.key = dimensionless("overshoot_weight"),
         .doc = "reward penalised: weight w of the relative overshoot latency/QoS - 1.",
         .min = 0,
         .max = kGreatestWeight});
  field(self.violation_penalty,
        {.key = dimensionless("violation_penalty"),
         .doc = "reward penalised: penalty w0 of a missed QoS, in units of the network's energy "
                "on the CPU. 0: twice the greatest such energy ratio of the offline profile.",
         .min = 0,
         .max = kGreatestWeight});
  field(
      self.reward_terms_left_out,
      {.key = "reward_terms_left_out",
       .doc = "Ablation: what the reward does not contain. energy; qos: what a run gains in time "
              "(paper) or pays when late (penalised), a drop excepted; accuracy: its requirement, "
              "and beta (paper)."});
}

template <class Visitor>
void describe_table(AutoScaleConfig& self, Visitor& field) {
  field(
      self.features_left_out,
      {.key = "features_left_out",
       .doc =
           "Ablation: features of the state that are always in their first bin, so that what they "
           "tell apart shares its values."});
  field(self.layer_counts, {.key = "layer_counts",
                            .doc = "Layer counts of the state: the paper's, or graph: counted in "
                                   "our layer tables."});
  field(self.tables, {.key = "tables",
                      .doc = "per_service_class: a table for each pair of QoS and accuracy "
                             "requirement; or single: one for all, as in the paper."});
  field(self.mask_inaccurate, {.key = "mask_inaccurate",
                               .doc = "Whether targets below the accuracy requirement are never "
                                      "chosen; auto: yes with reward penalised, no with paper."});
  field(self.initial_values,
        {.key = "initial_values",
         .doc = "prior: the reward the offline profile predicts, earned for ever; uniform01: "
                "random in (0, 1); "
                "reward_scaled: random between the least and greatest predicted reward; zero."});
  field(
      self.q_value_bits,
      {.key = "q_value_bits",
       .doc = "Bits of a Q value: 32, a float; 16 or 8, fixed point between the least and greatest "
              "value that the profile predicts for the network state, beyond which it saturates."});
}

template <class Visitor>
void describe(AutoScaleConfig& self, Visitor& field) {
  describe_learning(self, field);
  describe_reward(self, field);
  describe_table(self, field);
  field(self.load, {.key = "load",
                    .doc = "A saved table to start from; a path relative to the working "
                           "directory. Empty: start untrained."});
  field(self.transfer, {.key = "transfer",
                        .doc = "Whether `load` may be a table of another device, whose values "
                               "are carried over to the nearest targets of this one."});
  field(self.transfer_visits_count, {.key = "transfer_visits_count",
                                     .doc = "Visits a transferred entry counts as, at most.",
                                     .min = 1,
                                     .max = 65535});
}

}  // namespace autoscale
