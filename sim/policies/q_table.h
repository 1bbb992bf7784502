// A Q-table whose rows come into being when their state is first met. Each row remembers its greedy
// action, and what the others stay below, so that a decision seldom compares all actions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "sim/policies/q_values.h"
#include "sim/policies/state_encoder.h"

namespace autoscale {

// Which actions may be chosen: 1 or 0 by target. At least one is 1.
using ActionMask = std::vector<std::uint8_t>;

class QTable {
 public:
  using Row = std::uint32_t;
  static constexpr Row kNoRow = 0xFFFFFFFF;

  // Value of an entry before anything was learned; asked once per entry, when its row is made.
  using InitialValue = std::function<float(StateIndex, TargetId)>;

  // `masks[n]` lists the masks under which rows of network state n are read: networks may share a
  // state and yet differ in what they support. An empty list means all actions are allowed.
  QTable(std::size_t targets, std::vector<std::vector<ActionMask>> masks, InitialValue initial,
         const QFormat& format = {});

  [[nodiscard]] Row find(StateIndex state) const { return row_of_state_[state]; }
  // The row of a state, made on first use.
  Row row(StateIndex state) {
    const Row r = row_of_state_[state];
    return r != kNoRow ? r : add_row(state);
  }

  // The allowed action of the greatest value, the lowest on ties; `mask` counts within the masks of
  // the row's network state.
  TargetId greedy(Row row, std::size_t mask) {
    Best& b = best_[rows_[row].first_best + mask];
    if (b.target == kNoTarget) b = values_.greatest(row, masks_of(row)[mask]);
    return b.target;
  }
  float greedy_value(Row row, std::size_t mask) { return value(row, greedy(row, mask)); }

  [[nodiscard]] float initial_value(StateIndex state, TargetId target) const {
    return initial_(state, target);
  }
  [[nodiscard]] float value(Row row, TargetId target) const { return values_.get(row, target); }
  // All values of a row: for files and tests, as it allocates.
  [[nodiscard]] std::vector<float> values(Row row) const;
  // Learning steps of each entry; counts no further than 65535.
  [[nodiscard]] std::span<const std::uint16_t> visits(Row row) const {
    return {visits_.data() + row * values_.stride(), targets_};
  }
  [[nodiscard]] std::uint32_t row_visits(Row row) const { return rows_[row].visits; }
  [[nodiscard]] StateIndex state(Row row) const { return rows_[row].state; }
  [[nodiscard]] std::size_t rows() const { return rows_.size(); }
  [[nodiscard]] std::size_t targets() const { return targets_; }

  // One learning step: the entry's new value; counts a visit.
  void learn(Row row, TargetId target, float value);
  // A new value without a visit. Keeps every Best of the row right without looking at other entries,
  // except when the best entry falls to what bounds the others: then it is found again when somebody asks.
  void set(Row row, TargetId target, float value);
  // Replaces an entry as it was saved or transferred.
  void restore(Row row, TargetId target, float value, std::uint16_t visits);

  // Memory of the values alone, and of everything that is kept.
  [[nodiscard]] std::size_t value_bytes() const { return values_.value_bytes(); }
  [[nodiscard]] std::size_t footprint_bytes() const;

 private:
  struct RowInfo {
    StateIndex state = 0;
    std::uint32_t visits = 0;
    std::uint32_t first_best = 0;  // in best_, one per mask of the network state
  };
  using Best = QValues::Best;  // kNoTarget: to be found again
  using Penalties = QValues::Penalties;

  Row add_row(StateIndex state);
  [[nodiscard]] std::span<const Penalties> masks_of(Row row) const {
    return penalties_[static_cast<std::size_t>(network_state(rows_[row].state))];
  }

  std::size_t targets_;
  std::vector<std::vector<Penalties>> penalties_;  // [network state][mask]
  InitialValue initial_;
  std::vector<Row> row_of_state_;
  std::vector<RowInfo> rows_;
  std::vector<Best> best_;
  QValues values_;
  std::vector<std::uint16_t> visits_;
};

}  // namespace autoscale
