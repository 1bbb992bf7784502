#include "sim/policies/q_values.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <type_traits>

#include <Eigen/Core>

#include "sim/base/check.h"

namespace autoscale {
namespace {

constexpr std::size_t kLanes = 8;  // a multiple of every vector width in use

using Vector = Eigen::Array<float, static_cast<int>(kLanes), 1>;
using Lanes = Eigen::Map<const Vector>;

struct TwoGreatest {
  float first = -std::numeric_limits<float>::infinity();
  float second = -std::numeric_limits<float>::infinity();  // of the others; may equal the first
};

// By Eigen, because compilers do not turn a maximum or an argmax of floats into vector instructions.
TwoGreatest greatest_sums(const float* a, const float* b, std::size_t count) {
  const TwoGreatest none;
  Vector first = Vector::Constant(none.first);
  Vector second = first;
  for (std::size_t i = 0; i < count; i += kLanes) {
    const Vector sum = Lanes(a + i) + Lanes(b + i);
    second = second.max(first.min(sum));
    first = first.max(sum);
  }
  TwoGreatest of_lanes{none.first, second.maxCoeff()};
  for (const float sum : first) {
    of_lanes.second = std::max(of_lanes.second, std::min(of_lanes.first, sum));
    of_lanes.first = std::max(of_lanes.first, sum);
  }
  return of_lanes;
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

// First position of the greatest number that is allowed; `count` if there is none.
template <class Code>
std::size_t first_greatest(const Code* codes, const float* penalties, std::size_t count) {
  int greatest = -1;
  std::size_t first = count;
  for (std::size_t t = 0; t < count; ++t) {
    if (penalties[t] != 0.0F || codes[t] <= greatest) continue;
    greatest = codes[t];
    first = t;
  }
  return first;
}

}  // namespace

QValues::QValues(std::size_t targets, const QFormat& format) : targets_(targets), stride_(targets) {
  if (format.bits == 32) {
    stride_ = (targets + kLanes - 1) / kLanes * kLanes;
    return;
  }
  AUTOSCALE_CHECK(format.bits == 16 || format.bits == 8, "Q values have 8, 16 or 32 bits");
  if (format.bits == 8) codes_ = Bytes{};
  greatest_code_ = format.bits == 8 ? 0xFF : 0xFFFF;
  for (const QRange& range : format.ranges) {
    const double width = range.greatest - range.least;
    scales_.push_back({range.least, width > 0.0 ? width / greatest_code_ : 1.0});
  }
  AUTOSCALE_CHECK(!scales_.empty(), "fixed-point numbers have a range");
}

void QValues::add_row(int network_state) {
  if (scales_.empty()) {
    floats_.resize(floats_.size() + stride_);
    return;
  }
  std::visit([&](auto& codes) { codes.resize(codes.size() + stride_); }, codes_);
  const std::size_t row = scale_of_row_.size();
  scale_of_row_.push_back(static_cast<std::uint8_t>(network_state));
  for (std::size_t t = 0; t < targets_; ++t) encoded(row, static_cast<TargetId>(t), 0.0F);
}

float QValues::decoded(std::size_t row, TargetId target) const {
  const Scale& scale = scales_[scale_of_row_[row]];
  const int code =
      std::visit([&](const auto& codes) { return int{codes[row * stride_ + target]}; }, codes_);
  return static_cast<float>(scale.least + scale.step * code);
}

float QValues::encoded(std::size_t row, TargetId target, float value) {
  AUTOSCALE_CHECK(!std::isnan(value), "Q values are numbers");
  const Scale& scale = scales_[scale_of_row_[row]];
  const double exact = (static_cast<double>(value) - scale.least) / scale.step;
  const double code = std::floor(std::clamp(exact, 0.0, greatest_code_) + 0.5);
  std::visit(
      [&](auto& codes) {
        using Code = typename std::remove_cvref_t<decltype(codes)>::value_type;
        codes[row * stride_ + target] = static_cast<Code>(code);
      },
      codes_);
  return decoded(row, target);
}

QValues::Best QValues::greatest(std::size_t row, const Penalties& penalties) const {
  if (scales_.empty()) {
    const float* values = floats_.data() + row * stride_;
    const TwoGreatest sums = greatest_sums(values, penalties.data(), stride_);
    const std::size_t t = first_with_sum(values, penalties.data(), stride_, sums.first);
    AUTOSCALE_CHECK(t < targets_, "Q values are numbers");
    return {static_cast<TargetId>(t), sums.second};
  }
  const std::size_t t = std::visit(
      [&](const auto& codes) {
        return first_greatest(codes.data() + row * stride_, penalties.data(), targets_);
      },
      codes_);
  return {static_cast<TargetId>(t), std::numeric_limits<float>::infinity()};
}

std::size_t QValues::value_bytes() const {
  return floats_.size() * sizeof(float) +
         std::visit([](const auto& codes) { return codes.size() * sizeof(codes[0]); }, codes_);
}

std::size_t QValues::bytes() const {
  return value_bytes() + scale_of_row_.size() + scales_.size() * sizeof(Scale);
}

}  // namespace autoscale
