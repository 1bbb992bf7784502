// A learned table as a file: JSON that says which device's targets, networks and requirements it is
// about, so that another scenario, or another device, can check whether it fits.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <map>
#include <string>
#include <vector>

#include "sim/config/field.h"
#include "sim/config/place.h"
#include "sim/policies/q_learner.h"

namespace autoscale {

inline constexpr std::int64_t kQFileVersion = 1;

// A target without names that only its device has: "cpu/fp32" at 0.8 of the greatest frequency.
struct SavedTarget {
  std::string place;
  double frequency_ratio = 1.0;
};

struct SavedRow {
  std::int64_t state = 0;
  std::vector<double> values;        // [target], floats exactly
  std::vector<std::int64_t> visits;  // [target]
};

struct SavedTable {
  double qos_ms = 0.0;                             // 0: one table for all service classes
  std::map<std::string, double> accuracy_percent;  // requirement, by network
  std::vector<SavedRow> rows;                      // ascending by state; visited states only
};

struct SavedLearner {
  std::int64_t version = kQFileVersion;
  UpdateKind update = UpdateKind::kQLearning;
  RewardKind reward = RewardKind::kPenalised;
  std::vector<RewardTerm> reward_terms_left_out;
  std::vector<Feature> features_left_out;
  LayerCounts layer_counts = LayerCounts::kPaper;
  TableSharing tables = TableSharing::kPerServiceClass;
  std::map<std::string, double> reference_mj;  // by network: see reference_energy()
  std::vector<SavedTarget> targets;
  std::vector<SavedTable> q;
  std::vector<SavedTable> second_q;  // of double Q: the other half of each table
};

SavedLearner snapshot(const QLearner& learner);
// The same learner gives the same bytes; numbers are the shortest that read back exactly.
void write(const SavedLearner& saved, std::ostream& out);
// Throws InputError with everything that is wrong with the file.
SavedLearner read_q_file(const std::string& path);
SavedLearner parse_q_file(std::string_view text, const std::string& file);

}  // namespace autoscale
