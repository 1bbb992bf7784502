#include "sim/policies/q_table.h"

#include <algorithm>
#include <limits>

#include <Eigen/Core>

#include "sim/base/check.h"

namespace autoscale {
namespace {

constexpr std::size_t kLanes = 8;  // a multiple of every vector width in use
constexpr float kForbidden = -std::numeric_limits<float>::infinity();

using Lanes = Eigen::Map<const Eigen::Array<float, static_cast<int>(kLanes), 1>>;

// By Eigen, because compilers do not turn a maximum or an argmax of floats into vector instructions.
float greatest_sum(const float* a, const float* b, std::size_t count) {
  using Row = Eigen::Map<const Eigen::ArrayXf>;
  const auto n = static_cast<Eigen::Index>(count);
  return (Row(a, n) + Row(b, n)).maxCoeff();
}

// First position where a + b is `sum`; looks at kLanes of them at a time. `count` if there is none.
std::size_t first_with_sum(const float* a, const float* b, std::size_t count, float sum) {
  std::size_t block = 0;
  while (block < count && (Lanes(a + block) + Lanes(b + block)).maxCoeff() != sum) block += kLanes;
  if (block >= count) return count;
  std::size_t t = block;
  while (a[t] + b[t] != sum) ++t;
  return t;
}

}  // namespace

QTable::QTable(std::size_t targets, std::vector<std::vector<ActionMask>> masks,
               InitialValue initial)
    : targets_(targets),
      stride_((targets + kLanes - 1) / kLanes * kLanes),
      initial_(std::move(initial)),
      row_of_state_(kStates, kNoRow) {
  AUTOSCALE_CHECK(masks.size() == static_cast<std::size_t>(kNetworkStates),
                  "masks are listed by network state");
  for (std::vector<ActionMask>& list : masks) {
    if (list.empty()) list.emplace_back(targets, std::uint8_t{1});
    std::vector<Penalties>& of_state = penalties_.emplace_back();
    for (const ActionMask& mask : list) {
      AUTOSCALE_CHECK(mask.size() == targets && std::ranges::count(mask, 1) > 0,
                      "a mask allows some target");
      Penalties& penalties = of_state.emplace_back(stride_, kForbidden);
      for (std::size_t t = 0; t < targets; ++t) penalties[t] = mask[t] != 0 ? 0.0F : kForbidden;
    }
  }
}

QTable::Row QTable::add_row(StateIndex state) {
  const Row row = static_cast<Row>(rows_.size());
  rows_.push_back({state, 0, static_cast<std::uint32_t>(best_.size())});
  best_.resize(best_.size() + masks_of(row).size());
  values_.resize(values_.size() + stride_);
  visits_.resize(visits_.size() + stride_);
  for (std::size_t t = 0; t < targets_; ++t) {
    values_[row * stride_ + t] = initial_(state, static_cast<TargetId>(t));
  }
  row_of_state_[state] = row;
  return row;
}

void QTable::learn(Row row, TargetId target, float value) {
  std::uint16_t& visits = visits_[row * stride_ + target];
  if (visits != std::numeric_limits<std::uint16_t>::max()) ++visits;
  ++rows_[row].visits;
  set_value(row, target, value);
}

void QTable::restore(Row row, TargetId target, float value, std::uint16_t visits) {
  std::uint16_t& old_visits = visits_[row * stride_ + target];
  rows_[row].visits += visits;
  rows_[row].visits -= old_visits;
  old_visits = visits;
  set_value(row, target, value);
}

// Keeps every Best of the row right without looking at other entries, except when the best entry
// itself has become worse: then it is found again when somebody asks.
void QTable::set_value(Row row, TargetId target, float value) {
  values_[row * stride_ + target] = value;
  Best* b = best_.data() + rows_[row].first_best;
  for (const Penalties& penalties : masks_of(row)) {
    if (b->target == target) {
      if (value < b->value) b->target = kNoTarget;
      b->value = value;
    } else if (b->target != kNoTarget && penalties[target] == 0.0F &&
               (value > b->value || (value == b->value && target < b->target))) {
      *b = {value, target};
    }
    ++b;
  }
}

void QTable::find_best(Row row, std::size_t mask, Best& out) const {
  const float* values = values_.data() + row * stride_;
  const float* penalties = masks_of(row)[mask].data();
  out.value = greatest_sum(values, penalties, stride_);
  const std::size_t t = first_with_sum(values, penalties, stride_, out.value);
  AUTOSCALE_CHECK(t < targets_, "Q values are numbers");
  out.target = static_cast<TargetId>(t);
}

std::size_t QTable::footprint_bytes() const {
  const auto bytes = [](const auto& v) { return v.size() * sizeof(v[0]); };
  return bytes(row_of_state_) + bytes(rows_) + bytes(best_) + bytes(values_) + bytes(visits_);
}

}  // namespace autoscale
