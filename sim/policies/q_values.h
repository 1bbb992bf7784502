// The entries of a Q-table: floats, or fixed-point numbers of 16 or 8 bits, as on a phone that counts its
// bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <variant>
#include <vector>

#include "sim/engine/target.h"

namespace autoscale {

// The values that a fixed-point number has to reach; those beyond saturate.
struct QRange {
  double least = 0.0;
  double greatest = 0.0;
};

struct QFormat {
  int bits = 32;               // 32: float; 16 or 8: fixed point
  std::vector<QRange> ranges;  // [network state], of fixed-point numbers only
};

// Rows of values. A fixed-point number c of b bits in a row whose range is [least, greatest] stands for
//
//   least + c (greatest - least) / (2^b - 1),    c = 0 ... 2^b - 1.
//
// Numbers are rounded to the nearest one of those.
class QValues {
 public:
  // Actions as numbers to add to a row: 0, or minus infinity for those that are not allowed; as many as
  // stride().
  using Penalties = std::vector<float>;
  struct Best {
    TargetId target = kNoTarget;
    float others = 0.0F;  // no other allowed value is above it; infinity: nobody has looked
  };

  QValues(std::size_t targets, const QFormat& format);

  // Entries from one row to the next: floats are padded to whole vectors.
  [[nodiscard]] std::size_t stride() const { return stride_; }
  // Adds a row of zeros, or of what comes nearest to zero. `network_state` says which range it has.
  void add_row(int network_state);
  [[nodiscard]] float get(std::size_t row, TargetId target) const {
    if (scales_.empty()) [[likely]]
      return floats_[row * stride_ + target];
    return decoded(row, target);
  }
  // Returns what is kept: the value itself, or the nearest fixed-point number.
  float set(std::size_t row, TargetId target, float value) {
    if (scales_.empty()) [[likely]]
      return floats_[row * stride_ + target] = value;
    return encoded(row, target, value);
  }
  // The greatest value of the allowed targets, the lowest target on ties.
  [[nodiscard]] Best greatest(std::size_t row, const Penalties& penalties) const;

  // Memory of the values alone, and with the ranges of their rows.
  [[nodiscard]] std::size_t value_bytes() const;
  [[nodiscard]] std::size_t bytes() const;

 private:
  using Words = std::vector<std::uint16_t>;
  using Bytes = std::vector<std::uint8_t>;
  struct Scale {
    double least = 0.0;
    double step = 1.0;
  };

  [[nodiscard]] float decoded(std::size_t row, TargetId target) const;
  float encoded(std::size_t row, TargetId target, float value);

  std::size_t targets_;
  std::size_t stride_;
  std::vector<float> floats_;
  std::variant<Words, Bytes> codes_;  // instead of floats_
  double greatest_code_ = 0.0;
  std::vector<Scale> scales_;               // [network state]; none: floats
  std::vector<std::uint8_t> scale_of_row_;  // [row] its network state; fixed point only
};

}  // namespace autoscale
