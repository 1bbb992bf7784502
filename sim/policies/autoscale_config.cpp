// The names of the options of policy `autoscale`, as JSON writes them.
#include "sim/policies/autoscale_config.h"

namespace autoscale {
const char* to_string(RewardKind k) {
  switch (k) {
    case RewardKind::kPenalised: return "penalised";
    case RewardKind::kPaper: return "paper";
  }
  return "";
}

const char* to_string(RewardTerm t) {
  switch (t) {
    case RewardTerm::kEnergy: return "energy";
    case RewardTerm::kQos: return "qos";
    case RewardTerm::kAccuracy: return "accuracy";
  }
  return "";
}

const char* to_string(EpsilonSchedule s) {
  switch (s) {
    case EpsilonSchedule::kDecaying: return "decaying";
    case EpsilonSchedule::kConstant: return "constant";
  }
  return "";
}

const char* to_string(LearningRateSchedule s) {
  switch (s) {
    case LearningRateSchedule::kConstant: return "constant";
    case LearningRateSchedule::kSampleAverage: return "sample_average";
  }
  return "";
}

const char* to_string(InitialValueKind k) {
  switch (k) {
    case InitialValueKind::kPrior: return "prior";
    case InitialValueKind::kUniform01: return "uniform01";
    case InitialValueKind::kRewardScaled: return "reward_scaled";
    case InitialValueKind::kZero: return "zero";
  }
  return "";
}

const char* to_string(QValueBits b) {
  switch (b) {
    case QValueBits::k32: return "32";
    case QValueBits::k16: return "16";
    case QValueBits::k8: return "8";
  }
  return "";
}

const char* to_string(TableSharing s) {
  switch (s) {
    case TableSharing::kPerServiceClass: return "per_service_class";
    case TableSharing::kSingle: return "single";
  }
  return "";
}

const char* to_string(MaskInaccurate m) {
  switch (m) {
    case MaskInaccurate::kAuto: return "auto";
    case MaskInaccurate::kYes: return "yes";
    case MaskInaccurate::kNo: return "no";
  }
  return "";
}

const char* to_string(LayerCounts c) {
  switch (c) {
    case LayerCounts::kPaper: return "paper";
    case LayerCounts::kGraph: return "graph";
  }
  return "";
}

}  // namespace autoscale
