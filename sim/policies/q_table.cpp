#include "sim/policies/q_table.h"

#include <algorithm>
#include <limits>

#include "sim/base/check.h"

namespace autoscale {
namespace {

constexpr float kForbidden = -std::numeric_limits<float>::infinity();

}  // namespace

QTable::QTable(std::size_t targets, std::vector<std::vector<ActionMask>> masks,
               InitialValue initial, const QFormat& format)
    : targets_(targets),
      initial_(std::move(initial)),
      row_of_state_(kStates, kNoRow),
      values_(targets, format) {
  AUTOSCALE_CHECK(masks.size() == static_cast<std::size_t>(kNetworkStates),
                  "masks are listed by network state");
  for (std::vector<ActionMask>& list : masks) {
    if (list.empty()) list.emplace_back(targets, std::uint8_t{1});
    std::vector<Penalties>& of_state = penalties_.emplace_back();
    for (const ActionMask& mask : list) {
      AUTOSCALE_CHECK(mask.size() == targets && std::ranges::count(mask, 1) > 0,
                      "a mask allows some target");
      Penalties& penalties = of_state.emplace_back(values_.stride(), kForbidden);
      for (std::size_t t = 0; t < targets; ++t) penalties[t] = mask[t] != 0 ? 0.0F : kForbidden;
    }
  }
}

QTable::Row QTable::add_row(StateIndex state) {
  const Row row = static_cast<Row>(rows_.size());
  rows_.push_back({state, 0, static_cast<std::uint32_t>(best_.size())});
  best_.resize(best_.size() + masks_of(row).size());
  values_.add_row(network_state(state));
  visits_.resize(visits_.size() + values_.stride());
  for (TargetId t = 0; t < targets_; ++t) values_.set(row, t, initial_(state, t));
  row_of_state_[state] = row;
  return row;
}

void QTable::learn(Row row, TargetId target, float value) {
  std::uint16_t& visits = visits_[row * values_.stride() + target];
  if (visits != std::numeric_limits<std::uint16_t>::max()) ++visits;
  ++rows_[row].visits;
  set(row, target, value);
}

void QTable::restore(Row row, TargetId target, float value, std::uint16_t visits) {
  std::uint16_t& old_visits = visits_[row * values_.stride() + target];
  rows_[row].visits += visits;
  rows_[row].visits -= old_visits;
  old_visits = visits;
  set(row, target, value);
}

void QTable::set(Row row, TargetId target, float value) {
  value = values_.set(row, target, value);  // as it is kept, which is what counts
  Best* b = best_.data() + rows_[row].first_best;
  for (const Penalties& penalties : masks_of(row)) {
    if (b->target == target) {
      if (value <= b->others) b->target = kNoTarget;
    } else if (b->target != kNoTarget && penalties[target] == 0.0F) {
      const float best = values_.get(row, b->target);
      if (value > best || (value == best && target < b->target)) {
        *b = {target, std::max(best, b->others)};
      } else {
        b->others = std::max(value, b->others);
      }
    }
    ++b;
  }
}

std::vector<float> QTable::values(Row row) const {
  std::vector<float> values;
  for (TargetId t = 0; t < targets_; ++t) values.push_back(value(row, t));
  return values;
}

std::size_t QTable::footprint_bytes() const {
  const auto bytes = [](const auto& v) { return v.size() * sizeof(v[0]); };
  return bytes(row_of_state_) + bytes(rows_) + bytes(best_) + bytes(visits_) + values_.bytes();
}

}  // namespace autoscale
