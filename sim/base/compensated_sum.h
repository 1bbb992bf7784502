// A sum of many terms whose rounding does not grow with their number (Neumaier 1974): two sums of the same
// millijoules over different partitions stay equal after billions of requests.
#pragma once

#include <cmath>

namespace autoscale {

class CompensatedSum {
 public:
  CompensatedSum& operator+=(double term) {
    const double sum = sum_ + term;
    correction_ += std::abs(sum_) >= std::abs(term) ? (sum_ - sum) + term : (term - sum) + sum_;
    sum_ = sum;
    return *this;
  }
  [[nodiscard]] double value() const { return sum_ + correction_; }

 private:
  double sum_ = 0.0;
  double correction_ = 0.0;
};

}  // namespace autoscale
